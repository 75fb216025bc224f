package dev.holdfast.gateway.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Flow;
import dev.holdfast.custody.AgeMark;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.schedule.TrafficWindow.Rate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficWindowTest {
  private static final DtnTime START = new DtnTime(1_000_000);

  private final TrafficWindow window = new TrafficWindow(120_000, 0);

  private static Eid node(long number) {
    return IpnEid.of(number, 0);
  }

  private void came(long bootMillis, long to, TrafficClass trafficClass, long bytes) {
    DtnTime now = START.plus(bootMillis);
    window.came(
        new HeldBundle(
            new HeldKey(1),
            new BundleId(node(9), new CreationTimestamp(now, 0), Optional.empty()),
            new QueueKey(QueueKey.Wait.FORWARD, node(to)),
            IpnEid.of(to, 1),
            new HeldBundle.Service(trafficClass, 0, false, false, true, false, false),
            now.plus(60_000),
            60_000,
            new AgeMark(0, 1, bootMillis, now, true),
            new HeldBundle.Sizes(0, bytes, 0),
            Optional.empty(),
            HeldBundle.Progress.NONE));
  }

  @Test
  void countsByNodeAndClassWhileTheWindowLasts() {
    came(0, 2, TrafficClass.BULK, 100);
    came(30_000, 2, TrafficClass.BULK, 300);
    came(30_000, 3, TrafficClass.URGENT, 1_000);
    assertThat(window.rates(60_000))
        .containsExactly(
            new Rate(
                Optional.of(node(3)), false, TrafficClass.URGENT, 1, 1_000, 60_000, true, 60_000),
            new Rate(Optional.of(node(2)), false, TrafficClass.BULK, 2, 400, 60_000, true, 60_000));
    assertThat(window.rates(125_000))
        .as("the first is out of the window")
        .extracting(Rate::bytes)
        .containsExactly(1_000L, 300L);
    assertThat(window.isQuiet(149_999)).isFalse();
    assertThat(window.isQuiet(150_000)).isTrue();
    assertThat(window.rates(150_000)).isEmpty();
  }

  @Test
  void aShortPastCountsAsOneSlot() {
    came(0, 2, TrafficClass.NORMAL, 100);
    assertThat(window.rates(1)).extracting(Rate::overMillis).containsExactly(10_000L);
  }

  @Test
  void keepsTheHeaviestFlowsAndSumsUpTheRest() {
    for (int n = 1; n <= 3_000; n++) {
      came(0, n, TrafficClass.NORMAL, 1_000);
      came(0, 5_000, TrafficClass.NORMAL, 1_000);
    }
    List<Rate> rates = window.rates(1_000);
    assertThat(rates).hasSize(TrafficWindow.MOST_FLOWS + 1);
    assertThat(rates.getFirst().to()).contains(node(5_000));
    assertThat(rates.getFirst().bytes()).isEqualTo(3_000_000);
    assertThat(rates.getLast().to()).isEmpty();
    assertThat(rates.stream().mapToLong(Rate::bytes).sum()).isEqualTo(6_000_000);
    assertThat(rates.stream().mapToLong(Rate::bundles).sum()).isEqualTo(6_000);
  }

  @Test
  void goesOnAsEvenly() {
    came(0, 2, TrafficClass.BULK, 100);
    came(5_000, 2, TrafficClass.BULK, 300);
    NodeNumber self = NodeNumber.of(1);
    NodeNumber two = NodeNumber.of(2);
    Rate rate = window.rates(20_000).getFirst();
    List<Flow> flows =
        new ContinuedTraffic(self, START, START.plus(200_000), 16_384)
            .flows(List.of(new ContinuedTraffic.Way(rate, two)), List.of());
    assertThat(flows)
        .containsExactly(
            new Flow(
                self,
                two,
                START.plus(10_000),
                10_000,
                20,
                200,
                TrafficClass.BULK,
                60_000,
                1,
                true));
    Rate much =
        new Rate(
            Optional.of(node(2)), false, TrafficClass.BULK, 50_000, 5_000_000, 60_000, true, 1_000);
    Rate rest =
        new Rate(Optional.empty(), false, TrafficClass.BULK, 50_000, 5_000_000, 1, true, 1_000);
    Flow batches =
        new ContinuedTraffic(self, START, START.plus(200_000), 16_384)
            .flows(List.of(new ContinuedTraffic.Way(much, two)), List.of(rest))
            .getFirst();
    assertThat(batches.count()).isLessThanOrEqualTo(16_384);
    assertThat((double) batches.count() * batches.batch())
        .as("the rest goes there too")
        .isBetween(19.9e6, 20.1e6);
    assertThat(ContinuedTraffic.stepsFor(0)).isEqualTo(16_384);
    assertThat(ContinuedTraffic.stepsFor(32_768)).isEqualTo(4_096);
    assertThat(ContinuedTraffic.stepsFor(1_000_000)).isEqualTo(2_048);
  }
}
