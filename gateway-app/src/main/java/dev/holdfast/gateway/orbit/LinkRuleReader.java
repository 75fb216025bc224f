package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.orbit.Duplex;
import dev.holdfast.contacts.orbit.LinkRule;
import dev.holdfast.contacts.orbit.LinkRule.Pair;
import dev.holdfast.contacts.orbit.OrbitLimits;
import dev.holdfast.contacts.orbit.Rates;
import dev.holdfast.contacts.orbit.Reach;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads who may talk with whom, and how. */
final class LinkRuleReader {
  private static final double FAR = 1e12;

  /** Most members of names that are gone through for all links. */
  private static final long MOST_WORK = 10_000_000;

  private final Names names;
  private final Set<Pair> known = new LinkedHashSet<>();
  private long wantedPairs;
  private long work;
  private boolean tooMuch;

  /** Which pairs of a constellation talk. */
  enum Mesh {
    /** Every two. */
    ALL,
    /** The four neighbours of a Walker constellation. */
    NEIGHBOURS
  }

  LinkRuleReader(Names names) {
    this.names = names;
  }

  List<LinkRule> links(Section root) {
    List<LinkRule> rules = new ArrayList<>();
    for (Section block : root.sections("links")) {
      List<Pair> pairs = pairs(block);
      Optional<Rates> rates = rates(block, "rate", "rates");
      if (rates.isEmpty()) {
        block.refuse(block.at(), "a link has a rate or rates; write rate: 2Mbit/s");
      }
      Optional<Rates> back = rates(block, "return-rate", "return-rates");
      Rates forth = rates.orElse(Rates.of(1));
      Reach reach =
          new Reach(
              block.value("max-range", Double.POSITIVE_INFINITY, Amount.length(1, FAR)),
              block.value("grazing-height", -1.0, Amount.length(0, 10_000)),
              block.value("sun-angle", Math.toRadians(2), Amount.angle(0, 90)));
      Duplex duplex = block.choice("duplex", Duplex.FULL, Duplex.class);
      Duration turn =
          block.value(
              "turn",
              Duration.ofMinutes(1),
              Amount.seconds(Duration.ofSeconds(1), Duration.ofDays(1)));
      if (duplex == Duplex.ONE_WAY && back.isPresent()) {
        block.refuse(block.at(), "a one-way link has no return rate; take it away");
      }
      block.end();
      rules.add(new LinkRule(pairs, reach, forth, back.orElse(forth), duplex, turn));
    }
    return rules;
  }

  private List<Pair> pairs(Section block) {
    List<Pair> wanted = block.has("among") ? among(block) : between(block);
    for (Pair pair : wanted) {
      Pair sorted =
          pair.first() < pair.second()
              ? pair
              : new Pair(/* first= */ pair.second(), /* second= */ pair.first());
      if (!known.add(sorted)) {
        block.refuse(
            block.at(),
            "%s and %s are linked already; a pair has one link"
                .formatted(
                    names.nodes().get(pair.first()).name(),
                    names.nodes().get(pair.second()).name()));
        return List.of();
      }
    }
    return wanted;
  }

  private List<Pair> among(Section block) {
    List<Located<String>> groups = block.list("among", names::existing);
    Mesh mesh = block.choice("mesh", Mesh.ALL, Mesh.class);
    List<Pair> pairs = new ArrayList<>();
    if (!isLittle(block, names.work(groups))) {
      return pairs;
    }
    if (mesh == Mesh.NEIGHBOURS) {
      for (Located<String> group : groups) {
        Optional<List<Pair>> neighbours = names.neighbours(group.value());
        if (neighbours.isEmpty()) {
          block.refuse(
              group.at(), "'" + group.value() + "' is no Walker constellation; write mesh: all");
        }
        if (!areFew(block, neighbours.map(List::size).orElse(0))) {
          return List.of();
        }
        pairs.addAll(neighbours.orElse(List.of()));
      }
      return pairs;
    }
    List<Integer> members = names.union(groups);
    if (!areFew(block, (long) members.size() * (members.size() - 1) / 2)) {
      return pairs;
    }
    for (int i = 0; i < members.size(); i++) {
      for (int j = i + 1; j < members.size(); j++) {
        pairs.add(new Pair(members.get(i), members.get(j)));
      }
    }
    return pairs;
  }

  private List<Pair> between(Section block) {
    if (!block.has("from") || !block.has("to")) {
      block.refuse(block.at(), "a link says from and to, or among, with names of nodes or groups");
    }
    List<Located<String>> senders = block.list("from", names::existing);
    List<Located<String>> receivers = block.list("to", names::existing);
    List<Pair> pairs = new ArrayList<>();
    if (!isLittle(block, names.work(senders) + names.work(receivers))) {
      return pairs;
    }
    List<Integer> from = names.union(senders);
    List<Integer> to = names.union(receivers);
    if (!areFew(block, (long) from.size() * to.size())) {
      return pairs;
    }
    for (int first : from) {
      for (int second : to) {
        if (first != second) {
          pairs.add(new Pair(first, second));
        }
      }
    }
    return pairs;
  }

  private boolean areFew(Section block, long pairs) {
    wantedPairs += pairs;
    return isBelow(block, wantedPairs, OrbitLimits.DEFAULT.pairs(), "pairs that may talk");
  }

  private boolean isLittle(Section block, long members) {
    work += members;
    return isBelow(block, work, MOST_WORK, "nodes named in links");
  }

  /** Told once, and before it is worked out: what is too much may fill the memory. */
  private boolean isBelow(Section block, long number, long limit, String what) {
    if (number > limit && !tooMuch) {
      tooMuch = true;
      block.refuse(
          block.at(),
          "with this link there are more than %d %s; let fewer nodes talk".formatted(limit, what));
    }
    return number <= limit;
  }

  private static Optional<Rates> rates(Section block, String one, String many) {
    Optional<Long> rate = block.optional(one, Units::bytesPerSecond);
    if (!block.has(many)) {
      return rate.map(Rates::of);
    }
    if (block.has(one)) {
      block.refuse(block.at(), "a link has either %s or %s; take one away".formatted(one, many));
    }
    List<Rates.Step> steps = new ArrayList<>();
    for (Section step : block.sections(many)) {
      double upTo = step.required("up-to", FAR, Amount.length(1, FAR)).value();
      long bytes = step.required("rate", 1L, Units::bytesPerSecond).value();
      step.end();
      steps.add(new Rates.Step(upTo, bytes));
    }
    try {
      return Optional.of(new Rates(steps));
    } catch (IllegalArgumentException e) {
      block.refuse(block.at(), many + ": " + e.getMessage());
      return Optional.of(Rates.of(1));
    }
  }
}
