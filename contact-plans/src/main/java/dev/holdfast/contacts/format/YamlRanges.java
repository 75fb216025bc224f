package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code ranges} of a YAML plan: light times of pairs whose contacts have none themselves. */
final class YamlRanges {
  /** A light time within a window. */
  record Stretch(long start, long end, LightTimes lightTimes) {}

  private record Pair(NodeNumber from, NodeNumber to) {}

  private final Map<Pair, List<Stretch>> stretches = new HashMap<>();

  YamlRanges(Section root, YamlNodes nodes, YamlClock clock) {
    for (Section block : root.sections("ranges")) {
      YamlPlanReader.Ends ends = YamlPlanReader.Ends.of(block, nodes);
      long start = block.value("start", 0L, clock::millis);
      Located<Long> end =
          block
              .located("end", clock::millis)
              .orElse(new Located<>(block.at(), Contact.LATEST_END.millis()));
      Optional<LightTimes> owlt = YamlValues.lightTimes(block, clock);
      if (end.value() <= start) {
        block.refuse(end.at(), "ranges.end: it is not after the start");
      } else if (owlt.isEmpty()) {
        block.refuse(block.at(), "ranges.owlt: the light time is missing; write owlt: 1.3s");
      } else {
        Stretch stretch = new Stretch(start, end.value(), owlt.get());
        add(block, new Pair(ends.from(), ends.to()), stretch);
        if (ends.bothWays()) {
          add(block, new Pair(ends.to(), ends.from()), stretch);
        }
      }
      block.end();
    }
  }

  private void add(Section block, Pair pair, Stretch next) {
    List<Stretch> before = stretches.computeIfAbsent(pair, _ -> new ArrayList<>());
    if (before.stream().anyMatch(s -> s.start() < next.end() && next.start() < s.end())) {
      block.refuse(
          block.at(),
          "range %s>%s overlaps another one; let one end by the start of the other"
              .formatted(pair.from(), pair.to()));
    }
    before.add(next);
  }

  /** The light times of a window, as far as there are some, by time. */
  List<Stretch> within(NodeNumber from, NodeNumber to, long start, long end) {
    return stretches.getOrDefault(new Pair(from, to), List.of()).stream()
        .filter(stretch -> stretch.start() < end && start < stretch.end())
        .map(
            stretch ->
                new Stretch(
                    Math.max(start, stretch.start()),
                    Math.min(end, stretch.end()),
                    stretch.lightTimes()))
        .sorted((a, b) -> Long.compare(a.start(), b.start()))
        .toList();
  }
}
