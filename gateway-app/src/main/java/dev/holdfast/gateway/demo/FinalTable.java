package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.yaml.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The end of a run as text. Pure. */
final class FinalTable {
  private static final String COUNTS = "%-16s %6s %10s %11s %6s %8s %8s";
  private static final String LATENCY = "%-16s %8s %10s %10s %10s";
  private static final String CONTACT = "%-16s %20s %10s %10s %6s";

  private final Outcome outcome;
  private final List<String> lines = new ArrayList<>();

  private FinalTable(Outcome outcome) {
    this.outcome = outcome;
  }

  /** The tables and the verdict. */
  static List<String> lines(Outcome outcome) {
    FinalTable table = new FinalTable(outcome);
    table.counts();
    table.latency();
    table.contacts();
    table.story();
    return table.lines;
  }

  private void counts() {
    lines.add(
        COUNTS.formatted(
            "bundles", "sent", "delivered", "duplicates", "lost", "expired", "altered"));
    for (Site from : List.of(Site.EARTH, Site.MARS)) {
      Site to = from == Site.EARTH ? Site.MARS : Site.EARTH;
      count(
          from.label() + " > " + to.label(),
          p -> p.sent().filter(s -> s.consignment().from() == from).isPresent());
    }
    count("all", _ -> true);
    lines.add("");
  }

  private void count(String name, Predicate<Passage> which) {
    Verdict verdict = Verdict.on(outcome.passages().stream().filter(which).toList());
    lines.add(
        COUNTS.formatted(
            name,
            verdict.sent(),
            verdict.delivered(),
            verdict.duplicatesDelivered(),
            verdict.lost(),
            verdict.expired(),
            verdict.altered()));
  }

  private void latency() {
    lines.add(LATENCY.formatted("latency", "bundles", "shortest", "median", "longest"));
    for (TrafficClass trafficClass : List.of(TrafficClass.values()).reversed()) {
      List<Long> sorted =
          outcome.passages().stream()
              .filter(p -> isOf(p, trafficClass))
              .flatMap(p -> p.latencyMillis().stream())
              .sorted()
              .toList();
      String name = trafficClass.name().toLowerCase(Locale.ROOT);
      lines.add(
          sorted.isEmpty()
              ? LATENCY.formatted(name, 0, "-", "-", "-")
              : LATENCY.formatted(
                  name,
                  sorted.size(),
                  seconds(sorted.getFirst()),
                  seconds(sorted.get(sorted.size() / 2)),
                  seconds(sorted.getLast())));
    }
    lines.add("");
  }

  private static boolean isOf(Passage passage, TrafficClass trafficClass) {
    return passage.sent().filter(s -> s.consignment().trafficClass() == trafficClass).isPresent();
  }

  private void contacts() {
    lines.add(CONTACT.formatted("contact", "window", "used", "of", "use"));
    for (ContactUse.Use use : outcome.uses()) {
      Contact contact = use.contact();
      lines.add(
          CONTACT.formatted(
              label(contact.from().value()) + " > " + label(contact.to().value()),
              since(contact.start()) + " .. " + since(contact.end()),
              Units.sizeText(use.bytes()),
              Units.sizeText(contact.volumeBytes()),
              Math.round(use.share() * 100) + " %"));
    }
    lines.add("");
  }

  private static String label(long node) {
    for (Site site : Site.values()) {
      if (site.node().value() == node) {
        return site.label();
      }
    }
    return "ipn:" + node;
  }

  private void story() {
    Verdict verdict = outcome.verdict();
    lines.add(
        "%d of %d bundles waited for a window that was closed."
            .formatted(outcome.waited(), verdict.sent()));
    lines.add(crash(outcome.crash()));
    lines.addAll(outcome.twins().words(outcome.epoch()));
    if (verdict.isKept()) {
      lines.add("Every bundle came through unaltered, none again after its acknowledgement.");
    } else {
      verdict.broken().forEach(what -> lines.add("FAILED: " + what + "."));
    }
    outcome.twins().broken().forEach(what -> lines.add("FAILED: " + what + "."));
  }

  private String crash(Optional<Outcome.Crash> crash) {
    if (crash.isEmpty()) {
      return "The relay was not killed: no transfer was caught in the middle.";
    }
    Outcome.Crash it = crash.get();
    String killed =
        "The relay was killed at %s with SIGKILL, %s through its links in the last 0.1 s; "
            .formatted(since(it.at()), Units.sizeText(it.bytesMoving()));
    return killed
        + it.readyAgain()
            .map(ready -> "ready again after " + seconds(ready.since(it.at())) + ".")
            .orElse("it did not come back.");
  }

  private String since(DtnTime time) {
    return since(time, outcome.epoch());
  }

  /** Seconds since an epoch, such as {@code +12.3 s}. */
  static String since(DtnTime time, DtnTime epoch) {
    return String.format(Locale.ROOT, "%+.1f s", time.since(epoch) / 1000.0);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
