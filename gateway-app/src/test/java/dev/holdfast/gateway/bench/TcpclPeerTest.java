package dev.holdfast.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The load without a gateway: sender and sink face to face. */
final class TcpclPeerTest {
  private final GatewayClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 600_000));
  private final Bundles bundles = new Bundles(clock, IpnEid.of(2, 42), IpnEid.of(3, 42), false);

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 65_536, 1_500_000})
  void everyBundleArrivesAndIsAcknowledged(int size) throws Exception {
    Octets payload = Bundles.noise(size);
    int count = 20;
    var given = new AtomicInteger();

    try (var sink = new Sink(clock);
        Face face =
            new Face(
                sink.port(),
                () ->
                    given.getAndIncrement() < count
                        ? Optional.of(bundles.with(payload))
                        : Optional.empty(),
                count)) {
      assertThat(face.acked.get(20, TimeUnit.SECONDS)).isEqualTo(count);
      assertThat(sink.awaitArrivals(count, 20)).isPositive();
    }
  }

  @Test
  void aPayloadThatIsNotInMemoryArrivesWhole() throws Exception {
    Cargo.Repeated cargo = bundles.ofLength((3 << 20) + 17);
    var given = new AtomicInteger();

    try (var sink = new Sink(clock);
        Face face =
            new Face(
                sink.port(),
                () -> given.getAndIncrement() < 1 ? Optional.of(cargo) : Optional.empty(),
                1)) {
      assertThat(face.acked.get(20, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(sink.lastDigest()).isEqualTo(LargeSuite.digest(cargo));
    }
  }

  @Test
  void loopbackAloneAnswersEveryMessage() {
    var floor = new LoopbackFloor(clock);

    assertThat(floor.rate(1_000, 2_000)).isPositive();
    assertThat(floor.roundTrips(160, 50).size()).isEqualTo(50);
  }

  /** One connection to a sink. */
  private final class Face implements AutoCloseable {
    final CompletableFuture<Integer> acked = new CompletableFuture<>();
    private final TcpclPeer peer;
    private int settled;

    Face(int port, java.util.function.Supplier<Optional<Cargo>> source, int count)
        throws IOException {
      peer =
          new TcpclPeer(
              clock,
              SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
              TcpclParameters.Role.ACTIVE,
              NodeId.ipn(2),
              source,
              event -> on(event, count));
      peer.window(4);
      peer.start();
    }

    private void on(PeerEvent event, int count) {
      if (event instanceof PeerEvent.Acked && ++settled == count) {
        acked.complete(settled);
      }
      if (event instanceof PeerEvent.Failed(long token, String why)) {
        acked.completeExceptionally(new AssertionError(token + ": " + why));
      }
      if (event instanceof PeerEvent.Down(String why)) {
        acked.completeExceptionally(new AssertionError(why));
      }
    }

    @Override
    public void close() {
      peer.close();
    }
  }
}
