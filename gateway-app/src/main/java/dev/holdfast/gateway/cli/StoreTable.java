package dev.holdfast.gateway.cli;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreStats;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How held bundles and their counts are shown. */
final class StoreTable {
  static final String HEAD = row("KEY", "CLASS", "BYTES", "EXPIRES", "WAITS", "FOR", "BUNDLE");
  private static final long KIB = 1024;

  private StoreTable() {}

  private static String row(Object... cells) {
    return String.format(Locale.ROOT, "%10s  %-9s  %12s  %-24s  %-10s  %-20s  %s", cells)
        .stripTrailing();
  }

  /** A bundle as a line of the table. */
  static String row(HeldBundle bundle) {
    return row(
        bundle.key().sequence(),
        word(bundle.service().trafficClass()),
        bundle.sizes().total(),
        bundle.expiry(),
        word(bundle.queue().kind()),
        bundle.queue().eid(),
        bundle.id());
  }

  private static String word(Enum<?> code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  /** A bundle as one object. */
  static String json(HeldBundle bundle) {
    return JsonText.line(
        json -> {
          json.writeNumberProperty("key", bundle.key().sequence());
          json.writeStringProperty("bundle", bundle.id().toString());
          json.writeStringProperty("destination", bundle.destination().toString());
          json.writeStringProperty("waits", word(bundle.queue().kind()));
          json.writeStringProperty("for", bundle.queue().eid().toString());
          HeldBundle.Service service = bundle.service();
          json.writeStringProperty("class", word(service.trafficClass()));
          json.writeNumberProperty("ordinal", service.ordinal());
          json.writeBooleanProperty("critical", service.critical());
          json.writeBooleanProperty("best_effort", service.bestEffort());
          json.writeNumberProperty("bytes", bundle.sizes().total());
          json.writeNumberProperty("payload_bytes", bundle.sizes().payload());
          json.writeStringProperty("expires", bundle.expiry().toString());
          bundle.from().ifPresent(from -> json.writeStringProperty("from", from.toString()));
          json.writeNumberProperty("sent_bytes", bundle.progress().sent());
          json.writeNumberProperty("fetches", bundle.progress().fetches());
        });
  }

  /** Counts as lines for people. */
  static List<String> lines(Path directory, StoreStats stats) {
    List<String> lines = new ArrayList<>();
    lines.add(
        directory
            + ": "
            + stats.bundles()
            + " bundles of "
            + size(stats.bytes())
            + ", "
            + size(stats.diskBytes())
            + " on disk");
    lines.add(
        stats.remembered()
            + " records of bundles that are gone"
            + (stats.forgottenEarly() == 0
                ? ""
                : ", " + stats.forgottenEarly() + " forgotten early by the quota"));
    if (stats.records().count() > 0) {
      lines.add(
          "about "
              + stats.records().count()
              + " records of twins, "
              + size(stats.records().bytes())
              + " on disk");
    }
    if (!stats.queues().isEmpty()) {
      lines.add(line("WAITS", "FOR", "CLASS", "BUNDLES", "SIZE"));
    }
    for (QueueCount count : stats.queues()) {
      QueueKey queue = count.queue();
      lines.add(
          line(
              word(queue.kind()),
              queue.eid(),
              word(count.trafficClass()),
              count.bundles(),
              size(count.bytes())));
    }
    return lines;
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-10s  %-28s  %-9s  %12s  %12s", cells);
  }

  /** Counts as one object. */
  static String json(Path directory, StoreStats stats) {
    return JsonText.line(
        json -> {
          json.writeStringProperty("dir", directory.toString());
          json.writeNumberProperty("bundles", stats.bundles());
          json.writeNumberProperty("bytes", stats.bytes());
          json.writeNumberProperty("disk_bytes", stats.diskBytes());
          json.writeNumberProperty("remembered", stats.remembered());
          json.writeNumberProperty("forgotten_early", stats.forgottenEarly());
          json.writeNumberProperty("records_about", stats.records().count());
          json.writeNumberProperty("record_bytes_about", stats.records().bytes());
          json.writeArrayPropertyStart("queues");
          for (QueueCount count : stats.queues()) {
            json.writeStartObject();
            json.writeStringProperty("waits", word(count.queue().kind()));
            json.writeStringProperty("for", count.queue().eid().toString());
            json.writeStringProperty("class", word(count.trafficClass()));
            json.writeNumberProperty("bundles", count.bundles());
            json.writeNumberProperty("bytes", count.bytes());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** A size for people: {@code 640 B}, {@code 12.3 MiB}. */
  static String size(long bytes) {
    if (bytes < KIB) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= KIB && unit < 4) {
      value /= KIB;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %siB", value, "KMGTP".charAt(unit));
  }
}
