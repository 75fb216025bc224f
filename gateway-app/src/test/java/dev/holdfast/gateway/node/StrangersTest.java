package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.opportunistic.EncounterRecord;
import dev.holdfast.gateway.opportunistic.SummaryVector;
import dev.holdfast.gateway.sim.RecordedNode;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.OpportunisticSettings.Method;
import dev.holdfast.gateway.turn.OpportunisticSettings.SpreadLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Neighbours that nobody planned, and that do not keep to what is usual among them. */
class StrangersTest {
  private static final int DESTINATION = 5;

  /** How a stranger may say in whose name it sends on. */
  private enum PreviousNode {
    /** Not at all. */
    MISSING,
    /** In its own, as a relay would. */
    TRUE,
    /** In the name of the bundle's source. */
    FORGED
  }

  private static BundleBuilder bundle(Eid from, Eid to) {
    return BundleBuilder.to(to)
        .from(from)
        .created(new CreationTimestamp(SimWorld.START, 7))
        .lifetime(Net.HOUR);
  }

  /** What a node tells if it is sure to meet the destination. */
  private static BundleBuilder telling(int node) {
    return telling(node, Map.of(NodeId.ipn(DESTINATION), 1.0));
  }

  private static BundleBuilder telling(int node, Map<NodeId, Double> meets) {
    return bundle(NodeId.ipn(node).eid(), NodeId.ipn(1).eid())
        .flags(BundleFlags.NONE.with(BundleFlags.ADMIN_RECORD))
        .block(EncounterRecord.BLOCK_TYPE, BlockFlags.NONE, EncounterRecord.blockData(meets));
  }

  private static Bundle built(BundleBuilder telling) {
    return telling.build(EncounterRecord.payload(new SummaryVector(1)));
  }

  /** Node 1 has met node 2, and it stays. */
  private static ChanceNet prophets() {
    return prophets(SpreadLimits.DEFAULT);
  }

  private static ChanceNet prophets(SpreadLimits limits) {
    ChanceNet net =
        new ChanceNet(2, ChanceNet.settings(ChanceNet.all(Method.PROPHET, 16, false), limits))
            .start();
    net.join(1, 2);
    net.world().run(5_000);
    return net;
  }

  private static List<BundleId> received(RecordedNode stranger) {
    return stranger.received().stream().map(r -> r.bundle().id()).toList();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsToldInTheNameOfAnotherWhoIsThereIsNotBelieved(PreviousNode previous) {
    ChanceNet net = prophets();
    RecordedNode liar = net.stranger(3, 1);
    BundleBuilder forged = telling(2);
    net.play(
        liar,
        built(
            switch (previous) {
              case MISSING -> forged;
              case TRUE -> forged.previousNode(NodeId.ipn(3).eid());
              case FORGED -> forged.previousNode(NodeId.ipn(2).eid());
            }));
    assertThat(net.journal(1, Kind.ENCOUNTER))
        .extracting(JournalEntry::text)
        .contains("not believed: has or had 0 bundles, may deliver to 1 nodes");
    assertThat(net.node(1).look().encounters().predictabilities())
        .doesNotContainKey(NodeId.ipn(DESTINATION));
    net.send(1, DESTINATION, 1_000);
    net.world().run(10_000);
    assertThat(net.held(2)).isZero();
  }

  @Test
  void whatIsToldInItsOwnNameIsBelievedOfIt() {
    ChanceNet net = prophets();
    RecordedNode stranger = net.stranger(3, 1);
    net.play(stranger, built(telling(3)));
    BundleId sent = net.sent(1, DESTINATION, 1_000, Net.HOUR);
    net.world().run(10_000);
    assertThat(received(stranger)).contains(sent);
    assertThat(net.held(2)).as("of nobody else").isZero();
  }

  @Test
  void ofManyNodesThatItTellsOfOnlyTheFirstAreKept() {
    ChanceNet net = prophets(new SpreadLimits(1L << 30, 1L << 30, 4_096, 10, 300_000, 2_000));
    RecordedNode stranger = net.stranger(3, 1);
    Map<NodeId, Double> many = new LinkedHashMap<>();
    for (int node = 100; node < 115; node++) {
      many.put(NodeId.ipn(node), 0.9);
    }
    net.play(stranger, built(telling(3, many)));
    BundleId tenth = net.sent(1, 109, 1_000, Net.HOUR);
    BundleId eleventh = net.sent(1, 110, 1_000, Net.HOUR);
    net.world().run(10_000);
    assertThat(received(stranger)).contains(tenth).doesNotContain(eleventh);
  }

  @Test
  void nothingGoesBackToWhomItCameFromNorToItsSourceThoughTheyTellNothing() {
    ChanceNet net = new ChanceNet(2, ChanceNet.epidemic()).start();
    RecordedNode source = net.stranger(3, 1);
    RecordedNode relay = net.stranger(4, 1);
    Bundle relayed =
        bundle(Net.endpoint(3, 1), Net.endpoint(DESTINATION, 1)).build(Octets.ofHex("00"));
    net.play(relay, relayed);
    BundleId ours = net.sent(1, DESTINATION, 1_000, Net.HOUR);
    net.world().run(10_000);
    assertThat(received(source)).contains(ours).doesNotContain(relayed.id());
    assertThat(received(relay)).contains(ours).doesNotContain(relayed.id());
    net.meet(1, 2);
    assertThat(net.held(2)).as("to others it goes").isEqualTo(2);
  }
}
