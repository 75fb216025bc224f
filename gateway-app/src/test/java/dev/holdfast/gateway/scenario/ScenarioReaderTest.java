package dev.holdfast.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.replay.Expectation.Metric;
import dev.holdfast.gateway.replay.Fault;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.replay.Scenario.PlanSource;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.replay.Scenario.Window;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.HostileNode.Act;
import dev.holdfast.gateway.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** What scenarios say is what they mean. */
class ScenarioReaderTest {
  private static final Path BASE = Path.of("/srv");
  private static final long HOUR = 3_600 * Times.SECOND;

  /** Every key there is. */
  private static final String WHOLE =
      """
      scenario: whole
      start: 2030-01-01T00:00:00Z
      duration: 60d
      seed: 7
      nodes:
        earth:   { id: ipn:1 }
        orbiter: { id: ipn:2, store: 8GiB, sync: 2ms, drift: 20ppm }
        lander:  { id: ipn:3 }
        mallory: { id: ipn:66, hostile: [garbage, forged-source], every: 10s, swallows: true }
        eve:     { id: ipn:67, hostile: replay, every: 1m, victims: [ipn:9.9] }
      links:
        - { between: [earth, orbiter], rate: 256kbit/s, delay: 12m }
        - { between: [orbiter, lander], protocol: tcpcl, rate: 2Mbit/s, delay: 5.5ms, loss: 0.1%, always: true, routes: ["ipn:3.*"], routes-back: [] }
        - { among: [lander, mallory, eve], protocol: mtcp }
      contacts:
        - { from: earth, to: orbiter, both-ways: true, first: 2h, every: 24h39m35s, for: 8h, until: 60d, rate: 1Mbit/s, delay: 3m, loss: 1%, except: [ { from: 20d, to: 34d } ] }
        - { from: orbiter, to: earth, for: 1h }
      traces:
        - { file: contacts.one, format: one, rate: 250kB/s, delay: 0s, loss: 0%, at: 1d, link: orbiter>earth }
        - { file: /abs/other }
      plan: plan.ionrc
      traffic:
        - { from: ipn:1.7, to: ipn:3.7, first: 1m, every: 1h, random: true, count: 100, size: 1KiB..64KiB, class: urgent, lifetime: 30d, best-effort: true, critical: true }
        - { from: ipn:3.8, to: ipn:1.8, every: 90s, size: 512B }
        - { from: ipn:3.8, to: ipn:1.8, count: 1, size: 512B }
      faults:
        - { at: 3d, crash: orbiter, point: after-commit, survivors: 50%, down: 10m, reboot: true }
        - { at: 4d, link: earth>orbiter, for: 2h, loss: 10%, duplicate: 1%, bit-errors: 0.5%, reorder: 2s, extra-delay: 1m, rate-factor: 0.5 }
        - { at: 4d, link: orbiter>earth, for: 2h, block: true }
        - { at: 5d, reset: earth>orbiter }
        - { at: 6d, disk-full: orbiter, for: 1h }
        - { at: 7d, restore: lander, copied: 6d, down: 1m }
        - { at: 8d, clock: lander, for: 1d, offset: -5m, trusted: true }
        - { at: 9d, blackout: [earth, orbiter], for: 30m }
      chaos: { crashes: 0.1, link-faults: 1, outages: 2, clock-faults: 3, disk-faults: 4, restores: 5, blackouts: 6 }
      expect:
        - delivered >= 99.9%
        - latency p95 expedited <= 2h
        - held orbiter bundles <= 1000
        - transfers-per-delivery <= 2.5
      """;

  private static Scenario read(String text) {
    return ScenarioReader.parse("s.yaml", text, BASE);
  }

  @Test
  void readsNodesAndLinks() {
    Scenario scenario = read(WHOLE);
    assertThat(scenario.name()).isEqualTo("whole");
    assertThat(scenario.start().toInstant()).hasToString("2030-01-01T00:00:00Z");
    assertThat(scenario.durationNanos()).isEqualTo(60 * Times.DAY);
    assertThat(scenario.seed()).isEqualTo(7);
    Scenario.NodeSpec orbiter = scenario.nodes().get(1);
    assertThat(orbiter)
        .isEqualTo(
            new Scenario.NodeSpec(
                "orbiter", NodeId.ipn(2), 2_000_000, 8L << 30, 20, Optional.empty()));
    assertThat(scenario.nodes().get(0).holdBytes()).isEqualTo(64L << 30);
    assertThat(scenario.nodes().get(0).syncNanos()).isEqualTo(1_000_000);
    var mallory = scenario.nodes().get(3).hostile().orElseThrow();
    assertThat(mallory.acts()).containsExactly(Act.GARBAGE, Act.FORGED_SOURCE);
    assertThat(mallory.everyNanos()).isEqualTo(10 * Times.SECOND);
    assertThat(mallory.swallows()).isTrue();
    assertThat(mallory.victims())
        .as("the endpoints of all traffic")
        .containsExactly(IpnEid.of(1, 7), IpnEid.of(3, 7), IpnEid.of(3, 8), IpnEid.of(1, 8));
    assertThat(scenario.nodes().get(4).hostile().orElseThrow().victims())
        .containsExactly(IpnEid.of(9, 9));
    assertThat(scenario.links())
        .extracting(link -> link.first() + " " + link.second() + " " + link.protocol())
        .containsExactly(
            "earth orbiter ideal",
            "orbiter lander tcpcl",
            "lander mallory mtcp",
            "lander eve mtcp",
            "mallory eve mtcp");
    assertThat(scenario.links().get(1).channel()).isEqualTo(new Channel(5_500_000, 250_000, 0.001));
    assertThat(scenario.links().get(1).always()).isTrue();
    assertThat(scenario.links().get(1).routes()).hasToString("[ipn:3.*]");
  }

  @Test
  void readsContactsAndTraces() {
    Scenario scenario = read(WHOLE);
    assertThat(scenario.contacts())
        .containsExactly(
            new ContactRule(
                "earth",
                "orbiter",
                true,
                2 * HOUR,
                88_775 * Times.SECOND,
                8 * HOUR,
                60 * Times.DAY,
                new Channel(180 * Times.SECOND, 125_000, 0.01),
                List.of(new Window(20 * Times.DAY, 34 * Times.DAY))),
            new ContactRule(
                "orbiter",
                "earth",
                false,
                0,
                60 * Times.DAY,
                HOUR,
                60 * Times.DAY,
                new Channel(720 * Times.SECOND, 32_000, 0),
                List.of()));
    assertThat(scenario.traces())
        .containsExactly(
            new TraceFile(
                Path.of("/srv/contacts.one"),
                Optional.of("one"),
                new Channel(0, 250_000, 0),
                Times.DAY,
                Optional.of("orbiter>earth")),
            new TraceFile(
                Path.of("/abs/other"), Optional.empty(), Channel.PERFECT, 0, Optional.empty()));
    assertThat(scenario.plan()).isEqualTo(new PlanSource.PlanFile(Path.of("/srv/plan.ionrc")));
  }

  @Test
  void readsTraffic() {
    assertThat(read(WHOLE).traffic())
        .containsExactly(
            new Flow(
                "earth",
                IpnEid.of(1, 7),
                IpnEid.of(3, 7),
                60 * Times.SECOND,
                HOUR,
                true,
                100,
                1 << 10,
                64 << 10,
                TrafficClass.URGENT,
                true,
                true,
                30L * 86_400_000),
            flow(90 * Times.SECOND, Long.MAX_VALUE),
            flow(60 * Times.DAY, 1));
  }

  private static Flow flow(long every, long count) {
    return new Flow(
        "lander",
        IpnEid.of(3, 8),
        IpnEid.of(1, 8),
        0,
        every,
        false,
        count,
        512,
        512,
        TrafficClass.NORMAL,
        false,
        false,
        86_400_000);
  }

  @Test
  void readsFaults() {
    Scenario scenario = read(WHOLE);
    assertThat(scenario.faults())
        .containsExactly(
            new Fault.NodeCrash(
                "orbiter",
                3 * Times.DAY,
                new Crash(Crash.Point.AFTER_COMMIT, 0.5, 600 * Times.SECOND, true)),
            new Fault.OnLink(
                "earth>orbiter",
                4 * Times.DAY,
                2 * HOUR,
                new Disturbance(false, 0.1, 0.01, 0.005, 2 * Times.SECOND, 60 * Times.SECOND, 0.5)),
            new Fault.OnLink("orbiter>earth", 4 * Times.DAY, 2 * HOUR, Disturbance.blocked()),
            new Fault.Reset("earth>orbiter", 5 * Times.DAY),
            new Fault.DiskFull("orbiter", 6 * Times.DAY, HOUR),
            new Fault.Restore("lander", 6 * Times.DAY, 7 * Times.DAY, 60 * Times.SECOND),
            new Fault.WrongClock("lander", 8 * Times.DAY, Times.DAY, -300_000, true),
            new Fault.Blackout(List.of("earth", "orbiter"), 9 * Times.DAY, HOUR / 2));
    assertThat(scenario.chaos()).contains(new Scenario.Chaos(0.1, 1, 2, 3, 4, 5, 6));
  }

  @Test
  void readsExpectations() {
    assertThat(read(WHOLE).expectations())
        .extracting(each -> each.metric() + " " + each.atLeast() + " " + each.value())
        .containsExactly(
            Metric.DELIVERED + " true 0.999",
            Metric.LATENCY_P95 + " false 7200.0",
            Metric.HELD_BUNDLES + " false 1000.0",
            Metric.TRANSFERS_PER_DELIVERY + " false 2.5");
    assertThat(read(WHOLE).expectations().get(1).trafficClass()).contains(TrafficClass.EXPEDITED);
    assertThat(read(WHOLE).expectations().get(2).node()).contains("orbiter");
  }

  @Test
  void needsLittle() {
    Scenario scenario = read("{ scenario: least, duration: 1h, nodes: { a: { id: ipn:1 } } }");
    assertThat(scenario.start()).isEqualTo(SimWorld.START);
    assertThat(scenario.seed()).isEqualTo(1);
    assertThat(scenario.plan()).isEqualTo(new PlanSource.Truth());
    assertThat(scenario.links()).isEmpty();
    assertThat(scenario.chaos()).isEmpty();
  }

  @Test
  void timesAreExactAndReadAsWritten() {
    assertThat(Times.nanos("24h39m35.244s")).isEqualTo(88_775_244_000_000L);
    assertThat(Times.nanos("1.28s")).isEqualTo(1_280_000_000L);
    assertThat(Times.nanos("5min")).isEqualTo(300 * Times.SECOND);
    assertThat(Times.text(88_775_244_000_000L)).isEqualTo("1d39m35.244s");
    assertThat(Times.text(7)).isEqualTo("7ns");
    assertThat(Times.text(1_500_000)).isEqualTo("1500us");
    assertThat(Times.text(Times.LONGEST)).isEqualTo("36500d");
    assertThat(Times.offsetText(-1_500)).isEqualTo("-1.5s");
    for (String wrong : List.of("", "5", "s", "5 s", "1h2h", "1m1h", "-1s", "1e3s", "0.1ns")) {
      assertThatThrownBy(() -> Times.nanos(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void theDocumentNamesEveryKey() throws IOException {
    String document = Files.readString(Path.of("docs/scenarios.md"));
    SortedSet<String> keys = ScenarioReader.keys(WHOLE);
    assertThat(keys).hasSizeGreaterThan(70);
    for (String path : keys) {
      if (!path.matches("nodes\\.[^.]*")) {
        assertThat(document).as(path).containsPattern("`" + path.replaceAll(".*\\.", "") + "[`:]");
      }
    }
  }
}
