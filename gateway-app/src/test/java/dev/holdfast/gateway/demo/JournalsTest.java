package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JournalsTest {
  private static final Instant EPOCH = Instant.parse("2026-11-21T12:00:00Z");
  private static final ContactPlan PLAN = DemoPlan.load().compressed(DtnTime.of(EPOCH), 60, 2);

  private final Journals journals = new Journals();

  private void tell(Site site, long millis, String event, String link, String bundle) {
    journals.add(
        site,
        new GatewayApi.Event(
            1,
            EPOCH.plusMillis(millis).toString(),
            event,
            Optional.of(link).filter(l -> !l.isEmpty()),
            Optional.of(bundle).filter(b -> !b.isEmpty())));
  }

  @Test
  void fragmentsCountAsTheWhole() {
    tell(Site.EARTH, 500, "submitted", "", "ipn:1.7/5-0");
    tell(Site.EARTH, 1_100, "sending", "relay", "ipn:1.7/5-0/+0:1000");
    tell(Site.RELAY, 1_300, "received", "earth", "ipn:1.7/5-0/+0:1000");
    tell(Site.EARTH, 21_100, "sending", "relay", "ipn:1.7/5-0/+1000:1000");
    tell(Site.RELAY, 1_300, "link_up", "earth", "");
    tell(Site.RELAY, 1_400, "expired", "", "ipn:1.7/6-0/+0:1000");

    assertThat(journals.itineraries(PLAN)).containsOnlyKeys("ipn:1.7/5-0");
    Itinerary itinerary = journals.itineraries(PLAN).get("ipn:1.7/5-0");
    assertThat(itinerary.waited()).isTrue();
    assertThat(itinerary.contacts()).hasSize(2);
    assertThat(journals.expired()).containsExactly("ipn:1.7/6-0");
  }
}
