package dev.holdfast.gateway.replay;

import dev.holdfast.gateway.replay.Scenario.Chaos;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.SimWorld;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;

/**
 * Draws what goes wrong from the seed: for each kind and each node or link how often, when, and how
 * bad. The same seed draws the same; each kind and place draws from randomness of its own.
 */
final class ChaosDraw {
  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final Scenario scenario;
  private final Chaos chaos;
  private final SimWorld dice;
  private final List<Fault> drawn = new ArrayList<>();

  ChaosDraw(Scenario scenario, Chaos chaos) {
    this.scenario = scenario;
    this.chaos = chaos;
    this.dice = new SimWorld(scenario.seed());
  }

  List<Fault> draw() {
    List<String> gateways =
        scenario.nodes().stream().filter(n -> n.hostile().isEmpty()).map(NodeSpec::name).toList();
    for (String node : gateways) {
      RandomGenerator r = dice.random("chaos of " + node);
      times(r, chaos.crashesPerDay(), at -> crash(r, node, at));
      times(r, chaos.clockFaultsPerDay(), at -> clock(r, node, at));
      times(r, chaos.diskFaultsPerDay(), at -> new Fault.DiskFull(node, at, upTo(r, 2 * HOUR)));
      times(r, chaos.restoresPerDay(), at -> restore(r, node, at));
    }
    for (String link : directions()) {
      RandomGenerator r = dice.random("chaos of " + link);
      times(r, chaos.linkFaultsPerDay(), at -> disturbance(r, link, at));
      times(r, chaos.outagesPerDay(), at -> outage(r, link, at));
    }
    RandomGenerator r = dice.random("blackouts");
    times(r, chaos.blackoutsPerDay(), at -> blackout(r, gateways, at));
    return drawn;
  }

  private Set<String> directions() {
    Set<String> names = new LinkedHashSet<>();
    scenario.links().forEach(l -> names.add(l.first() + ">" + l.second()));
    scenario.links().forEach(l -> names.add(l.second() + ">" + l.first()));
    return names;
  }

  private void times(RandomGenerator random, double perDay, LongFunction<Fault> fault) {
    if (perDay <= 0) {
      return;
    }
    double at = random.nextExponential() / perDay * DAY;
    while (at < scenario.durationNanos()) {
      drawn.add(fault.apply((long) at));
      at += random.nextExponential() / perDay * DAY;
    }
  }

  private static long upTo(RandomGenerator random, long most) {
    return 1 + random.nextLong(most);
  }

  private static Fault crash(RandomGenerator random, String node, long at) {
    Crash.Point[] points = Crash.Point.values();
    return new Fault.NodeCrash(
        node,
        at,
        new Crash(
            points[random.nextInt(points.length)],
            random.nextInt(5) / 4.0,
            upTo(random, 10 * MINUTE),
            random.nextBoolean()));
  }

  private static Fault clock(RandomGenerator random, String node, long at) {
    long offset = random.nextLong(-2 * HOUR, 2 * HOUR) / 1_000_000;
    boolean trusted = random.nextBoolean();
    // A clock that is trusted says how far it may be off; a little is what disciplined clocks are.
    return new Fault.WrongClock(
        node, at, upTo(random, 6 * HOUR), trusted ? offset / 3_600 : offset, trusted);
  }

  private static Fault restore(RandomGenerator random, String node, long at) {
    long copied = Math.max(0, at - upTo(random, 6 * HOUR));
    return new Fault.Restore(node, copied, at, upTo(random, 10 * MINUTE));
  }

  private static Fault disturbance(RandomGenerator random, String link, long at) {
    long length = upTo(random, HOUR);
    return switch (random.nextInt(7)) {
      case 0 -> new Fault.Reset(link, at);
      case 1 -> on(link, at, length, Disturbance.loss(random.nextDouble() / 2));
      case 2 -> on(link, at, length, Disturbance.duplication(random.nextDouble() / 2));
      case 3 -> on(link, at, length, Disturbance.bitErrors(random.nextDouble() / 5));
      case 4 -> on(link, at, length, Disturbance.reordering(upTo(random, 10 * SECOND)));
      case 5 -> on(link, at, length, Disturbance.delay(upTo(random, 20 * SECOND)));
      default -> on(link, at, length, Disturbance.rate(0.05 + random.nextDouble() * 2));
    };
  }

  private static Fault on(String link, long at, long length, Disturbance disturbance) {
    return new Fault.OnLink(link, at, length, disturbance);
  }

  /** Nothing gets through: at some time, or just where a contact begins or ends. */
  private Fault outage(RandomGenerator random, String link, long at) {
    List<ContactRule> rules =
        scenario.contacts().stream()
            .filter(
                c ->
                    link.equals(c.from() + ">" + c.to())
                        || (c.bothWays() && link.equals(c.to() + ">" + c.from())))
            .toList();
    if (rules.isEmpty() || random.nextInt(4) == 0) {
      return on(link, at, upTo(random, 12 * HOUR), Disturbance.blocked());
    }
    ContactRule rule = rules.get(random.nextInt(rules.size()));
    long begin = at < rule.firstNanos() ? rule.firstNanos() : begin(rule, at);
    long share = upTo(random, Math.max(1, rule.lengthNanos() / 2));
    return switch (random.nextInt(3)) {
      case 0 -> on(link, Math.max(0, begin - SECOND), share + SECOND, Disturbance.blocked());
      case 1 -> on(link, begin + rule.lengthNanos() - share, share, Disturbance.blocked());
      default ->
          on(
              link,
              Math.max(0, begin - SECOND),
              rule.lengthNanos() + 2 * SECOND,
              Disturbance.blocked());
    };
  }

  private static long begin(ContactRule rule, long at) {
    return rule.firstNanos() + (at - rule.firstNanos()) / rule.everyNanos() * rule.everyNanos();
  }

  private static Fault blackout(RandomGenerator random, List<String> gateways, long at) {
    int count = 1 + random.nextInt(Math.max(1, gateways.size() / 2));
    int from = random.nextInt(gateways.size());
    Set<String> dark = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      dark.add(gateways.get((from + i) % gateways.size()));
    }
    return new Fault.Blackout(List.copyOf(dark), at, upTo(random, 4 * HOUR));
  }
}
