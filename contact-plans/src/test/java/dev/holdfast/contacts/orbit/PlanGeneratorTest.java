package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.orbit.LinkRule.Pair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans whose outcome is known or can be checked against the geometry. */
final class PlanGeneratorTest {
  private static final NodeNumber ONE = NodeNumber.of(1);
  private static final NodeNumber TWO = NodeNumber.of(2);
  private static final Cutting EXACT =
      new Cutting(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(10), 0.01);

  private static PlannedNode node(int number, Placement placement) {
    return new PlannedNode(NodeNumber.of(number), "n" + number, placement, PlannedNode.UNLIMITED);
  }

  private static Placement.Ground ground(
      Body body, double latitude, double longitude, double mask) {
    return new Placement.Ground(
        body,
        Math.toRadians(latitude),
        Math.toRadians(longitude),
        0,
        Mask.of(Math.toRadians(mask)));
  }

  private static Placement moonOrbit(double semiMajorAxis, double eccentricity) {
    return new Placement.Orbiting(
        Body.MOON,
        new Elements(semiMajorAxis, eccentricity, Math.toRadians(56), 0, Math.PI / 2, 0),
        false);
  }

  private static LinkRule rule(Duplex duplex, double sunAngle, int... pairs) {
    List<Pair> all = new ArrayList<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.add(new Pair(pairs[i], pairs[i + 1]));
    }
    return new LinkRule(
        all,
        new Reach(Double.POSITIVE_INFINITY, -1, Math.toRadians(sunAngle)),
        Rates.of(1000),
        Rates.of(2000),
        duplex,
        Duration.ofMinutes(1));
  }

  private static GeneratedPlan generate(
      String start,
      Duration duration,
      Cutting cutting,
      List<PlannedNode> nodes,
      LinkRule... rules) {
    return PlanGenerator.generate(
        new OrbitScenario(Instant.parse(start), duration, nodes, List.of(rules), cutting),
        OrbitLimits.DEFAULT,
        _ -> {});
  }

  @Test
  void marsBehindTheSunIsSilent() {
    GeneratedPlan plan =
        generate(
            "2021-01-01T00:00:00Z",
            Duration.ofDays(3_000),
            Cutting.DEFAULT,
            List.of(
                node(1, new Placement.Whole(Body.EARTH)), node(2, new Placement.Whole(Body.MARS))),
            rule(Duplex.FULL, 2, 0, 1));
    List<Contact> contacts = plan.plan().contactsBetween(ONE, TWO);
    List<String> gaps = new ArrayList<>();
    for (int i = 1; i < contacts.size(); i++) {
      DtnTime before = contacts.get(i - 1).end();
      DtnTime after = contacts.get(i).start();
      if (after.since(before) > 3_600_000) {
        gaps.add(
            before.toInstant().toString().substring(0, 10)
                + " "
                + after.toInstant().toString().substring(0, 10));
      }
    }

    // The moratoria of the Mars missions were 2 to 16 October 2021 and 11 to 25 November 2023.
    assertThat(gaps)
        .containsExactly(
            "2021-10-02 2021-10-13",
            "2023-11-11 2023-11-24",
            "2026-01-02 2026-01-16",
            "2028-03-12 2028-03-29");
    assertThat(plan.pairs().getFirst().leastOwltMillis()).isBetween(200_000L, 300_000L);
    assertThat(plan.pairs().getFirst().mostOwltMillis()).isBetween(1_250_000L, 1_340_000L);
  }

  @Test
  void eachContactHasOneLightTime() {
    Instant start = Instant.parse("2026-12-01T00:00:00Z");
    GeneratedPlan plan =
        generate(
            start.toString(),
            Duration.ofDays(40),
            EXACT,
            List.of(
                node(1, new Placement.Whole(Body.EARTH)), node(2, new Placement.Whole(Body.MARS))),
            rule(Duplex.ONE_WAY, 0, 0, 1));
    Sky sky = new Sky(new TimeBase(start));
    Sight sight =
        new Sight(
            sky,
            new Centre(Body.EARTH),
            new Centre(Body.MARS),
            new Reach(Double.POSITIVE_INFINITY, -1, 0));

    List<Contact> contacts = plan.plan().contacts();
    assertThat(contacts).hasSizeBetween(15, 40);
    for (int i = 0; i < contacts.size(); i++) {
      Contact contact = contacts.get(i);
      double planned = contact.owltMillis() / 1000.0;
      for (DtnTime at : List.of(contact.start(), contact.end())) {
        double seconds = at.since(DtnTime.of(start)) / 1000.0;
        double real = sight.lightTime(seconds);
        assertThat(planned).isBetween(real - 0.001, real * 1.0101 + 0.001);
      }
      if (i > 0) {
        assertThat(contact.start()).as("no gap").isEqualTo(contacts.get(i - 1).end());
      }
    }
  }

  @Test
  void theMoonHidesItsRelay() {
    List<PlannedNode> nodes =
        List.of(node(1, new Placement.Whole(Body.EARTH)), node(2, moonOrbit(6541, 0.6)));
    GeneratedPlan plan =
        generate(
            "2026-12-01T00:00:00Z", Duration.ofDays(7), EXACT, nodes, rule(Duplex.FULL, 0, 0, 1));
    List<Contact> up = plan.plan().contactsBetween(ONE, TWO);
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < up.size(); i++) {
      long gap = up.get(i).start().since(up.get(i - 1).end()) / 60_000;
      if (gap > 0) {
        gaps.add(gap);
      }
    }

    assertThat(gaps).hasSizeBetween(6, 10).allMatch(minutes -> minutes >= 25 && minutes <= 65);
    List<Contact> down = plan.plan().contactsBetween(TWO, ONE);
    long apart = down.get(1).start().since(up.get(1).start());
    assertThat(Math.abs(apart)).as("each direction in its own time").isLessThan(4_000);
  }

  @Test
  void theFarSideNeverSeesTheEarthAndTheNearSideAlwaysDoes() {
    List<PlannedNode> nodes =
        List.of(
            node(1, new Placement.Whole(Body.EARTH)),
            node(2, ground(Body.MOON, 0, 0, 5)),
            node(3, ground(Body.MOON, 0, 180, 5)));
    GeneratedPlan plan =
        generate(
            "2026-12-01T00:00:00Z",
            Duration.ofDays(60),
            EXACT,
            nodes,
            rule(Duplex.ONE_WAY, 0, 0, 1, 0, 2));

    assertThat(plan.pairs().get(0).longestGapMillis()).isZero();
    assertThat(plan.pairs().get(1).contacts()).isZero();
    assertThat(plan.pairs().get(1).longestGapMillis()).isEqualTo(Duration.ofDays(60).toMillis());
  }

  @Test
  void aStationarySatelliteStandsAboveItsPlace() {
    for (Body body : List.of(Body.EARTH, Body.MARS)) {
      List<PlannedNode> nodes =
          List.of(
              node(1, ground(body, 18.44, 77.45, 10)),
              node(2, new Placement.Stationary(body, Math.toRadians(77.45))),
              node(3, ground(body, 18.44, -102.55, 10)));
      GeneratedPlan plan =
          generate(
              "2028-03-01T00:00:00Z",
              Duration.ofDays(30),
              EXACT,
              nodes,
              rule(Duplex.ONE_WAY, 0, 0, 1, 2, 1));

      assertThat(plan.plan().contacts()).as(body.toString()).hasSize(1);
      assertThat(plan.pairs().getFirst().longestGapMillis()).isZero();
    }
    assertThat(Body.MARS.stationaryRadius()).isCloseTo(20_428, within(5.0));
    assertThat(Body.EARTH.stationaryRadius()).isCloseTo(42_164, within(5.0));
  }

  @Test
  void guardAndShortestAreKeptAndThePlanEdgesAreNotGuarded() {
    Placement low =
        new Placement.Orbiting(
            Body.EARTH, new Elements(6_978, 0, Math.toRadians(97.8), 0, 0, 0), true);
    List<PlannedNode> nodes = List.of(node(1, ground(Body.EARTH, 78, 15, 10)), node(2, low));
    Cutting careful =
        new Cutting(Duration.ofSeconds(20), Duration.ofMinutes(4), Duration.ofMillis(10), 0.01);
    LinkRule rule = rule(Duplex.FULL, 0, 0, 1);
    GeneratedPlan all = generate("2026-12-01T00:00:00Z", Duration.ofDays(1), EXACT, nodes, rule);
    GeneratedPlan some = generate("2026-12-01T00:00:00Z", Duration.ofDays(1), careful, nodes, rule);

    assertThat(some.plan().contacts()).isNotEmpty().hasSizeLessThan(all.plan().contacts().size());
    for (Contact contact : some.plan().contactsBetween(ONE, TWO)) {
      assertThat(contact.durationMillis()).isGreaterThanOrEqualTo(240_000);
      Contact free = all.plan().openAt(ONE, TWO, contact.start()).orElseThrow();
      assertThat(contact.start().since(free.start())).isBetween(19_000L, 21_000L);
      assertThat(free.end().since(contact.end())).isBetween(19_000L, 21_000L);
      assertThat(contact.bytesPerSecond()).isEqualTo(1000);
    }
    assertThat(all.plan().contactsBetween(TWO, ONE)).allMatch(c -> c.bytesPerSecond() == 2000);
  }

  @Test
  void inHalfDuplexOneSideSendsAtATime() {
    List<PlannedNode> nodes =
        List.of(node(1, ground(Body.MOON, 0, 0, 5)), node(2, moonOrbit(6541, 0)));
    GeneratedPlan plan =
        generate(
            "2026-12-01T00:00:00Z", Duration.ofDays(1), EXACT, nodes, rule(Duplex.HALF, 0, 0, 1));
    List<Contact> contacts = plan.plan().chronological();

    assertThat(contacts).hasSizeGreaterThan(100);
    for (int i = 1; i < contacts.size(); i++) {
      Contact before = contacts.get(i - 1);
      assertThat(contacts.get(i).start().since(before.end()))
          .as(before + " then " + contacts.get(i))
          .isGreaterThanOrEqualTo(before.owltMillis());
    }
  }

  @Test
  void ratesFollowTheDistance() {
    Placement low =
        new Placement.Orbiting(
            Body.EARTH, new Elements(6_978, 0, Math.toRadians(97.8), 0, 0, 0), true);
    List<PlannedNode> nodes = List.of(node(1, ground(Body.EARTH, 78, 15, 5)), node(2, low));
    Rates steps = new Rates(List.of(new Rates.Step(1_000, 5_000), new Rates.Step(1_800, 1_000)));
    LinkRule rule =
        new LinkRule(
            List.of(new Pair(0, 1)),
            new Reach(Double.POSITIVE_INFINITY, -1, 0),
            steps,
            Rates.of(7),
            Duplex.FULL,
            Duration.ofMinutes(1));
    GeneratedPlan plan = generate("2026-12-01T00:00:00Z", Duration.ofDays(1), EXACT, nodes, rule);

    List<Contact> up = plan.plan().contactsBetween(ONE, TWO);
    assertThat(up).extracting(Contact::bytesPerSecond).contains(5_000L, 1_000L);
    for (Contact contact : up) {
      double km = contact.owltMillis() * 299.792458;
      assertThat(km).isLessThan(contact.bytesPerSecond() == 5_000 ? 1_300 : 2_100);
    }
    assertThat(plan.pairs().get(1).openMillis()).isGreaterThan(plan.pairs().get(0).openMillis());
  }

  @Test
  void theSameScenarioGivesTheSamePlan() {
    List<PlannedNode> nodes = new ArrayList<>();
    List<Elements> ring =
        new Walker(24, 3, 1, Walker.Pattern.DELTA, 600, Math.toRadians(53), 0).satellites();
    for (int i = 0; i < ring.size(); i++) {
      nodes.add(node(i + 1, new Placement.Orbiting(Body.EARTH, ring.get(i), true)));
    }
    nodes.add(node(100, ground(Body.EARTH, 40, -4, 10)));
    int[] pairs = new int[48];
    for (int i = 0; i < 24; i++) {
      pairs[2 * i] = i;
      pairs[2 * i + 1] = 24;
    }
    LinkRule rule = rule(Duplex.FULL, 0, pairs);

    GeneratedPlan once = generate("2026-12-01T00:00:00Z", Duration.ofHours(6), EXACT, nodes, rule);
    GeneratedPlan again = generate("2026-12-01T00:00:00Z", Duration.ofHours(6), EXACT, nodes, rule);
    assertThat(once.plan().contacts()).isNotEmpty().isEqualTo(again.plan().contacts());
    assertThat(once.pairs()).isEqualTo(again.pairs());
  }

  @Test
  void whatIsTooMuchIsRefused() {
    List<PlannedNode> nodes =
        List.of(node(1, new Placement.Whole(Body.EARTH)), node(2, moonOrbit(6541, 0)));
    OrbitScenario scenario =
        new OrbitScenario(
            Instant.parse("2026-12-01T00:00:00Z"),
            Duration.ofDays(7),
            nodes,
            List.of(rule(Duplex.FULL, 0, 0, 1)),
            EXACT);

    assertThatThrownBy(
            () -> PlanGenerator.generate(scenario, new OrbitLimits(10, 10, 100, 10), _ -> {}))
        .isInstanceOf(OrbitException.class)
        .hasMessageContaining("at most 100 are worked out");
    assertThatThrownBy(
            () -> PlanGenerator.generate(scenario, new OrbitLimits(1, 10, 1_000_000, 10), _ -> {}))
        .hasMessageContaining("2 nodes, at most 1");
    assertThatThrownBy(
            () -> PlanGenerator.generate(scenario, new OrbitLimits(9, 9, 1_000_000, 1), _ -> {}))
        .hasMessageContaining("more than 1 contacts");
  }
}
