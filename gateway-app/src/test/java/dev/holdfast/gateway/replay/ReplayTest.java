package dev.holdfast.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose outcome is known beforehand. */
class ReplayTest {
  private static final Duration HOUR = Duration.ofHours(1);

  /** When applications were handed bundles, in milliseconds since each was made. */
  private static final class Waits extends Watch {
    private final List<Long> millis = new ArrayList<>();

    @Override
    public void fetched(SimNode node, HeldBundle bundle, boolean repeated) {
      millis.add(node.now().wall().since(bundle.id().created().time()));
    }
  }

  private static ScenarioBuilder line(String protocol, Channel channel) {
    return new ScenarioBuilder("line", Duration.ofHours(12))
        .nodes("earth", "relay", "moon")
        .link("earth", "relay", protocol, channel)
        .link("relay", "moon", protocol, channel)
        .contacts("earth", "relay", Duration.ofMinutes(30), HOUR, Duration.ofMinutes(10))
        .contacts("relay", "moon", Duration.ofMinutes(60), HOUR, Duration.ofMinutes(10));
  }

  @Test
  void aBundleTakesAsLongAsThePlanSays() {
    Waits waits = new Waits();
    Scenario scenario =
        line("ideal", Channel.of(1_300, 1_000)).flow("earth", "moon", HOUR, 1_000, 3).build();
    RunResult result = Replay.run(scenario, List.of(waits), Progress.NONE);
    assertThat(result.violation()).isEmpty();
    // Made on the hour, it leaves half an hour later and again on the next hour; the last hop takes
    // a second and a bit for its bytes, and the light.
    assertThat(waits.millis)
        .hasSize(3)
        .allSatisfy(w -> assertThat(w).isBetween(3_602_300L, 3_602_450L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ideal", "tcpcl"})
  void everythingArrivesOverLinksThatConfirm(String protocol) {
    RunResult result =
        Replay.run(
            line(protocol, Channel.of(200, 100_000))
                .flow("earth", "moon", Duration.ofMinutes(1), 5_000, 300)
                .flow("moon", "earth", Duration.ofMinutes(5), 200, 60)
                .build());
    assertThat(result.violation()).isEmpty();
    assertThat(result.totals().delivered()).isEqualTo(360);
    assertThat(result.totals().transfers()).isEqualTo(720);
  }

  @Test
  void overALinkThatConfirmsNothingBundlesStayHeldUntilTheyExpire() {
    RunResult result =
        Replay.run(
            line("mtcp", Channel.of(200, 100_000)).flow("earth", "moon", HOUR, 5_000, 5).build());
    assertThat(result.violation()).isEmpty();
    assertThat(result.totals().delivered()).isEqualTo(5);
    assertThat(result.nodes().getFirst().bundles().getLast()).isEqualTo(5);
  }

  @Test
  void theSameSeedIsTheSameRunAndAnotherIsNot() {
    String first = Replay.run(Region.troubled(1)).hash();
    assertThat(Replay.run(Region.troubled(1)).hash()).isEqualTo(first);
    assertThat(Replay.run(Region.troubled(2)).hash()).isNotEqualTo(first);
  }

  @Test
  void whatGoesWrongIsSeenAndMadeGood() {
    RunResult result =
        Replay.run(
            line("ideal", Channel.of(200, 100_000))
                .flow("earth", "moon", Duration.ofMinutes(1), 5_000, 300)
                .fault(
                    new Fault.OnLink(
                        "earth>relay",
                        Duration.ofHours(2).toNanos(),
                        Duration.ofHours(2).toNanos(),
                        Disturbance.loss(0.3)))
                .fault(
                    new Fault.NodeCrash(
                        "relay",
                        Duration.ofHours(5).toNanos(),
                        new Crash(Crash.Point.AFTER_COMMIT, 0.5, 60_000_000_000L, true)))
                .build());
    assertThat(result.violation()).isEmpty();
    assertThat(result.totals().crashes()).isEqualTo(1);
    assertThat(result.totals().transfersFailed()).isPositive();
    assertThat(result.totals().delivered()).isEqualTo(300);
    assertThat(result.faults()).hasSize(2);
  }

  @Test
  void moreIsRefusedThanADiskHolds() {
    RunResult result =
        Replay.run(
            line("ideal", Channel.of(200, 100_000))
                .flow("earth", "moon", Duration.ofMinutes(1), 5_000, 300)
                .fault(
                    new Fault.DiskFull(
                        "earth", Duration.ofMinutes(30).toNanos(), Duration.ofHours(1).toNanos()))
                .build());
    assertThat(result.violation()).isEmpty();
    assertThat(result.totals().refused()).isBetween(55L, 61L);
    assertThat(result.totals().created() + result.totals().refused()).isEqualTo(300);
  }

  @Test
  void contactsAreListedWithWhatTheyCarried() {
    RunResult result =
        Replay.run(
            line("ideal", Channel.of(200, 1_000)).flow("earth", "moon", HOUR, 1_000, 3).build());
    assertThat(result.contacts())
        .filteredOn(c -> c.link().equals("earth>relay"))
        .hasSize(12)
        .allSatisfy(c -> assertThat(c.capacityBytes()).isEqualTo(600_000))
        .extracting(RunResult.ContactUse::carriedBytes)
        .startsWith(1_076L, 1_076L, 1_076L, 0L);
  }

  @Test
  void expectationsAreJudged() {
    Expectation all =
        new Expectation(
            Expectation.Metric.DELIVERED,
            Optional.of(TrafficClass.NORMAL),
            Optional.empty(),
            true,
            1,
            "delivered normal >= 100%");
    Expectation fast =
        new Expectation(
            Expectation.Metric.LATENCY_MAX,
            Optional.empty(),
            Optional.empty(),
            false,
            60,
            "latency max <= 1m");
    RunResult result =
        Replay.run(
            line("ideal", Channel.of(200, 1_000))
                .flow("earth", "moon", HOUR, 1_000, 3)
                .expect(all)
                .expect(fast)
                .build());
    assertThat(result.verdicts()).extracting(Expectation.Verdict::met).containsExactly(true, false);
    assertThat(result.passed()).isFalse();
  }

  @Test
  void aTraceOpensAndClosesLinks(@TempDir Path work) throws IOException {
    Path trace = work.resolve("links.one");
    Files.writeString(trace, "600 CONN earth relay up\n660 CONN earth relay down\n");
    Waits waits = new Waits();
    Scenario scenario =
        new ScenarioBuilder("trace", HOUR)
            .nodes("earth", "relay")
            .link("earth", "relay", "tcpcl", Channel.of(10, 10_000))
            .trace(trace, Channel.of(10, 10_000))
            .flow("earth", "relay", HOUR, 1_000, 1)
            .build();
    RunResult result = Replay.run(scenario, List.of(waits), Progress.NONE);
    assertThat(result.totals().delivered()).isEqualTo(1);
    assertThat(waits.millis).allSatisfy(w -> assertThat(w).isBetween(600_100L, 602_000L));
  }

  @Test
  void aTraceOfAnotherNetworkIsRefused(@TempDir Path work) throws IOException {
    Path trace = work.resolve("links.one");
    Files.writeString(trace, "600 CONN earth venus up\n");
    Scenario scenario =
        new ScenarioBuilder("trace", HOUR)
            .nodes("earth", "relay")
            .link("earth", "relay", "ideal", Channel.PERFECT)
            .trace(trace, Channel.PERFECT)
            .build();
    assertThatThrownBy(() -> Replay.run(scenario))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("venus")
        .hasMessageContaining("links.one");
  }

  @Test
  void aFailingRunIsMadeSmall() {
    Minimiser minimiser =
        new Minimiser(
            s -> Replay.run(s, List.of(), PlantedBugs.LOSES_FRAGMENTS::in, Progress.NONE),
            () -> false,
            line -> {});
    Scenario large = Region.troubled(1);
    Scenario small = minimiser.minimise(large).orElseThrow();
    assertThat(small.durationNanos()).isLessThan(large.durationNanos() / 4);
    assertThat(small.traffic().stream().filter(f -> f.count() > 0)).hasSizeLessThan(3);
    assertThat(small.nodes().size()).isLessThanOrEqualTo(large.nodes().size());
    assertThat(small.faults().size()).isLessThan(10);
    assertThat(
            Replay.run(small, List.of(), PlantedBugs.LOSES_FRAGMENTS::in, Progress.NONE)
                .violation())
        .isPresent();
  }
}
