package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.memory.MemoryBundleStore.Fault;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.RequestId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While a disk is full, turns that need the store wait for it, and those that need none go on. */
class FullDiskTest {
  private static final Eid APP1 = Net.endpoint(1, 5);
  private static final Eid APP2 = Net.endpoint(2, 5);

  private final Net net =
      Net.planned(1).contact(1, 2, 100, 900, 1_000_000, 0).line(2, 0, 1_000_000).start();

  /** What they sweep away now and then is a change that would wait, and all else of its turn. */
  @BeforeEach
  void bothHaveSweptShortlyBeforeTheContact() {
    runTo(95_000);
    net.node(1).look();
    net.node(2).look();
  }

  /** Lets time pass, but not for a node that goes round in one instant. */
  private void runTo(long millis) {
    long most = net.world().events() + 10_000;
    while (net.world().step(millis * 1_000_000)) {
      assertThat(net.world().events()).as("events until %d ms", millis).isLessThan(most);
    }
  }

  /** What a turn before it is still writing cannot be read, and so not be sent. */
  @Test
  void aBundleThatIsNotWrittenIsNotSentAlthoughItsContactOpens() {
    net.node(1).disk(Fault.FULL);
    RequestId held = net.node(1).ask(Net.submit(APP1, APP2, 100, TrafficClass.NORMAL));
    runTo(110_000);
    assertThat(net.node(1).answer(held)).isEmpty();
    assertThat(net.journal(1).stream().map(e -> e.kind()))
        .contains(Kind.CONTACT_STARTED)
        .doesNotContain(Kind.SENDING, Kind.TRANSFER_FAILED);

    net.node(1).disk(Fault.NONE);
    runTo(120_000);
    assertThat(net.node(1).answer(held)).containsInstanceOf(Answer.Submitted.class);
    assertThat(net.node(1).look().counters())
        .containsEntry(Counter.TRANSFERS_STARTED, 1L)
        .containsEntry(Counter.TRANSFERS_FAILED, 0L);
    assertThat(net.drain(2, APP2)).hasSize(1);
  }

  @Test
  void theNeighbourIsRefusedAtOnceAndSoAreApplicationsWhileABundleWaits() {
    net.node(2).disk(Fault.FULL);
    RequestId held = net.node(2).ask(Net.submit(APP2, APP2, 100, TrafficClass.NORMAL));
    net.node(1).ask(Net.submit(APP1, APP2, 100, TrafficClass.NORMAL));
    runTo(101_000);
    assertThat(net.journal(1).stream().map(e -> e.kind())).contains(Kind.TRANSFER_FAILED);
    RequestId refused = net.node(2).ask(Net.submit(APP2, APP2, 100, TrafficClass.NORMAL));
    assertThat(net.node(2).answer(refused)).containsInstanceOf(Answer.Refused.class);
    assertThat(net.node(2).look().accepting()).isFalse();
    assertThat(net.node(2).answer(held)).isEmpty();

    net.node(2).disk(Fault.NONE);
    runTo(120_000);
    assertThat(net.node(2).look().accepting()).isTrue();
    assertThat(net.drain(2, APP2)).hasSize(2);
  }

  /** The parts of a large bundle are here, but there is no room beside them for the whole. */
  @Test
  void aLargeBundleIsPutTogetherOnceThereIsRoom() {
    Net parts =
        Net.planned(1)
            .contact(1, 2, 100, 200, 3_000, 0)
            .contact(1, 2, 300, 400, 3_000, 0)
            .line(2, 0, 3_000)
            .start();
    SimNode receiver = parts.node(2);
    parts
        .world()
        .watch(
            new Watch() {
              @Override
              public void committed(SimNode node, List<StoreChange> changes) {
                if (node == receiver && node.store().stats().bundles() == 2) {
                  node.disk(Fault.FULL);
                }
              }
            });
    parts.node(1).ask(Net.submit(APP1, APP2, 400_000, TrafficClass.NORMAL));
    parts.world().run(450_000);
    assertThat(receiver.look().counters()).containsEntry(Counter.REASSEMBLED, 0L);

    receiver.disk(Fault.NONE);
    parts.world().run(10_000);
    assertThat(receiver.look().counters()).containsEntry(Counter.REASSEMBLED, 1L);
    assertThat(parts.drain(2, APP2)).hasSize(1);
  }
}
