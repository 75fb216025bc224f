package dev.holdfast.gateway.link.tcpcl;

import static dev.holdfast.gateway.link.tcpcl.Neighbours.dialling;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.door;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.open;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.stream.Site;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who reaches whom, and who is let in. */
final class TcpclReachTest {
  private final Site earth = new Site(1);
  private final Site mars = new Site(2);

  @AfterEach
  void close() throws Exception {
    earth.close();
    mars.close();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /**
   * What is handed to a session that is just being ended, since the other of two is left, fails and
   * is sent again, as a node does.
   */
  private void exchange(TcpclLink toMars, TcpclLink toEarth, long token) {
    int before = earth.all(LinkEvent.Confirmed.class).size();
    AtomicInteger failures = new AtomicInteger(earth.all(LinkEvent.Failed.class).size());
    Set<Inbound> accepted = new HashSet<>();
    Site.send(toMars, token, 100);
    earth.awaitThat(
        site -> {
          if (site.all(LinkEvent.Failed.class).size() > failures.get()) {
            failures.incrementAndGet();
            Site.send(toMars, token, 100);
          }
          mars.all(LinkEvent.Arrived.class).stream()
              .filter(a -> a.head().primary().created().sequence() == token)
              .filter(a -> accepted.add(a.inbound()))
              .forEach(a -> toEarth.accept(List.of(a.inbound())));
          return site.all(LinkEvent.Confirmed.class).size() > before;
        });
  }

  @Test
  void aNeighbourThatIsNotThereIsTriedAgainAndAgain() throws IOException {
    int port = freePort();
    TcpclLink toMars = dialling(earth, mars, port, false);
    open(toMars);
    List<LinkEvent.Unreached> tries = earth.await(LinkEvent.Unreached.class, 3);
    assertThat(tries.subList(0, 3))
        .extracting(LinkEvent.Unreached::attempt)
        .containsExactly(1, 2, 3);

    TcpclLink toEarth = waiting(mars, earth, false);
    open(toEarth);
    TcpclDoor _ = door(mars, port, List.of(toEarth));
    earth.await(LinkEvent.Up.class, 1);

    exchange(toMars, toEarth, 1);
  }

  @Test
  void aClosedLinkTriesNoMore() throws IOException {
    TcpclLink toMars = dialling(earth, mars, freePort(), false);
    open(toMars);
    earth.await(LinkEvent.Unreached.class, 2);
    toMars.close(new Link.CloseOrder(0, "the contact ends"));
    Site.send(toMars, 1, 10);
    earth.await(LinkEvent.Failed.class, 1);
    int tries = earth.all(LinkEvent.Unreached.class).size();
    Site.send(toMars, 2, 10);
    earth.await(LinkEvent.Failed.class, 2);

    assertThat(earth.all(LinkEvent.Unreached.class)).hasSize(tries);
  }

  @Test
  void afterALossTheSessionComesBack() throws IOException {
    TcpclLink toEarth = waiting(mars, earth, false);
    open(toEarth);
    int port = freePort();
    TcpclDoor first = door(mars, port, List.of(toEarth));
    TcpclLink toMars = dialling(earth, mars, port, false);
    open(toMars);
    earth.await(LinkEvent.Up.class, 1);
    Site.send(toMars, 1, 10);
    mars.await(LinkEvent.Arrived.class, 1);
    assertThat(first.port()).isEqualTo(port);

    toEarth.close(new Link.CloseOrder(0, "a crash, nearly"));
    assertThat(earth.await(LinkEvent.Failed.class, 1).getFirst().cause())
        .isEqualTo(LinkEvent.Cause.LOST);
    earth.await(LinkEvent.Down.class, 1);
    open(toEarth);
    earth.await(LinkEvent.Up.class, 2);

    exchange(toMars, toEarth, 2);
  }

  @Test
  void bothDialAndOneSessionIsLeftThatBothUse() {
    TcpclLink[] links = new TcpclLink[2];
    TcpclDoor[] doors = new TcpclDoor[2];
    int[] ports = new int[2];
    try {
      ports[0] = freePort();
      ports[1] = freePort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    links[0] = dialling(earth, mars, ports[1], false);
    links[1] = dialling(mars, earth, ports[0], false);
    doors[0] = door(earth, ports[0], List.of(links[0]));
    doors[1] = door(mars, ports[1], List.of(links[1]));
    open(links[0]);
    open(links[1]);
    earth.await(LinkEvent.Up.class, 1);
    mars.await(LinkEvent.Up.class, 1);

    for (int token = 1; token < 30; token++) {
      exchange(links[0], links[1], token);
    }
    earth.awaitThat(_ -> links[0].sessionCount() == 1 && links[1].sessionCount() == 1);

    assertThat(earth.all(LinkEvent.Down.class)).isEmpty();
    assertThat(mars.all(LinkEvent.Down.class)).isEmpty();
    assertThat(doors).doesNotContainNull();
  }

  @Test
  void aNeighbourThatIsNotConfiguredIsTurnedAway() {
    TcpclDoor door = door(mars, 0, List.of());
    TcpclLink toMars = dialling(earth, mars, door.port(), false);
    open(toMars);

    assertThat(earth.await(LinkEvent.Unreached.class, 1).getFirst().reason())
        .contains("CONTACT_FAILURE");
    assertThat(mars.all(LinkEvent.Up.class)).isEmpty();
  }

  @Test
  void aNeighbourThatIsNotConfiguredMayBeAGuest() throws IOException {
    List<Link> guests = new CopyOnWriteArrayList<>();
    List<Link> gone = new CopyOnWriteArrayList<>();
    TcpclDoorSettings.Guests terms =
        new TcpclDoorSettings.Guests(ReadOptions.STRICT, 10, TcpclLimits.DEFAULT);
    TcpclDoorSettings settings =
        new TcpclDoorSettings("127.0.0.1", 0, mars.node, 4, Optional.of(terms));
    TcpclDoor door =
        mars.keep(TcpclDoor.bind(settings, mars.services, List.of(), guests::add, gone::add));
    door.start();
    TcpclLink toMars = dialling(earth, mars, door.port(), false);
    open(toMars);
    LinkEvent.Up up = mars.await(LinkEvent.Up.class, 1).getFirst();
    assertThat(up.link()).isEqualTo(new LinkId("peer ipn:1.0"));
    assertThat(guests).hasSize(1);
    earth.await(LinkEvent.Up.class, 1);

    exchange(toMars, (TcpclLink) guests.getFirst(), 1);
    toMars.close(new Link.CloseOrder(100, "it leaves"));

    mars.awaitThat(_ -> gone.size() == 1);
    assertThat(gone).isEqualTo(guests);
    open(toMars);
    mars.await(LinkEvent.Up.class, 2);
    assertThat(guests).hasSize(2);
  }

  @Test
  void somebodyElseAtTheAddressIsTurnedAway() {
    Site venus = new Site(3);
    TcpclLink toEarth = waiting(mars, earth, false);
    open(toEarth);
    TcpclDoor door = door(mars, 0, List.of(toEarth));
    TcpclLink toVenus = dialling(earth, venus, door.port(), false);
    open(toVenus);

    assertThat(earth.await(LinkEvent.Unreached.class, 1).getFirst().reason())
        .contains("the peer is ipn:2.0, not ipn:3.0");
  }

  @Test
  void aPortInUseIsSaid() {
    TcpclDoor door = door(mars, 0, List.of());

    assertThatThrownBy(() -> door(earth, door.port(), List.of()))
        .hasRootCauseInstanceOf(BindException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + door.port());
  }

  @Test
  void moreConnectionsThanMayAreClosedAtOnce() throws IOException {
    TcpclDoorSettings settings =
        new TcpclDoorSettings("127.0.0.1", 0, mars.node, 2, Optional.empty());
    TcpclDoor door =
        mars.keep(TcpclDoor.bind(settings, mars.services, List.of(), link -> {}, link -> {}));
    door.start();
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (Socket first = new Socket(loopback, door.port());
        Socket second = new Socket(loopback, door.port());
        Socket third = new Socket(loopback, door.port())) {
      third.setSoTimeout(5000);
      assertThat(third.getInputStream().read()).isEqualTo(-1);
      first.getOutputStream().write("GET / HTTP/1.1\r\n".getBytes());
      first.setSoTimeout(5000);
      assertThat(first.getInputStream().read()).as("no TCPCL, no answer").isEqualTo(-1);
      assertThat(second.isConnected()).isTrue();
    }
  }
}
