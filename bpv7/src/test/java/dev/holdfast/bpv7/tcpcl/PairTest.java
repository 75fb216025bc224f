package dev.holdfast.bpv7.tcpcl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Pace;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Role;
import dev.holdfast.bpv7.wire.Octets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two sessions, one connection with small buffers between them, any order of events. */
final class PairTest {
  private static final int SEEDS = 300;

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static TcpclParameters parameters(
      Role role, int segment, int window, Set<Leniency> leniencies) {
    TcpclParameters d = TcpclParameters.of(role, NodeId.ipn(role == Role.ACTIVE ? 1 : 2));
    return new TcpclParameters(
        role,
        d.nodeId(),
        Optional.empty(),
        30,
        TlsPolicy.NEVER,
        List.of(),
        leniencies,
        new Pace(segment, window),
        d.contactMillis(),
        d.drainMillis(),
        0,
        d.limits());
  }

  @Test
  void everythingArrivesOnceHoweverTheBytesAreCut() {
    for (long seed = 0; seed < SEEDS; seed++) {
      RandomGenerator random = random(seed);
      Set<Leniency> leniencies =
          random.nextBoolean()
              ? EnumSet.noneOf(Leniency.class)
              : EnumSet.of(Leniency.LENGTH_IN_EVERY_SEGMENT);
      int segment = 1 + random.nextInt(3000);
      int window = 1 + random.nextInt(6000);
      Side a = new Side(parameters(Role.ACTIVE, segment, window, leniencies));
      Side b = new Side(parameters(Role.PASSIVE, 1 + random.nextInt(3000), window, leniencies));
      run(a, b, random, 12);

      assertThat(a.settled.values()).as("seed %s", seed).hasSize(12).allMatch(PairTest::acked);
      assertThat(b.settled.values()).as("seed %s", seed).hasSize(12).allMatch(PairTest::acked);
      assertThat(a.arrived.values()).as("seed %s", seed).hasSize(12).allMatch(n -> n == 1);
      assertThat(b.arrived.values()).as("seed %s", seed).hasSize(12).allMatch(n -> n == 1);
      assertThat(a.broken).as("seed %s", seed).isEmpty();
      assertThat(b.broken).as("seed %s", seed).isEmpty();
      assertThat(a.closed).as("seed %s", seed).isPresent();
      assertThat(b.closed).as("seed %s", seed).isPresent();
    }
  }

  private static boolean acked(TcpclOutput how) {
    return how instanceof TcpclOutput.TransferAcked;
  }

  private static void run(Side a, Side b, RandomGenerator random, int bundles) {
    long now = 0;
    a.on(now, new TcpclInput.Connected());
    b.on(now, new TcpclInput.Connected());
    int sent = 0;
    boolean ended = false;
    while (a.closed.isEmpty() || b.closed.isEmpty()) {
      now += random.nextInt(3);
      assertThat(now).as("it comes to an end").isLessThan(5_000_000);
      Side side = random.nextBoolean() ? a : b;
      Side other = side == a ? b : a;
      switch (random.nextInt(6)) {
        case 0 -> side.write(now, 1 + random.nextInt(2000), 1500);
        case 1 -> side.read(now, other, 1 + random.nextInt(random.nextBoolean() ? 30 : 2000));
        case 2 -> side.answer(now, random);
        case 3 -> {
          side.decide(now);
          assertThat(other.finalAcks)
              .as("no final ack before the verdict")
              .isLessThanOrEqualTo(side.accepted);
        }
        case 4 -> side.on(now, new TcpclInput.Tick());
        default -> {
          if (sent < bundles) {
            send(a, now, sent, random);
            send(b, now, sent++, random);
          } else if (!ended && a.settled.size() == bundles && b.settled.size() == bundles) {
            ended = true;
            side.on(now, new TcpclInput.Terminate(SessTermReason.UNKNOWN, 1_000_000));
          }
        }
      }
    }
  }

  private static void send(Side side, long now, long token, RandomGenerator random) {
    int length = 8 + random.nextInt(random.nextBoolean() ? 60 : 20_000);
    int first = random.nextBoolean() ? length : random.nextInt(length);
    List<Octets> parts = first == 0 ? List.of() : List.of(Side.bundle(token, 0, first));
    side.on(now, new TcpclInput.Send(token, length, parts));
  }

  /**
   * Goal: reads never wait on writes. Method: both sides have 2 MB to send and buffers of 4 KiB
   * between them; each acts only when it must, and one of them (a peer that is not ours) does not
   * read while it has something to write. There must always be something that can be done.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoLargeSendersDoNotBlockEachOther(boolean peerReadsOnlyWhenItHasWritten) {
    int length = 2_000_000;
    int capacity = 4096;
    Side a = new Side(parameters(Role.ACTIVE, 65_536, 131_072, EnumSet.noneOf(Leniency.class)));
    Side b = new Side(parameters(Role.PASSIVE, 65_536, 131_072, EnumSet.noneOf(Leniency.class)));
    RandomGenerator random = random(1);
    a.on(0, new TcpclInput.Connected());
    b.on(0, new TcpclInput.Connected());
    a.on(0, new TcpclInput.Send(1, length, List.of()));
    b.on(0, new TcpclInput.Send(2, length, List.of()));
    for (int turn = 0; a.settled.isEmpty() || b.settled.isEmpty(); turn++) {
      assertThat(turn).as("it does not stand still").isLessThan(10_000);
      for (Side side : List.of(a, b)) {
        side.answer(0, random);
        side.write(0, Integer.MAX_VALUE, capacity);
        if (side == a || !peerReadsOnlyWhenItHasWritten || side.unwritten.isEmpty()) {
          side.read(0, side == a ? b : a, Integer.MAX_VALUE);
        }
        side.decide(0);
      }
    }

    assertThat(a.settled.get(1L)).isEqualTo(new TcpclOutput.TransferAcked(1, length, true));
    assertThat(b.settled.get(2L)).isEqualTo(new TcpclOutput.TransferAcked(2, length, true));
    int windowAndSegment = 131_072 + 65_536;
    assertThat(a.mostUnwritten)
        .as("memory is bounded by the window")
        .isLessThan(windowAndSegment + 4096);
  }

  /** Goal: bytes of a bundle are not copied on their way through, either way. */
  @Test
  void dataPassesThroughByReference() {
    TcpclSession session =
        new TcpclSession(parameters(Role.ACTIVE, 4096, 65_536, EnumSet.noneOf(Leniency.class)));
    List<TcpclOutput> written = session.on(0, new TcpclInput.Connected());
    assertThat(written).hasSize(1);
    PeerBytes peer = new PeerBytes(false);
    session.on(0, new TcpclInput.Received(peer.encode("contact-header")));
    session.on(0, new TcpclInput.Received(peer.encode("sess-init")));
    Octets bundle = Side.bundle(3, 0, 1000);

    List<TcpclOutput> sent = session.on(0, new TcpclInput.Send(3, 1000, List.of(bundle)));

    TcpclOutput.Write write = (TcpclOutput.Write) sent.getFirst();
    assertThat(write.parts()).hasSize(2);
    assertThat(write.parts().getLast()).isSameAs(bundle);
  }

  /** Goal: what one turn says goes out in one piece. */
  @Test
  void theAcknowledgementsOfOneTurnAreOneWrite() {
    TcpclParameters own = parameters(Role.PASSIVE, 4096, 65_536, EnumSet.noneOf(Leniency.class));
    TcpclSession session = new TcpclSession(own);
    PeerBytes peer = new PeerBytes(false);
    session.on(0, new TcpclInput.Connected());
    session.on(0, new TcpclInput.Received(peer.encode("contact-header")));
    session.on(0, new TcpclInput.Received(peer.encode("sess-init")));
    session.on(0, new TcpclInput.Admit(own));
    for (int i = 0; i < 50; i++) {
      session.on(0, new TcpclInput.Received(peer.encode("segment start end size=9 id=" + i)));
    }
    List<TcpclInput> verdicts =
        LongStream.range(0, 50)
            .<TcpclInput>mapToObj(i -> new TcpclInput.Accepted(new TransferId(i)))
            .toList();

    List<TcpclOutput> outputs = session.on(0, verdicts);

    assertThat(outputs).hasSize(1);
    assertThat(((TcpclOutput.Write) outputs.getFirst()).size()).isEqualTo(50 * 18);
    assertThat(((TcpclOutput.Write) outputs.getFirst()).parts()).hasSize(1);
  }
}
