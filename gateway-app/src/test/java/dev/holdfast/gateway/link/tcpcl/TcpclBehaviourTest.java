package dev.holdfast.gateway.link.tcpcl;

import static dev.holdfast.gateway.link.tcpcl.Neighbours.dialling;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.door;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.open;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.stream.Site;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What links do when peers, stores and nodes are not at their best. */
final class TcpclBehaviourTest {
  private final Site earth = new Site(1);
  private final Site mars = new Site(2);
  private final TcpclLink toEarth = waiting(mars, earth, true);
  private final TcpclDoor door = door(mars, 0, List.of(toEarth));

  @AfterEach
  void close() throws Exception {
    earth.close();
    mars.close();
  }

  private ScriptedPeer scripted(int keepalive) throws IOException {
    open(toEarth);
    ScriptedPeer peer = new ScriptedPeer(door.port());
    peer.establish("ipn:1.0", keepalive);
    mars.await(LinkEvent.Up.class, 1);
    return peer;
  }

  private TcpclLink up(boolean urgent, long rate) {
    TcpclLink toMars = dialling(earth, mars, door.port(), urgent);
    open(toEarth);
    toMars.open(new Link.OpenOrder(rate));
    earth.await(LinkEvent.Up.class, 1);
    earth.awaitThat(_ -> toMars.sessionCount() == (urgent ? 2 : 1));
    mars.await(LinkEvent.Up.class, 1);
    return toMars;
  }

  private static long sequence(LinkEvent.Arrived arrived) {
    return arrived.head().primary().created().sequence();
  }

  @Test
  void aSilentPeerIsGivenUpAfterTwiceTheInterval() throws IOException {
    try (ScriptedPeer peer = scripted(1)) {
      long from = mars.services.nowMillis();
      Site.send(toEarth, 1, 10);

      LinkEvent.Down down = mars.await(LinkEvent.Down.class, 1).getFirst();

      assertThat(mars.services.nowMillis() - from).isBetween(1_500L, 4_000L);
      assertThat(down.reason()).isEqualTo("nothing was heard from the peer");
      assertThat(mars.all(LinkEvent.Failed.class)).hasSize(1);
      assertThat(peer.next()).as("the bundle came first").isEqualTo(1);
    }
  }

  @Test
  void keepalivesLeaveWhileTheNodeIsBusyAndNobodyIsGivenUp() throws IOException {
    mars.appetite.drainPermits();
    try (ScriptedPeer peer = scripted(1)) {
      peer.send(0, Site.bundle(1, 10).encoded());
      peer.send(1, Site.bundle(2, 10).encoded());
      for (int i = 0; i < 6; i++) {
        assertThat(peer.next()).as("a keepalive each half second").isEqualTo(4);
      }
      assertThat(mars.all(LinkEvent.Arrived.class)).isEmpty();
      assertThat(mars.all(LinkEvent.Down.class)).isEmpty();

      mars.appetite.release(2);
      List<LinkEvent.Arrived> arrived = mars.await(LinkEvent.Arrived.class, 2);
      arrived.forEach(a -> toEarth.accept(List.of(a.inbound())));

      assertThat(peer.nextMessage()).isEqualTo(2);
    }
  }

  @Test
  void whatIsNoBundleIsRefusedAndTold() throws IOException {
    try (ScriptedPeer peer = scripted(10)) {
      peer.send(0, Octets.ofHex("9f00ff"));
      peer.send(1, Site.bundle(2, 500).encoded().slice(0, 400));
      Octets altered = altered(Site.bundle(3, 500).encoded());
      peer.send(2, altered);
      peer.send(3, Octets.concat(List.of(Site.bundle(4, 5).encoded(), Octets.ofHex("00"))));
      for (long id = 0; id < 4; id++) {
        assertThat(peer.nextMessage()).isEqualTo(3);
        assertThat(peer.next()).as("not acceptable").isEqualTo(4);
        assertThat(peer.nextLong()).isEqualTo(id);
      }
      List<LinkEvent.Malformed> malformed = mars.await(LinkEvent.Malformed.class, 4);

      assertThat(malformed.get(1).fault().reason()).contains("the input ends");
      assertThat(malformed.get(3).fault().reason()).contains("bytes follow the end");
      assertThat(mars.all(LinkEvent.Arrived.class)).isEmpty();

      peer.send(4, Site.bundle(5, 500).encoded());
      mars.await(LinkEvent.Arrived.class, 1);
    }
  }

  @Test
  void whoBreaksARuleIsTold() throws IOException {
    try (ScriptedPeer peer = scripted(10)) {
      peer.write(new byte[] {(byte) 0xEE});
      LinkEvent.Violated violated = mars.await(LinkEvent.Violated.class, 1).getFirst();

      assertThat(violated.link()).isEqualTo(toEarth.id());
      assertThat(violated.fault().section()).isEqualTo("RFC 9174 §5.1.2");
    }
  }

  private static Octets altered(Octets octets) {
    byte[] bytes = octets.toByteArray();
    bytes[300] ^= 1;
    return Octets.wrap(bytes);
  }

  @Test
  void aFullStoreRefusesWhatIsTooLargeForMemory() {
    TcpclLink toMars = up(false, 0);
    mars.store.fault(MemoryBundleStore.Fault.FULL);
    Site.send(toMars, 1, 500_000);

    assertThat(earth.await(LinkEvent.Failed.class, 1).getFirst().cause())
        .isEqualTo(LinkEvent.Cause.NO_RESOURCES);

    mars.store.fault(MemoryBundleStore.Fault.NONE);
    Site.send(toMars, 2, 500_000);
    mars.await(LinkEvent.Arrived.class, 1);
  }

  @Test
  void aTransferThatBreaksOffLeavesNothingBehind() throws IOException {
    try (ScriptedPeer peer = scripted(10)) {
      Octets bundle = Site.bundle(1, 1_000_000).encoded();
      peer.begin(0, bundle.size(), 3);
      peer.write(bundle.slice(0, 700_000).toByteArray());
    }
    mars.await(LinkEvent.Down.class, 1);
    Site.send(up(false, 0), 2, 500_000);
    mars.await(LinkEvent.Arrived.class, 1);

    assertThat(mars.store.untiedPayloads()).as("the one that came whole").isEqualTo(1);
  }

  @Test
  void theContactsRateIsKept() {
    long rate = 400_000;
    TcpclLink toMars = up(false, rate);
    long from = earth.services.nowMillis();
    Site.send(toMars, 1, 300_000);
    Site.send(toMars, 2, 300_000);
    Site.send(toMars, 3, 200_000);
    mars.await(LinkEvent.Arrived.class, 3);
    long millis = earth.services.nowMillis() - from;

    assertThat(millis).as("800 kB at 400 kB/s").isBetween(1_900L, 2_400L);
  }

  @Test
  void anUrgentBundleDoesNotWaitBehindALargeOne() {
    TcpclLink toMars = up(true, 1_000_000);
    Site.send(toMars, 1, 4_000_000);
    for (int i = 0; i < 5; i++) {
      long from = earth.services.nowMillis();
      toMars.send(Site.outbound(100 + i, 1000, TrafficClass.URGENT));
      int count = i + 1;
      mars.awaitThat(
          site ->
              site.all(LinkEvent.Arrived.class).stream().filter(a -> sequence(a) >= 100).count()
                  == count);
      assertThat(earth.services.nowMillis() - from)
          .as("a few tens of ms, not four seconds")
          .isLessThan(500);
    }
    assertThat(mars.all(LinkEvent.Arrived.class)).noneMatch(a -> sequence(a) == 1);
    mars.await(LinkEvent.Arrived.class, 6);
  }

  @Test
  void twoLargeSendersAndAnAckThatIsNotHeldUp() {
    TcpclLink toMars = up(false, 0);
    for (int i = 0; i < 4; i++) {
      toMars.send(Site.streamed(i, 8_000_000));
      toEarth.send(Site.streamed(10 + i, 8_000_000));
    }
    Site.send(toMars, 20, 100);

    earth.await(LinkEvent.Arrived.class, 4).forEach(a -> toMars.accept(List.of(a.inbound())));
    mars.await(LinkEvent.Arrived.class, 5).forEach(a -> toEarth.accept(List.of(a.inbound())));
    earth.await(LinkEvent.Confirmed.class, 5);
    mars.await(LinkEvent.Confirmed.class, 4);
    assertThat(earth.all(LinkEvent.Failed.class)).isEmpty();
    assertThat(mars.all(LinkEvent.Failed.class)).isEmpty();
  }
}
