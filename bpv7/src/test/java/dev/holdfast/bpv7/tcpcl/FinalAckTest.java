package dev.holdfast.bpv7.tcpcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Write, then speak: no final acknowledgement before the bundle is durable. */
final class FinalAckTest {
  private final AckOrder order = new AckOrder();
  private final PeerBytes peer = new PeerBytes(false);
  private final TcpclParameters own =
      TcpclParameters.of(TcpclParameters.Role.PASSIVE, NodeId.ipn(1));
  private final TcpclSession session = new TcpclSession(own);
  private long now;

  private List<TcpclOutput> on(TcpclInput input) {
    List<TcpclOutput> outputs = session.on(now, input);
    order.wrote(outputs);
    return outputs;
  }

  private List<TcpclOutput> says(String message) {
    return on(new TcpclInput.Received(peer.encode(message)));
  }

  private void establish() {
    on(new TcpclInput.Connected());
    says("contact-header");
    says("sess-init keepalive=30");
    on(new TcpclInput.Admit(own));
  }

  /** One bundle in one to three segments. */
  private List<TcpclOutput> bundle(long id, RandomGenerator random) {
    int segments = 1 + random.nextInt(3);
    order.sent(id, segments * 100L);
    List<TcpclOutput> outputs = new ArrayList<>();
    for (int i = 0; i < segments; i++) {
      String start = i == 0 ? " start" : "";
      String end = i == segments - 1 ? " end" : "";
      outputs.addAll(says("segment id=" + id + start + end + " size=100"));
    }
    return outputs;
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Test
  void withoutACommitNoFinalAckEverLeaves() {
    RandomGenerator random = random(11);
    establish();
    for (int id = 0; id < 200; id++) {
      bundle(id, random);
      now += 1000;
      says("keepalive");
      on(new TcpclInput.Tick());
      on(new TcpclInput.Written(0));
      if (id % 50 == 20) {
        on(new TcpclInput.Send(id, 10, List.of(Octets.wrap(new byte[10]))));
      }
    }
    says("sess-term reason=0");
    for (int i = 0; i < 100; i++) {
      now += 1000;
      on(new TcpclInput.Tick());
    }

    assertThat(order.finalAcks()).isZero();
    assertThat(order.broken()).isEmpty();
  }

  @Test
  void everyCommitIsFollowedByItsAckAtOnceInAnyOrder() {
    RandomGenerator random = random(12);
    establish();
    Deque<Long> ended = new ArrayDeque<>();
    for (long id = 0; id < 500; id++) {
      bundle(id, random);
      if (random.nextBoolean()) {
        ended.addFirst(id);
      } else {
        ended.addLast(id);
      }
      if (random.nextInt(3) > 0) {
        commit(ended.remove());
      }
    }
    while (!ended.isEmpty()) {
      commit(ended.remove());
    }

    assertThat(order.finalAcks()).isEqualTo(500);
    assertThat(order.broken()).isEmpty();
  }

  private void commit(long id) {
    int before = order.finalAcks();
    order.durable(id);
    on(new TcpclInput.Accepted(new TransferId(id)));
    assertThat(order.finalAcks()).isEqualTo(before + 1);
  }

  /** Goal: the watch above notices. Planted: a node that accepts first and commits afterwards. */
  @Test
  void anAckBeforeTheCommitIsNoticed() {
    RandomGenerator random = random(13);
    establish();
    for (long id = 0; id < 3; id++) {
      for (TcpclOutput output : bundle(id, random)) {
        if (output instanceof TcpclOutput.TransferEnded(var ended, long _)) {
          on(new TcpclInput.Accepted(ended));
          order.durable(ended.number());
        }
      }
    }

    assertThat(order.broken()).hasSize(3).first().asString().contains("transfer 0 left before");
  }
}
