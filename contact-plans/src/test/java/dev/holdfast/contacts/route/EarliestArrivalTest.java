package dev.holdfast.contacts.route;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The small cases of the literature and of other routers, by hand. */
class EarliestArrivalTest {
  private static Optional<Route> route(
      ContactPlan plan, long from, long to, double time, long size) {
    return new EarliestArrival(plan).route(RouteQuery.of(node(from), node(to), at(time), size));
  }

  private static List<Contact> contacts(Optional<Route> route) {
    return route.orElseThrow().hops().stream().map(Hop::contact).toList();
  }

  /** Nodes A to E of the CGR tutorial (Fraire and others, 2021) as 1 to 5, light time 1 s. */
  private static ContactPlan tutorial(long rate) {
    List<Contact> both = new ArrayList<>();
    int[][] windows = {
      {1, 2, 0, 60},
      {2, 3, 0, 60},
      {1, 3, 0, 60},
      {3, 4, 0, 30},
      {1, 5, 10, 20},
      {4, 5, 0, 10},
      {4, 5, 30, 40},
      {4, 5, 50, 60}
    };
    for (int[] w : windows) {
      both.add(contact(w[0], w[1], w[2], w[3], rate, 1));
      both.add(contact(w[1], w[0], w[2], w[3], rate, 1));
    }
    return ContactPlan.of(1, both);
  }

  @Test
  void tutorialFromAToE() {
    Optional<Route> best = route(tutorial(1), 1, 5, 0, 0);
    assertThat(contacts(best))
        .containsExactly(
            contact(1, 3, 0, 60, 1, 1), contact(3, 4, 0, 30, 1, 1), contact(4, 5, 0, 10, 1, 1));
    Route route = best.orElseThrow();
    assertThat(route.arrival()).isEqualTo(at(3));
    assertThat(route.termination()).isEqualTo(at(10));
    assertThat(route.entryNode()).isEqualTo(node(3));
    assertThat(route.volumeLeft()).as("what leaves C by 10 s: from 2 s on").isEqualTo(8);
  }

  @Test
  void tutorialWithoutItsBestEntryNode() {
    RouteQuery query = RouteQuery.of(node(1), node(5), at(0), 0);
    EarliestArrival search = new EarliestArrival(tutorial(1));
    Route second = search.route(query.excluding(List.of(node(3)))).orElseThrow();
    assertThat(second.arrival()).isEqualTo(at(4));
    assertThat(second.entryNode()).isEqualTo(node(2));
    Route third = search.route(query.excluding(List.of(node(3), node(2)))).orElseThrow();
    assertThat(third.arrival()).isEqualTo(at(11));
    assertThat(third.entryNode()).isEqualTo(node(5));
    assertThat(search.route(query.excluding(List.of(node(2), node(3), node(5))))).isEmpty();
    assertThat(search.route(query).orElseThrow().entryNode()).isEqualTo(node(3));
  }

  @Test
  void fourNodesLong() {
    ContactPlan plan =
        plan(
            contact(1, 2, 100, 700, 1_250_000_000L, 0),
            contact(2, 3, 1000, 1600, 1_250_000_000L, 0),
            contact(3, 4, 2000, 2600, 12_500_000_000L, 0),
            contact(1, 4, 7400, 8000, 1_250_000_000L, 0));
    assertThat(route(plan, 1, 4, 0, 0).orElseThrow().arrival()).isEqualTo(at(2000));
    assertThat(route(plan, 1, 4, 700, 0).orElseThrow().arrival()).isEqualTo(at(7400));
    assertThat(route(plan, 4, 1, 0, 0)).isEmpty();
  }

  // Unit graphs of A-SABR.
  @Test
  void twoHopsAndTransferTime() {
    ContactPlan plan = plan(contact(10, 1, 0, 2000, 100, 1), contact(1, 2, 0, 2000, 100, 1));
    Route route = route(plan, 10, 2, 0, 1).orElseThrow();
    assertThat(route.arrival()).isEqualTo(at(2.02));
    assertThat(route.hops()).hasSize(2);
  }

  @Test
  void fiveContacts() {
    ContactPlan plan =
        plan(
            contact(10, 1, 0, 2000, 100, 0.01),
            contact(1, 2, 0, 2000, 100, 1),
            contact(10, 3, 0, 2000, 100, 0.1),
            contact(3, 2, 0, 2000, 100, 0.01),
            contact(10, 2, 0, 2000, 100, 10));
    Route route = route(plan, 10, 2, 0, 1).orElseThrow();
    assertThat(route.arrival()).isEqualTo(at(0.13));
    assertThat(route.hops()).hasSize(2);
  }

  // A search with a set of visited nodes returns four hops here.
  @Test
  void fewestHopsAmongEqualArrivals() {
    ContactPlan plan =
        plan(
            contact(1, 2, 0, 100, 1, 1),
            contact(2, 3, 0, 100, 1, 1),
            contact(1, 3, 0, 100, 1, 3),
            contact(3, 4, 5, 100, 1, 0),
            contact(4, 5, 5, 100, 1, 1));
    Route route = route(plan, 1, 5, 0, 0).orElseThrow();
    assertThat(route.arrival()).isEqualTo(at(6));
    assertThat(route.hops()).hasSize(3);
  }

  @Test
  void latestTerminationThenSmallestEntryNode() {
    ContactPlan plan =
        plan(
            contact(1, 2, 0, 50, 1, 1),
            contact(1, 3, 0, 90, 1, 1),
            contact(1, 4, 0, 90, 1, 1),
            contact(2, 5, 10, 99, 1, 1),
            contact(3, 5, 10, 99, 1, 1),
            contact(4, 5, 10, 99, 1, 1));
    Route route = route(plan, 1, 5, 0, 0).orElseThrow();
    assertThat(route.termination()).isEqualTo(at(90));
    assertThat(route.entryNode()).isEqualTo(node(3));
  }

  /** Each relay that looks better on its first hop is worse on its second. */
  @Test
  void latestTerminationBehindManyDecoys() {
    List<Contact> contacts = new ArrayList<>();
    int relays = 300;
    for (int i = 1; i <= relays; i++) {
      contacts.add(contact(1, 10 + i, 0, 10_000 - i, 1, 1));
      contacts.add(contact(10 + i, 2, 5, 100 + i, 1, 1));
    }
    Route route = route(ContactPlan.of(1, contacts), 1, 2, 0, 0).orElseThrow();
    assertThat(route.termination()).isEqualTo(at(100 + relays));
    assertThat(route.entryNode()).isEqualTo(node(10 + relays));
  }

  @Test
  void laterContactOfThePairIfItsLightTimeIsShorter() {
    ContactPlan plan = plan(contact(1, 2, 0, 10, 1, 100), contact(1, 2, 20, 30, 1, 5));
    assertThat(route(plan, 1, 2, 0, 0).orElseThrow().arrival()).isEqualTo(at(25));
  }

  /** The plan of nasa/HDTN#71. */
  private static final ContactPlan ENDS =
      plan(
          contact(1, 2, 100, 200, 1, 3),
          contact(2, 3, 100, 200, 1, 3),
          contact(1, 2, 300, 400, 1, 3));

  @Test
  void theEndOfAContactIsStrict() {
    assertThat(route(ENDS, 1, 3, 196.999, 0).orElseThrow().arrival()).isEqualTo(at(202.999));
    assertThat(route(ENDS, 1, 3, 197, 0)).isEmpty();
    assertThat(route(ENDS, 1, 3, 197.001, 0)).isEmpty();
    assertThat(route(ENDS, 1, 2, 199.999, 0).orElseThrow().arrival()).isEqualTo(at(202.999));
    assertThat(route(ENDS, 1, 2, 200, 0).orElseThrow().arrival()).isEqualTo(at(303));
  }

  @Test
  void theEndOfAContactCountsIfItIsClosed() {
    EarliestArrival search = new EarliestArrival(ENDS);
    assertThat(search.route(closed(3, 196.999, 0)).map(Route::arrival)).contains(at(202.999));
    Route last = search.route(closed(3, 197, 0)).orElseThrow();
    assertThat(last.arrival()).isEqualTo(at(203));
    assertThat(last.hops().getLast().lastByte()).isEqualTo(at(200));
    assertThat(last.volumeLeft()).isZero();
    assertThat(last.arrivalIfLeft(at(197))).contains(at(203));
    assertThat(last.arrivalIfLeft(at(197.001))).isEmpty();
    assertThat(search.route(closed(3, 197.001, 0))).isEmpty();
    assertThat(search.route(closed(2, 200, 0)).map(Route::arrival)).contains(at(203));
    assertThat(search.route(closed(2, 200.001, 0)).map(Route::arrival)).contains(at(303));
    assertThat(search.route(closed(2, 400, 0)).map(Route::arrival)).contains(at(403));
    assertThat(search.route(closed(2, 400.001, 0))).isEmpty();
  }

  @Test
  void theLastByteIsOutByTheEndEitherWay() {
    EarliestArrival search = new EarliestArrival(ENDS);
    for (ContactEnd end : ContactEnd.values()) {
      assertThat(search.route(closed(2, 190, 10).with(OwltMargin.NONE, end)).map(Route::arrival))
          .contains(at(203));
      assertThat(search.route(closed(2, 190, 11).with(OwltMargin.NONE, end)).map(Route::arrival))
          .contains(at(314));
    }
  }

  private static RouteQuery closed(long to, double time, long size) {
    return RouteQuery.of(node(1), node(to), at(time), size)
        .with(OwltMargin.NONE, ContactEnd.CLOSED);
  }

  @Test
  void aRouteAlongTheStrictEndIsNotLeftAtIt() {
    Route route = route(ENDS, 1, 3, 196, 0).orElseThrow();
    assertThat(route.arrivalIfLeft(at(196.999))).contains(at(202.999));
    assertThat(route.arrivalIfLeft(at(197))).isEmpty();
  }

  @Test
  void theEndOfTimeIsAnEndToo() {
    DtnTime end = Contact.LATEST_END;
    Contact last = Contact.of(node(1), node(2), end.plus(-1000), end, 1, 3000);
    EarliestArrival search = new EarliestArrival(ContactPlan.of(1, List.of(last)));
    RouteQuery query = RouteQuery.of(node(1), node(2), end, 0);
    assertThat(search.route(query)).isEmpty();
    assertThat(search.route(query.with(OwltMargin.NONE, ContactEnd.CLOSED)).map(Route::arrival))
        .contains(end.plus(3000));
  }

  @Test
  void aBundleMustFitWhole() {
    ContactPlan plan = plan(contact(1, 2, 0, 10, 1000, 0), contact(1, 2, 50, 100, 1000, 0));
    assertThat(route(plan, 1, 2, 0, 10_000).orElseThrow().arrival()).isEqualTo(at(10));
    assertThat(route(plan, 1, 2, 0, 10_001).orElseThrow().arrival()).isEqualTo(at(60.001));
    assertThat(route(plan, 1, 2, 9.5, 600).orElseThrow().arrival()).isEqualTo(at(50.6));
    assertThat(route(plan, 1, 2, 0, 50_001)).isEmpty();
    assertThat(route(plan, 1, 2, 0, Long.MAX_VALUE)).isEmpty();
  }

  @Test
  void bookedVolumeIsGone() {
    ContactPlan plan = plan(contact(1, 2, 0, 10, 100, 0), contact(2, 3, 0, 100, 100, 0));
    EarliestArrival search = new EarliestArrival(plan);
    Bookings bookings = new Bookings(plan);
    RouteQuery query = RouteQuery.of(node(1), node(3), at(0), 400);
    Route first = search.route(query, bookings).orElseThrow();
    assertThat(first.arrival()).isEqualTo(at(8));
    List<Booking> booked = first.book(bookings).orElseThrow();
    assertThat(booked).hasSize(2);
    Route second = search.route(query, bookings).orElseThrow();
    assertThat(second.arrival()).isEqualTo(at(12));
    assertThat(second.volumeLeft()).isEqualTo(600);
    second.book(bookings).orElseThrow();
    assertThat(search.route(query, bookings)).isEmpty();
    assertThat(second.book(bookings)).as("its volume is taken meanwhile").isEmpty();
    assertThat(bookings.volume(plan.contacts().getLast()).bookedBytes())
        .as("a route is booked whole or not at all")
        .isEqualTo(800);
    booked.forEach(bookings::unbook);
    assertThat(search.route(query, bookings).orElseThrow().arrival()).isEqualTo(at(8));
  }

  @Test
  void marginsAreAddedToLightTimes() {
    ContactPlan plan = plan(contact(1, 2, 0, 10, 1, 1000), contact(2, 3, 1000, 1001, 1, 0));
    RouteQuery query =
        new RouteQuery(
            node(1), node(3), at(0), 0, TrafficClass.NORMAL, List.of(), new OwltMargin(100, 671));
    assertThat(new EarliestArrival(plan).route(query).orElseThrow().arrival())
        .isEqualTo(at(1000 + 0.671 + 0.1 + 0.1));
  }

  @Test
  void unknownNodesAndFarTimesHaveNoRoute() {
    ContactPlan plan = plan(contact(1, 2, 0, 10, 1, 1));
    assertThat(route(plan, 1, 9, 0, 0)).isEmpty();
    assertThat(route(plan, 9, 1, 0, 0)).isEmpty();
    assertThat(route(ContactPlan.EMPTY, 1, 2, 0, 0)).isEmpty();
    EarliestArrival search = new EarliestArrival(plan);
    assertThat(search.route(RouteQuery.of(node(1), node(2), DtnTime.FOREVER, 0))).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RouteQuery.of(node(1), node(1), at(0), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                search.route(
                    RouteQuery.of(node(1), node(2), at(0), 0), new Bookings(ContactPlan.EMPTY)));
  }
}
