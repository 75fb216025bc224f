package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.orbit.Duplex;
import dev.holdfast.contacts.orbit.LinkRule;
import dev.holdfast.contacts.orbit.LinkRule.Pair;
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

  private final Names names;
  private final Set<Pair> known = new LinkedHashSet<>();

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
        break;
      }
    }
    return wanted;
  }

  private List<Pair> among(Section block) {
    List<Located<String>> groups = block.list("among", this::existing);
    Mesh mesh = block.choice("mesh", Mesh.ALL, Mesh.class);
    List<Pair> pairs = new ArrayList<>();
    if (mesh == Mesh.NEIGHBOURS) {
      for (Located<String> group : groups) {
        Optional<List<Pair>> neighbours = names.neighbours(group.value());
        if (neighbours.isEmpty()) {
          block.refuse(
              group.at(), "'" + group.value() + "' is no Walker constellation; write mesh: all");
        }
        pairs.addAll(neighbours.orElse(List.of()));
      }
      return pairs;
    }
    List<Integer> members = union(groups);
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
    List<Integer> from = union(block.list("from", this::existing));
    List<Integer> to = union(block.list("to", this::existing));
    List<Pair> pairs = new ArrayList<>();
    for (int first : from) {
      for (int second : to) {
        if (first != second) {
          pairs.add(new Pair(first, second));
        }
      }
    }
    return pairs;
  }

  private String existing(String name) {
    var _ = names.members(name);
    return name;
  }

  private List<Integer> union(List<Located<String>> groups) {
    Set<Integer> all = new LinkedHashSet<>();
    groups.forEach(group -> all.addAll(names.members(group.value())));
    return List.copyOf(all);
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
