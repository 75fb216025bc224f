package dev.holdfast.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.Fault;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.Scenario.Chaos;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.replay.Scenario.PlanSource;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.replay.Scenario.Window;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.HostileNode.Act;
import dev.holdfast.gateway.sim.HostileNode.Manner;
import dev.holdfast.gateway.sim.SimProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever scenario is written is read again as the same. */
class ScenarioRoundTripTest {
  private static final Path BASE = Path.of("/srv/scenarios");
  private static final List<String> NAMES =
      List.of("earth", "orbiter", "null", "true", "a.b-c_d", "7", "Yes", "x", "-dash", "1e3", "no");

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void isReadAsItWasWritten(long seed) {
    Scenario scenario = new Drawn(seed).scenario();
    String text = ScenarioWriter.write(scenario, BASE);
    assertThat(ScenarioReader.parse("seed " + seed, text, BASE)).as(text).isEqualTo(scenario);
  }

  @Test
  void leavesOutWhatBeginsAfterTheEnd() {
    int cut = 0;
    for (long seed = 1; seed <= 50; seed++) {
      Scenario whole = new Drawn(seed).scenario();
      Scenario half = whole.withDuration(whole.durationNanos() / 2);
      Scenario read = ScenarioReader.parse("half", ScenarioWriter.write(half, BASE), BASE);
      cut += half.faults().size() - read.faults().size();
      assertThat(read.faults())
          .isEqualTo(
              half.faults().stream().filter(f -> f.atNanos() < half.durationNanos()).toList());
    }
    assertThat(cut).isPositive();
  }

  @Test
  void namesFilesRelativeToWhereItStands() {
    Scenario scenario = new Drawn(1).scenario();
    TraceFile beside = trace(BASE.resolve("deep/a b.one"));
    TraceFile elsewhere = trace(Path.of("/data/x.one"));
    Scenario with =
        new Scenario(
            scenario.name(),
            scenario.start(),
            scenario.durationNanos(),
            scenario.seed(),
            scenario.nodes(),
            scenario.links(),
            List.of(),
            List.of(beside, elsewhere),
            new PlanSource.PlanFile(BASE.resolve("none")),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    String text = ScenarioWriter.write(with, BASE);
    assertThat(text)
        .contains("file: \"deep/a b.one\"", "file: \"/data/x.one\"", "plan: \"./none\"");
    assertThat(ScenarioReader.parse("files", text, BASE)).isEqualTo(with);
  }

  private static TraceFile trace(Path file) {
    return new TraceFile(file, Optional.of("one"), Channel.PERFECT, 0, Optional.empty());
  }

  /** A scenario drawn from a seed. */
  private static final class Drawn {
    private final Random random;
    private final long duration;
    private final List<NodeSpec> nodes = new ArrayList<>();
    private final List<LinkSpec> links = new ArrayList<>();

    Drawn(long seed) {
      this.random = new Random(seed);
      this.duration = Times.SECOND + nanos(100 * Times.DAY);
    }

    Scenario scenario() {
      int count = 2 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        nodes.add(node(i));
      }
      for (int i = 1; i < count; i++) {
        links.add(link(nodes.get(random.nextInt(i)).name(), nodes.get(i).name()));
      }
      return new Scenario(
          "s" + random.nextInt(1_000),
          new DtnTime(86_400_000L + random.nextLong(1L << 42)),
          duration,
          random.nextLong(),
          nodes,
          links,
          some(this::contact),
          some(this::trace),
          plan(),
          some(this::flow),
          some(this::fault),
          random.nextBoolean() ? Optional.of(chaos()) : Optional.empty(),
          List.of(
              ExpectationText.parse("delivered >= 99.9%"),
              ExpectationText.parse("latency p95 urgent <= 2h30m"),
              ExpectationText.parse("held " + nodes.getFirst().name() + " bytes <= 64MiB"),
              expectation()));
    }

    private Expectation expectation() {
      return ExpectationText.parse(
          "transfers-per-delivery <= " + Amounts.numberText(random.nextDouble()));
    }

    private NodeSpec node(int index) {
      String drawn = NAMES.get(random.nextInt(NAMES.size()));
      boolean taken = nodes.stream().anyMatch(node -> node.name().equals(drawn));
      String name = taken ? "n" + index : drawn;
      return new NodeSpec(
          name,
          NodeId.ipn(name.equals("7") ? 7 : index + 100),
          nanos(Times.SECOND),
          random.nextBoolean() ? 64L << 30 : 1024 + random.nextLong(1L << 40),
          random.nextInt(200) - 100,
          index > 1 && random.nextInt(3) == 0 ? Optional.of(manner()) : Optional.empty());
    }

    private Manner manner() {
      EnumSet<Act> acts = EnumSet.of(Act.values()[random.nextInt(Act.values().length)]);
      acts.add(Act.values()[random.nextInt(Act.values().length)]);
      return new Manner(
          acts,
          Times.MILLI + nanos(Times.SECOND / 2),
          random.nextBoolean(),
          List.of(IpnEid.of(9, 9), IpnEid.of(9, 10)));
    }

    private LinkSpec link(String first, String second) {
      List<SimProtocol> protocols = SimProtocol.all();
      return new LinkSpec(
          first,
          second,
          protocols.get(random.nextInt(protocols.size())).name(),
          channel(),
          random.nextBoolean(),
          random.nextBoolean() ? List.of() : List.of(pattern("ipn:3.*"), pattern("dtn://m/**")),
          random.nextBoolean() ? List.of() : List.of(pattern("ipn:[1-4,9].7|*:**")));
    }

    private static EidPattern pattern(String text) {
      return switch (EidPattern.parse(text)) {
        case Parsed.Good<EidPattern>(EidPattern pattern) -> pattern;
        case Parsed.Bad<EidPattern> bad -> throw new AssertionError(bad);
      };
    }

    private Channel channel() {
      return new Channel(
          nanos(20 * Times.DAY), random.nextBoolean() ? 0 : 1 + random.nextInt(1 << 30), share());
    }

    private ContactRule contact() {
      LinkSpec link = links.get(random.nextInt(links.size()));
      boolean forth = random.nextBoolean();
      long first = nanos(duration - 1);
      long length = 1 + nanos(Times.DAY);
      long from = nanos(duration - 1);
      return new ContactRule(
          forth ? link.first() : link.second(),
          forth ? link.second() : link.first(),
          random.nextBoolean(),
          first,
          length + nanos(Times.DAY),
          length,
          first + 1 + nanos(duration - first - 1),
          channel(),
          random.nextBoolean()
              ? List.of()
              : List.of(new Window(from, from + 1 + nanos(duration - from - 1))));
    }

    private TraceFile trace() {
      return new TraceFile(
          BASE.resolve("trace " + random.nextInt(9) + "#\"ü\".one"),
          random.nextBoolean() ? Optional.empty() : Optional.of("mahimahi"),
          channel(),
          nanos(duration - 1),
          random.nextBoolean() ? Optional.empty() : Optional.of(direction()));
    }

    private PlanSource plan() {
      return switch (random.nextInt(3)) {
        case 0 -> new PlanSource.Truth();
        case 1 -> new PlanSource.None();
        default -> new PlanSource.PlanFile(BASE.resolve("plan.ionrc"));
      };
    }

    private Flow flow() {
      NodeSpec from = gateway();
      int least = random.nextInt(1 << 20);
      return new Flow(
          from.name(),
          endpoint(from),
          endpoint(gateway()),
          nanos(duration - 1),
          1 + nanos(Times.DAY),
          random.nextBoolean(),
          random.nextBoolean() ? Long.MAX_VALUE : 2 + random.nextInt(1_000),
          least,
          least + random.nextInt(1 << 20),
          TrafficClass.values()[random.nextInt(4)],
          random.nextBoolean(),
          random.nextBoolean(),
          1 + random.nextInt(1 << 30));
    }

    private Eid endpoint(NodeSpec node) {
      return IpnEid.of(((IpnEid) node.id().eid()).node(), 1 + random.nextInt(50));
    }

    private Fault fault() {
      long at = 1 + nanos(duration - 2);
      long length = 1 + nanos(Times.DAY);
      String node = gateway().name();
      return switch (random.nextInt(7)) {
        case 0 -> new Fault.OnLink(direction(), at, length, disturbance());
        case 1 -> new Fault.Reset(direction(), at);
        case 2 ->
            new Fault.NodeCrash(
                node,
                at,
                new Crash(
                    Crash.Point.values()[random.nextInt(4)],
                    share(),
                    nanos(Times.DAY),
                    random.nextBoolean()));
        case 3 -> new Fault.DiskFull(node, at, length);
        case 4 -> new Fault.Restore(node, nanos(at), at, nanos(Times.DAY));
        case 5 ->
            new Fault.WrongClock(
                node, at, length, random.nextInt(1 << 24) - (1 << 23), random.nextBoolean());
        default -> new Fault.Blackout(List.of(node), at, length);
      };
    }

    private Disturbance disturbance() {
      return switch (random.nextInt(6)) {
        case 0 -> Disturbance.blocked();
        case 1 -> Disturbance.loss(Math.max(1e-9, random.nextDouble()));
        case 2 -> Disturbance.reordering(1 + nanos(Times.DAY));
        case 3 -> Disturbance.delay(1 + nanos(Times.SECOND));
        case 4 -> Disturbance.rate(0.05 + random.nextDouble() * 2);
        default -> new Disturbance(true, share(), share(), share(), 5, 7, 0.5);
      };
    }

    private Chaos chaos() {
      return new Chaos(0, random.nextDouble(), 1, random.nextDouble() * 9, 1e-7, 0.5, 2);
    }

    private NodeSpec gateway() {
      List<NodeSpec> gateways = nodes.stream().filter(node -> node.hostile().isEmpty()).toList();
      return gateways.get(random.nextInt(gateways.size()));
    }

    private String direction() {
      LinkSpec link = links.get(random.nextInt(links.size()));
      return random.nextBoolean()
          ? link.first() + ">" + link.second()
          : link.second() + ">" + link.first();
    }

    private double share() {
      return random.nextBoolean() ? random.nextInt(101) / 100.0 : random.nextDouble();
    }

    /** Some time below {@code end}, as round as people write it or as odd as it comes. */
    private long nanos(long end) {
      long odd = end <= 1 ? 0 : random.nextLong(end);
      return switch (random.nextInt(3)) {
        case 0 -> odd;
        case 1 -> odd / Times.MILLI * Times.MILLI;
        default -> odd / (60 * Times.SECOND) * (60 * Times.SECOND);
      };
    }

    private <T> List<T> some(Supplier<T> each) {
      List<T> all = new ArrayList<>();
      int count = random.nextInt(5);
      for (int i = 0; i < count; i++) {
        all.add(each.get());
      }
      return all;
    }
  }
}
