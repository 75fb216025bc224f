package dev.holdfast.gateway.scenario;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.config.Values;
import dev.holdfast.gateway.replay.Scenario.Flow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what applications send. */
final class FlowReader {
  /** As many as there is time for. */
  static final long NO_LIMIT = Long.MAX_VALUE;

  private static final long MOST_COUNT = 1_000_000_000_000L;
  private static final int MOST_BYTES = 1 << 30;
  private static final long USUAL_LIFETIME = Times.DAY / Times.MILLI;
  private static final Pattern RANGE = Pattern.compile("(.+?)\\s*\\.\\.\\s*(.+)");

  private final Frame frame;
  private final Set<Eid> endpoints = new LinkedHashSet<>();

  FlowReader(Frame frame) {
    this.frame = frame;
  }

  /** Smallest and largest payload. */
  private record Size(int least, int most) {}

  /** All flows. */
  List<Flow> flows(Section root) {
    List<Flow> flows = new ArrayList<>();
    for (Section section : root.sections("traffic")) {
      flows.add(flow(section));
      section.end();
    }
    return flows;
  }

  /** Every endpoint that flows were from or to, in their order. */
  List<Eid> endpoints() {
    return List.copyOf(endpoints);
  }

  private Flow flow(Section section) {
    Located<Eid> from = section.required("from", NodeId.ipn(1).eid(), this::endpoint);
    Located<Eid> to = section.required("to", NodeId.ipn(1).eid(), this::endpoint);
    long count = section.number("count", NO_LIMIT, 0, MOST_COUNT);
    long every =
        count <= 1
            ? section.value("every", frame.durationNanos(), Frame::length)
            : section.required("every", Times.DAY, Frame::length).value();
    Size size = section.required("size", new Size(1, 1), FlowReader::size).value();
    return new Flow(
        ownerOf(from.value()),
        from.value(),
        to.value(),
        section.value("first", 0L, frame::moment),
        every,
        section.flag("random", false),
        count,
        size.least(),
        size.most(),
        section.choice("class", TrafficClass.NORMAL, TrafficClass.class),
        section.flag("best-effort", false),
        section.flag("critical", false),
        section.value("lifetime", USUAL_LIFETIME, FlowReader::lifetime));
  }

  private Eid endpoint(String text) {
    Eid endpoint = Values.endpoint(text);
    frame.network().owner(endpoint);
    endpoints.add(endpoint);
    return endpoint;
  }

  /** Empty for an endpoint that was refused. */
  private String ownerOf(Eid endpoint) {
    return endpoints.contains(endpoint) ? frame.network().owner(endpoint) : "";
  }

  private static long lifetime(String text) {
    long millis = Times.millis(text);
    if (millis == 0) {
      throw new IllegalArgumentException("'" + text + "': a bundle lives at least 1ms");
    }
    return millis;
  }

  private static Size size(String text) {
    Matcher range = RANGE.matcher(text);
    if (!range.matches()) {
      int bytes = bytes(text);
      return new Size(bytes, bytes);
    }
    Size size = new Size(bytes(range.group(1)), bytes(range.group(2)));
    if (size.least() > size.most()) {
      throw new IllegalArgumentException(
          "'" + text + "': the smallest stands first, such as 1KiB..64KiB");
    }
    return size;
  }

  private static int bytes(String text) {
    long bytes = Units.size(text);
    if (bytes > MOST_BYTES) {
      throw new IllegalArgumentException("'" + text + "' is too large; at most 1GiB");
    }
    return (int) bytes;
  }
}
