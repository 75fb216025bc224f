package dev.holdfast.gateway.link.mtcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.mtcp.MtcpFraming;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.stream.Dialer;
import dev.holdfast.gateway.link.stream.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MtcpLinkTest {
  private static final LinkId DOOR = new LinkId("mtcp");

  private final Site earth = new Site(1);
  private final Site mars = new Site(2);

  @AfterEach
  void close() throws Exception {
    earth.close();
    mars.close();
  }

  private MtcpDoor door(int port) throws IOException {
    MtcpDoor.Settings settings =
        new MtcpDoor.Settings(DOOR, "127.0.0.1", port, 4, 1L << 30, ReadOptions.STRICT);
    MtcpDoor door = mars.keep(MtcpDoor.bind(settings, mars.services));
    door.start();
    return door;
  }

  private MtcpLink link(int port) {
    MtcpLinkSettings settings =
        new MtcpLinkSettings(new LinkId("to-mars"), new Dialer("127.0.0.1", port, 2000), 20, 200);
    return earth.keep(new MtcpLink(settings, earth.services));
  }

  private MtcpLink up(int port) {
    MtcpLink link = link(port);
    link.open(new Link.OpenOrder(0));
    earth.await(LinkEvent.Up.class, 1);
    return link;
  }

  @Test
  void bundlesOfManySizesArriveAndAreSaidToHaveLeft() throws IOException {
    MtcpLink link = up(door(0).port());
    List<Integer> sizes = List.of(1, 100, 1000, 65_000, 101_000, 1 << 20);
    for (int i = 0; i < 60; i++) {
      Site.send(link, i, sizes.get(i % sizes.size()));
    }
    link.send(Site.streamed(60, 3_000_000));
    List<LinkEvent.Arrived> arrived = mars.await(LinkEvent.Arrived.class, 61);
    earth.await(LinkEvent.Sent.class, 61);

    assertThat(link.confirmation()).isEqualTo(Link.Confirmation.NONE);
    for (LinkEvent.Arrived each : arrived) {
      long number = each.head().primary().created().sequence();
      int size = number == 60 ? 3_000_000 : sizes.get((int) number % sizes.size());
      assertThat(mars.payload(each)).isEqualTo(Site.content(number, 0, size));
      assertThat(each.payload() instanceof Payload.Spooled).isEqualTo(size > Site.SPOOL_THRESHOLD);
      assertThat(each.link()).isEqualTo(DOOR);
    }
    assertThat(earth.all(LinkEvent.Failed.class)).isEmpty();
  }

  @Test
  void theEndOfAContactLetsWhatIsQueuedGo() throws IOException {
    MtcpLink link = up(door(0).port());
    for (int i = 0; i < 20; i++) {
      Site.send(link, i, 200_000);
    }
    link.close(new Link.CloseOrder(10_000, "the contact ends"));
    Site.send(link, 100, 10);
    earth.await(LinkEvent.Down.class, 1);

    mars.await(LinkEvent.Arrived.class, 20);
    assertThat(earth.all(LinkEvent.Sent.class)).hasSize(20);
    assertThat(earth.all(LinkEvent.Failed.class))
        .extracting(failed -> failed.token().number())
        .containsExactly(100L);
  }

  @Test
  void aNeighbourThatGoesIsDialledAgain() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      MtcpLink link = link(server.getLocalPort());
      link.open(new Link.OpenOrder(0));
      try (Socket first = server.accept()) {
        earth.await(LinkEvent.Up.class, 1);
        assertThat(first.isConnected()).isTrue();
      }
      assertThat(earth.await(LinkEvent.Down.class, 1).getFirst().reason())
          .isEqualTo("the neighbour closed the connection");
      try (Socket second = server.accept()) {
        earth.await(LinkEvent.Up.class, 2);
        Site.send(link, 2, 10);
        earth.await(LinkEvent.Sent.class, 1);
        Octets bundle = Site.bundle(2, 10).encoded();
        assertThat(second.getInputStream().read()).isEqualTo(0x58);
        assertThat(second.getInputStream().read()).isEqualTo(bundle.size());
        assertThat(Octets.wrap(second.getInputStream().readNBytes(bundle.size())))
            .isEqualTo(bundle);
      }
    }
  }

  @Test
  void whatCannotBeReadFailsAndTheConnectionWithIt() throws IOException {
    MtcpLink link = up(door(0).port());
    Outbound bundle = Site.streamed(4, 10);
    link.send(
        new Outbound(
            bundle.token(),
            bundle.head(),
            new Outbound.Source.Streamed((position, length) -> Optional.empty()),
            Optional.empty(),
            bundle.trafficClass()));

    assertThat(earth.await(LinkEvent.Failed.class, 1).getFirst().cause())
        .isEqualTo(LinkEvent.Cause.UNREADABLE);
    earth.await(LinkEvent.Up.class, 2);
    Site.send(link, 5, 10);
    mars.await(LinkEvent.Arrived.class, 1);
  }

  @Test
  void nobodyAtTheAddress() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    MtcpLink link = link(port);
    link.open(new Link.OpenOrder(0));
    earth.await(LinkEvent.Unreached.class, 2);
    MtcpDoor _ = door(port);

    earth.await(LinkEvent.Up.class, 1);
  }

  @Test
  void whatIsNoBundleIsPassedOverAndWhatIsNoMtcpEndsTheConnection() throws IOException {
    MtcpDoor door = door(0);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      socket.setSoTimeout(10_000);
      Octets good = Site.bundle(1, 1).encoded();
      Octets head = MtcpFraming.head(good.size());
      Octets stream =
          Octets.concat(List.of(Octets.ofHex("40" + "439f00ff"), head, good, Octets.ofHex("9f")));
      socket.getOutputStream().write(stream.toByteArray());

      mars.await(LinkEvent.Arrived.class, 1);
      assertThat(mars.await(LinkEvent.Malformed.class, 2)).hasSize(2);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }
}
