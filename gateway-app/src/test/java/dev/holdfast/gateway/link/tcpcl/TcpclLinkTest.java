package dev.holdfast.gateway.link.tcpcl;

import static dev.holdfast.gateway.link.tcpcl.Neighbours.dialling;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.door;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.open;
import static dev.holdfast.gateway.link.tcpcl.Neighbours.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.stream.Site;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two gateways on loopback. */
final class TcpclLinkTest {
  private final Site earth = new Site(1);
  private final Site mars = new Site(2);
  private final TcpclLink toEarth = waiting(mars, earth, true);
  private final TcpclDoor door = door(mars, 0, List.of(toEarth));
  private final TcpclLink toMars = dialling(earth, mars, door.port(), true);

  @AfterEach
  void close() throws Exception {
    earth.close();
    mars.close();
  }

  private void up() {
    open(toEarth);
    open(toMars);
    earth.await(LinkEvent.Up.class, 1);
    mars.await(LinkEvent.Up.class, 1);
  }

  /** The node at Mars stores everything as it comes. */
  private int acceptAll(int from) {
    List<LinkEvent.Arrived> arrived = mars.all(LinkEvent.Arrived.class);
    arrived.subList(from, arrived.size()).forEach(a -> toEarth.accept(List.of(a.inbound())));
    return arrived.size();
  }

  @Test
  void whatTheyAreTold() {
    up();

    assertThat(earth.all(LinkEvent.Up.class).getFirst().peer()).contains(mars.node);
    assertThat(mars.all(LinkEvent.Up.class).getFirst().peer()).contains(earth.node);
    assertThat(earth.all(LinkEvent.Up.class).getFirst().limits().transferMru()).isEqualTo(8L << 30);
  }

  @Test
  void aBundleIsConfirmedWhenItIsAcceptedAndNotBefore() {
    up();
    Site.send(toMars, 5, 1000);
    LinkEvent.Arrived arrived = mars.await(LinkEvent.Arrived.class, 1).getFirst();
    earth.await(LinkEvent.Sent.class, 1);

    assertThat(mars.payload(arrived)).isEqualTo(Site.content(5, 0, 1000));
    assertThat(earth.all(LinkEvent.Confirmed.class)).isEmpty();

    toEarth.accept(List.of(arrived.inbound()));

    assertThat(earth.await(LinkEvent.Confirmed.class, 1).getFirst().token().number()).isEqualTo(5);
    assertThat(earth.all(LinkEvent.Failed.class)).isEmpty();
  }

  @Test
  void manyBundlesOfManySizesBothWays() {
    up();
    List<Integer> sizes = List.of(1, 100, 1000, 65_000, 99_000, 101_000, 1 << 20);
    for (int i = 0; i < 140; i++) {
      Site.send(toMars, i, sizes.get(i % sizes.size()));
      Site.send(toEarth, i, sizes.get(i % sizes.size()));
    }
    int[] accepted = new int[2];
    earth.awaitThat(
        site -> {
          accepted[0] = acceptAll(accepted[0]);
          List<LinkEvent.Arrived> back = earth.all(LinkEvent.Arrived.class);
          back.subList(accepted[1], back.size()).forEach(a -> toMars.accept(List.of(a.inbound())));
          accepted[1] = back.size();
          return earth.all(LinkEvent.Confirmed.class).size() == 140
              && mars.all(LinkEvent.Confirmed.class).size() == 140;
        });

    for (LinkEvent.Arrived arrived : mars.all(LinkEvent.Arrived.class)) {
      long number = arrived.head().primary().created().sequence();
      int size = sizes.get((int) number % sizes.size());
      assertThat(mars.payload(arrived)).isEqualTo(Site.content(number, 0, size));
      assertThat(arrived.payload() instanceof Payload.Spooled)
          .isEqualTo(size > Site.SPOOL_THRESHOLD);
    }
    assertThat(earth.all(LinkEvent.Failed.class)).isEmpty();
  }

  @Test
  void aLargeBundleIsReadAndWrittenPieceByPiece() {
    up();
    int size = 20_000_000;
    toMars.send(Site.streamed(9, size));
    LinkEvent.Arrived arrived = mars.await(LinkEvent.Arrived.class, 1).getFirst();
    toEarth.accept(List.of(arrived.inbound()));
    earth.await(LinkEvent.Confirmed.class, 1);

    assertThat(mars.payload(arrived)).isEqualTo(Site.content(9, 0, size));
    assertThat(arrived.head().payload().length()).isEqualTo(size);
  }

  @Test
  void aRefusalIsTold() {
    up();
    Site.send(toMars, 1, 10);
    Site.send(toMars, 2, 10);
    Site.send(toMars, 3, 10);
    List<LinkEvent.Arrived> arrived = mars.await(LinkEvent.Arrived.class, 3);
    toEarth.refuse(arrived.get(0).inbound(), Link.Refusal.COMPLETED);
    toEarth.refuse(arrived.get(1).inbound(), Link.Refusal.NO_RESOURCES);
    toEarth.refuse(arrived.get(2).inbound(), Link.Refusal.NOT_ACCEPTABLE);

    assertThat(earth.await(LinkEvent.Failed.class, 3))
        .extracting(LinkEvent.Failed::cause)
        .containsExactly(
            LinkEvent.Cause.COMPLETED,
            LinkEvent.Cause.NO_RESOURCES,
            LinkEvent.Cause.NOT_ACCEPTABLE);
  }

  @Test
  void whatCannotBeReadFails() {
    up();
    var bundle = Site.streamed(4, 10);
    toMars.send(
        new Outbound(
            bundle.token(),
            bundle.head(),
            new Outbound.Source.Streamed((p, l) -> Optional.empty()),
            Optional.empty(),
            TrafficClass.NORMAL));

    assertThat(earth.await(LinkEvent.Failed.class, 1).getFirst().cause())
        .isEqualTo(LinkEvent.Cause.UNREADABLE);
    assertThat(earth.all(LinkEvent.Down.class)).isEmpty();
  }

  @Test
  void theEndOfAContactLetsAcknowledgementsComeIn() {
    up();
    Site.send(toMars, 1, 10);
    LinkEvent.Arrived arrived = mars.await(LinkEvent.Arrived.class, 1).getFirst();
    earth.await(LinkEvent.Sent.class, 1);
    toMars.close(new Link.CloseOrder(10_000, "the contact ends"));
    Site.send(toMars, 2, 10);
    assertThat(earth.await(LinkEvent.Failed.class, 1).getFirst().token().number()).isEqualTo(2);
    assertThat(earth.all(LinkEvent.Down.class)).isEmpty();

    toEarth.accept(List.of(arrived.inbound()));

    assertThat(earth.await(LinkEvent.Confirmed.class, 1).getFirst().token().number()).isEqualTo(1);
    earth.await(LinkEvent.Down.class, 1);
    mars.await(LinkEvent.Down.class, 1);
  }

  @Test
  void whatIsNotAcknowledgedWhenTheDrainIsOverIsLost() {
    up();
    Site.send(toMars, 1, 10);
    mars.await(LinkEvent.Arrived.class, 1);
    toMars.close(new Link.CloseOrder(50, "the contact ends"));

    assertThat(earth.await(LinkEvent.Failed.class, 1).getFirst().cause())
        .isEqualTo(LinkEvent.Cause.LOST);
    earth.await(LinkEvent.Down.class, 1);
    assertThat(earth.all(LinkEvent.Confirmed.class)).isEmpty();
  }

  @Test
  void aNewContactIsANewSession() {
    up();
    toMars.close(new Link.CloseOrder(1000, "the contact ends"));
    earth.await(LinkEvent.Down.class, 1);
    mars.await(LinkEvent.Down.class, 1);
    open(toMars);
    earth.await(LinkEvent.Up.class, 2);
    mars.await(LinkEvent.Up.class, 2);
    Site.send(toMars, 1, 10);

    mars.await(LinkEvent.Arrived.class, 1);
  }

  @Test
  void aNeighbourThatIsEarlyWaitsForTheContact() {
    open(toMars);
    Site.send(toMars, 1, 10);
    earth.await(LinkEvent.Failed.class, 1);
    assertThat(earth.all(LinkEvent.Up.class)).isEmpty();
    assertThat(earth.all(LinkEvent.Unreached.class)).isEmpty();

    open(toEarth);

    earth.await(LinkEvent.Up.class, 1);
    mars.await(LinkEvent.Up.class, 1);
    assertThat(earth.all(LinkEvent.Unreached.class)).isEmpty();
  }
}
