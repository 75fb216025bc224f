package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.YamlValues.RateStep;
import dev.holdfast.contacts.yaml.Section;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads one block of {@code contacts} into the contacts that it stands for. */
final class YamlContact {
  /** More pieces of one contact than any plan may have. */
  private static final int MOST_PIECES = 1_000_000;

  private final YamlNodes nodes;
  private final YamlClock clock;
  private final YamlPasses passes;
  private final YamlRanges ranges;
  private final LightTimes.Tolerance tolerance;

  YamlContact(
      YamlNodes nodes,
      YamlClock clock,
      YamlPasses passes,
      YamlRanges ranges,
      LightTimes.Tolerance tolerance) {
    this.nodes = nodes;
    this.clock = clock;
    this.passes = passes;
    this.ranges = ranges;
    this.tolerance = tolerance;
  }

  /** Gives each contact to {@code taker}, until it wants no more. */
  void read(Section block, Predicate<Declared> taker) {
    YamlPlanReader.Ends ends = YamlPlanReader.Ends.of(block, nodes);
    List<YamlPasses.Pass> times = passes.of(block);
    List<RateStep> rates = YamlValues.rates(block);
    Optional<LightTimes> owlt = YamlValues.lightTimes(block, clock);
    double confidence = block.value("confidence", 1.0, YamlValues::confidence);
    for (YamlPasses.Pass pass : times) {
      if (pass.end() > Contact.LATEST_END.millis()) {
        block.refuse(block.at(), "contacts: one ends after 2249; let it end before");
        return;
      }
      if (pass.end() > pass.start() && rates.getLast().afterMillis() >= pass.end() - pass.start()) {
        block.refuse(block.at(), "rate: a step begins after the contact is over; leave it out");
        return;
      }
      boolean more =
          way(block, ends.from(), ends.to(), pass, rates, owlt, confidence, taker)
              && (!ends.bothWays()
                  || way(block, ends.to(), ends.from(), pass, rates, owlt, confidence, taker));
      if (!more) {
        return;
      }
    }
  }

  /** One way of a pass; false if there are to be no more. */
  private boolean way(
      Section block,
      NodeNumber from,
      NodeNumber to,
      YamlPasses.Pass pass,
      List<RateStep> rates,
      Optional<LightTimes> own,
      double confidence,
      Predicate<Declared> taker) {
    Position at = YamlPlanReader.position(block.at());
    if (pass.end() <= pass.start()) {
      return taker.test(
          new Declared(from, to, pass.start(), pass.end(), 1, 0, confidence, at)); // Told there.
    }
    List<YamlRanges.Stretch> stretches =
        own.map(owlt -> List.of(new YamlRanges.Stretch(pass.start(), pass.end(), owlt)))
            .orElseGet(() -> ranges.within(from, to, pass.start(), pass.end()));
    long covered =
        stretches.stream()
            .filter(stretch -> stretch.lightTimes().covers(stretch.start(), stretch.end()))
            .mapToLong(stretch -> stretch.end() - stretch.start())
            .sum();
    if (covered < pass.end() - pass.start()) {
      block.refuse(
          block.at(),
          "contact %s>%s has no light time for all of its window from %s on; write owlt, or a range"
              .formatted(from, to, TimeText.iso(new DtnTime(pass.start()))));
      return false;
    }
    for (YamlRanges.Stretch stretch : stretches) {
      for (int i = 0; i < rates.size(); i++) {
        long begin = Math.max(stretch.start(), pass.start() + rates.get(i).afterMillis());
        long stop =
            i + 1 < rates.size() ? pass.start() + rates.get(i + 1).afterMillis() : pass.end();
        stop = Math.min(stop, stretch.end());
        if (begin >= stop) {
          continue;
        }
        for (LightTimes.Piece piece :
            stretch.lightTimes().pieces(begin, stop, tolerance, MOST_PIECES)) {
          if (!taker.test(
              new Declared(
                  from,
                  to,
                  piece.start(),
                  piece.end(),
                  rates.get(i).bytesPerSecond(),
                  piece.owltMillis(),
                  confidence,
                  at))) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
