package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.demo.Itinerary.Step;
import dev.holdfast.gateway.demo.Itinerary.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the gateways' journals say about each bundle, fragments counted as the whole. Any thread.
 */
final class Journals {
  private final LinkedHashMap<String, List<Step>> steps = new LinkedHashMap<>();
  private final List<String> expired = new ArrayList<>();

  /** Adds what a gateway's journal says. */
  synchronized void add(Site site, GatewayApi.Event event) {
    if (event.bundle().isEmpty()) {
      return;
    }
    String bundle = whole(event.bundle().get());
    switch (event.event()) {
      case "submitted", "received" -> add(bundle, site, What.TOOK, event);
      case "sending" -> add(bundle, site, What.SENT, event);
      case "forwarded" -> add(bundle, site, What.CONFIRMED, event);
      case "expired" -> expired.add(bundle);
      default -> {}
    }
  }

  private void add(String bundle, Site site, What what, GatewayApi.Event event) {
    DtnTime at = DtnTime.of(Instant.parse(event.at()));
    Optional<Site> towards =
        what == What.TOOK ? Optional.empty() : event.link().flatMap(Site::named);
    steps.computeIfAbsent(bundle, _ -> new ArrayList<>()).add(new Step(site, what, at, towards));
  }

  /** How each bundle travelled. */
  synchronized Map<String, Itinerary> itineraries(ContactPlan plan) {
    LinkedHashMap<String, Itinerary> itineraries = new LinkedHashMap<>();
    steps.forEach((bundle, of) -> itineraries.put(bundle, Itinerary.of(of, plan)));
    return itineraries;
  }

  /** Bundles that some gateway let expire. */
  synchronized List<String> expired() {
    return List.copyOf(expired);
  }

  /** A fragment's identity ends in {@code /+offset:length}; without that it is the whole's. */
  static String whole(String bundle) {
    int extent = bundle.lastIndexOf("/+");
    return extent < 0 ? bundle : bundle.substring(0, extent);
  }
}
