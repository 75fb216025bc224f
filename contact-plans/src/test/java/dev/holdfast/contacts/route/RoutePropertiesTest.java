package dev.holdfast.contacts.route;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What must hold on any plan; every failure names its round, which repeats it. */
class RoutePropertiesTest {
  private static final int HORIZON = 30;
  private static final int MANY = 10_000;

  private static SplittableRandom seed(int round) {
    return new SplittableRandom(0x5abL << 32 | round);
  }

  private static RouteQuery query(SplittableRandom random, int nodes, long size) {
    int from = 1 + random.nextInt(nodes);
    int to = 1 + (from + random.nextInt(nodes - 1)) % nodes;
    return RouteQuery.of(node(from), node(to), at(random.nextInt(HORIZON)), size);
  }

  @Test
  void theBestRouteOfAllIsFound() {
    int found = 0;
    for (int round = 0; round < 12_000; round++) {
      SplittableRandom random = seed(round);
      int nodes = 2 + random.nextInt(5);
      ContactPlan plan = Plans.random(random, nodes, 4 + random.nextInt(20), HORIZON);
      RouteQuery query = query(random, nodes, random.nextInt(3) == 0 ? 0 : random.nextInt(12));
      if (random.nextInt(4) == 0) {
        query = query.excluding(List.of(node(1 + random.nextInt(nodes))));
      }
      if (random.nextInt(4) == 0) {
        OwltMargin margin = new OwltMargin(random.nextInt(1500), random.nextInt(1_000_000));
        query = query.with(margin, ContactEnd.STRICT);
      }
      if (random.nextBoolean()) {
        query = query.with(query.margin(), ContactEnd.CLOSED);
      }
      Bookings bookings = new Bookings(plan);
      List<Booking> booked = bookSome(random, bookings);
      Optional<Route> route = new EarliestArrival(plan).route(query, bookings);
      assertThat(route.map(ExhaustiveSearch.Keys::of))
          .as("round %d: %s on %s", round, query, plan.contacts())
          .isEqualTo(ExhaustiveSearch.best(plan, query, booked));
      route.ifPresent(r -> assertIsRoute(r));
      found += route.isPresent() ? 1 : 0;
    }
    assertThat(found).as("most rounds prove something").isGreaterThan(4_000);
  }

  /** All keys, on plans where many bundles come to a contact as it ends. */
  @Test
  void theBestRouteOfAllIsFoundOverContactsThatEndAsTheBundleComes() {
    int gained = 0;
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      int nodes = 3 + random.nextInt(4);
      ContactPlan plan = Plans.random(random, nodes, 6 + random.nextInt(20), HORIZON / 2);
      EarliestArrival search = new EarliestArrival(plan);
      RouteQuery strict = query(random, nodes, 0);
      RouteQuery closed = strict.with(OwltMargin.NONE, ContactEnd.CLOSED);
      Optional<Route> route = search.route(closed);
      assertThat(route.map(ExhaustiveSearch.Keys::of))
          .as("round %d: %s on %s", round, closed, plan.contacts())
          .isEqualTo(ExhaustiveSearch.best(plan, closed, List.of()));
      route.ifPresent(RoutePropertiesTest::assertIsRoute);
      assertThat(arrival(search, closed)).isLessThanOrEqualTo(arrival(search, strict));
      gained += arrival(search, closed) < arrival(search, strict) ? 1 : 0;
    }
    assertThat(gained).as("rounds in which the end decides").isGreaterThan(200);
  }

  /** All keys where windows of a pair overlap, and one search for many queries. */
  @Test
  void theBestRouteOfAllIsFoundOverContactsThatOverlap() {
    int found = 0;
    for (int round = 0; round < MANY / 2; round++) {
      SplittableRandom random = seed(round);
      int nodes = 2 + random.nextInt(4);
      ContactPlan plan = Plans.overlapping(random, nodes, 6 + random.nextInt(18), HORIZON);
      EarliestArrival search = new EarliestArrival(plan);
      for (int i = 0; i < 4; i++) {
        RouteQuery query = query(random, nodes, random.nextBoolean() ? 0 : random.nextInt(12));
        Optional<Route> route = search.route(query);
        assertThat(route.map(ExhaustiveSearch.Keys::of))
            .as("round %d: %s on %s", round, query, plan.contacts())
            .isEqualTo(ExhaustiveSearch.best(plan, query, List.of()));
        found += route.isPresent() ? 1 : 0;
      }
    }
    assertThat(found).isGreaterThan(MANY);
  }

  @Test
  void theEndItselfIsOfNoUseToABundleWithASize() {
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan plan = Plans.random(random, 5, 25, HORIZON / 2);
      EarliestArrival search = new EarliestArrival(plan);
      Bookings bookings = new Bookings(plan);
      bookSome(random, bookings);
      RouteQuery strict = query(random, 5, 1 + random.nextInt(8));
      RouteQuery closed = strict.with(OwltMargin.NONE, ContactEnd.CLOSED);
      assertThat(search.route(closed, bookings).map(Route::hops))
          .as("round %d", round)
          .isEqualTo(search.route(strict, bookings).map(Route::hops));
    }
  }

  /** A search that was in vain leaves something behind, which must not hide any route. */
  @Test
  void whatOneQueryTeachesHidesNoRouteFromAnother() {
    int vain = 0;
    for (int round = 0; round < MANY / 5; round++) {
      SplittableRandom random = seed(round);
      ContactPlan plan = Plans.random(random, 5, 8 + random.nextInt(14), HORIZON);
      EarliestArrival search = new EarliestArrival(plan);
      for (int i = 0; i < 40; i++) {
        RouteQuery query = query(random, 5, random.nextBoolean() ? 0 : random.nextInt(12));
        if (random.nextInt(4) == 0) {
          query = query.excluding(List.of(node(1 + random.nextInt(5))));
        }
        OwltMargin margin = random.nextInt(4) == 0 ? new OwltMargin(500, 0) : OwltMargin.NONE;
        query = query.with(margin, ContactEnd.values()[random.nextInt(2)]);
        Optional<Route> route = search.route(query);
        assertThat(route)
            .as("round %d: %s on %s", round, query, plan.contacts())
            .isEqualTo(new EarliestArrival(plan).route(query));
        vain += route.isEmpty() ? 1 : 0;
      }
    }
    assertThat(vain).isGreaterThan(MANY);
  }

  private static List<Booking> bookSome(SplittableRandom random, Bookings bookings) {
    List<Booking> booked = new ArrayList<>();
    for (Contact contact : bookings.plan().contacts()) {
      while (random.nextInt(3) == 0) {
        bookings
            .volume(contact)
            .book(at(random.nextInt(HORIZON)), 1 + random.nextInt(6), TrafficClass.NORMAL)
            .ifPresent(booked::add);
      }
    }
    return booked;
  }

  // SABR §1.4 (a) to (d), and that each hop is possible by itself.
  private static void assertIsRoute(Route route) {
    DtnTime here = route.query().at();
    NodeNumber node = route.query().from();
    for (Hop hop : route.hops()) {
      assertThat(hop.contact().from()).isEqualTo(node);
      assertThat(hop.firstByte()).isGreaterThanOrEqualTo(here);
      assertThat(hop.firstByte()).isGreaterThanOrEqualTo(hop.contact().start());
      assertThat(hop.lastByte()).isGreaterThanOrEqualTo(hop.firstByte());
      assertThat(hop.lastByte()).isLessThanOrEqualTo(hop.contact().end());
      assertThat(hop.arrival().since(hop.lastByte()))
          .isGreaterThanOrEqualTo(hop.contact().owltMillis() - 1);
      here = hop.arrival();
      node = hop.contact().to();
    }
    assertThat(node).isEqualTo(route.query().to());
    assertThat(route.volumeLeft()).isGreaterThanOrEqualTo(route.query().sizeBytes());
  }

  @Test
  void whoLeavesLaterArrivesNoEarlier() {
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan plan = Plans.random(random, 5, 25, HORIZON);
      EarliestArrival search = new EarliestArrival(plan);
      RouteQuery first = query(random, 5, random.nextInt(8));
      long known = 0;
      for (int s = 0; s < HORIZON * 2; s += 1 + random.nextInt(8)) {
        RouteQuery query = RouteQuery.of(first.from(), first.to(), at(s), first.sizeBytes());
        long arrival = arrival(search, query);
        assertThat(arrival).as("round %d", round).isGreaterThanOrEqualTo(known);
        known = arrival;
      }
    }
  }

  private static long arrival(EarliestArrival search, RouteQuery query) {
    return search.route(query).map(route -> route.arrival().millis()).orElse(Long.MAX_VALUE);
  }

  @Test
  void oneMoreContactDelaysNobody() {
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan more = Plans.random(random, 5, 20, HORIZON);
      List<Contact> fewer = new ArrayList<>(more.contacts());
      fewer.remove(random.nextInt(fewer.size()));
      RouteQuery query = query(random, 5, random.nextInt(8));
      assertThat(arrival(new EarliestArrival(more), query))
          .as("round %d", round)
          .isLessThanOrEqualTo(arrival(new EarliestArrival(ContactPlan.of(1, fewer)), query));
    }
  }

  @Test
  void aContactInTwoPiecesChangesNoBestCase() {
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan whole = Plans.random(random, 5, 20, HORIZON);
      List<Contact> pieces = new ArrayList<>();
      for (Contact c : whole.contacts()) {
        if (random.nextInt(3) == 0) {
          DtnTime cut = c.start().plus(1 + random.nextLong(c.durationMillis() - 1));
          pieces.add(
              Contact.of(c.from(), c.to(), c.start(), cut, c.bytesPerSecond(), c.owltMillis()));
          pieces.add(
              Contact.of(c.from(), c.to(), cut, c.end(), c.bytesPerSecond(), c.owltMillis()));
        } else {
          pieces.add(c);
        }
      }
      RouteQuery query = query(random, 5, 0);
      assertThat(arrival(new EarliestArrival(ContactPlan.of(1, pieces)), query))
          .as("round %d", round)
          .isEqualTo(arrival(new EarliestArrival(whole), query));
    }
  }

  @Test
  void sevenTimesSlowerInEverythingTakesSevenTimesAsLong() {
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan plan = Plans.random(random, 5, 20, HORIZON);
      ContactPlan slow =
          ContactPlan.of(
              1,
              plan.contacts().stream()
                  .map(
                      c ->
                          Contact.of(
                              c.from(),
                              c.to(),
                              new DtnTime(c.start().millis() * 7),
                              new DtnTime(c.end().millis() * 7),
                              c.bytesPerSecond(),
                              c.owltMillis() * 7))
                  .toList());
      // 12 bytes take whole seconds at each of the rates 1 to 4, so that nothing is rounded.
      RouteQuery query = query(random, 5, 12);
      RouteQuery slowly =
          RouteQuery.of(query.from(), query.to(), new DtnTime(query.at().millis() * 7), 84);
      long arrival = arrival(new EarliestArrival(plan), query);
      assertThat(arrival(new EarliestArrival(slow), slowly))
          .as("round %d", round)
          .isEqualTo(arrival == Long.MAX_VALUE ? arrival : arrival * 7);
    }
  }

  @Test
  void bookedBundlesFitIntoTheirContactsTogether() {
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan plan = Plans.random(random, 5, 20, HORIZON);
      EarliestArrival search = new EarliestArrival(plan);
      Bookings bookings = new Bookings(plan);
      List<Booking> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        RouteQuery query = query(random, 5, 1 + random.nextInt(8));
        Optional<Route> route = search.route(query, bookings);
        if (route.isPresent()) {
          List<Booking> booked = route.get().book(bookings).orElseThrow();
          for (int h = 0; h < booked.size(); h++) {
            Hop hop = route.get().hops().get(h);
            assertThat(booked.get(h).contact()).isEqualTo(hop.contact());
            assertThat(booked.get(h).last()).as("round %d", round).isEqualTo(hop.lastByte());
          }
          all.addAll(booked);
        }
      }
      for (Contact contact : plan.contacts()) {
        long bytes =
            all.stream().filter(b -> b.contact().equals(contact)).mapToLong(Booking::bytes).sum();
        assertThat(bytes).isLessThanOrEqualTo(contact.volumeBytes());
        assertThat(bookings.volume(contact).bookedBytes()).isEqualTo(bytes);
      }
      all.forEach(bookings::unbook);
      for (Contact contact : plan.contacts()) {
        assertThat(bookings.volume(contact).remainingBytes(contact.start(), TrafficClass.BULK))
            .isEqualTo(contact.volumeBytes());
      }
    }
  }

  /** Time runs backwards, so that the earliest arrival there is the latest departure here. */
  @Test
  void thePlanReadBackwardsTellsTheLatestDeparture() {
    int found = 0;
    for (int round = 0; round < MANY; round++) {
      SplittableRandom random = seed(round);
      ContactPlan plan = withOneLightTimeForEachPair(Plans.random(random, 5, 20, HORIZON));
      long turn = 100_000;
      // Sent in [start, end) and there a light time later, to the millisecond.
      ContactPlan backwards =
          ContactPlan.of(
              1,
              plan.contacts().stream()
                  .map(
                      c ->
                          Contact.of(
                              c.to(),
                              c.from(),
                              new DtnTime(turn - c.end().millis() - c.owltMillis() + 1),
                              new DtnTime(turn - c.start().millis() - c.owltMillis() + 1),
                              c.bytesPerSecond(),
                              c.owltMillis()))
                  .toList());
      EarliestArrival search = new EarliestArrival(plan);
      RouteQuery query = query(random, 5, 0);
      long arrival = arrival(search, query);
      if (arrival == Long.MAX_VALUE) {
        continue;
      }
      found++;
      RouteQuery back = RouteQuery.of(query.to(), query.from(), new DtnTime(turn - arrival), 0);
      long latest = turn - arrival(new EarliestArrival(backwards), back);
      assertThat(latest).as("round %d", round).isGreaterThanOrEqualTo(query.at().millis());
      assertThat(arrival(search, leaving(query, latest))).as("round %d", round).isEqualTo(arrival);
      assertThat(arrival(search, leaving(query, latest + 1)))
          .as("round %d", round)
          .isGreaterThan(arrival);
    }
    assertThat(found).isGreaterThan(MANY / 4);
  }

  /** Read backwards, contacts of one pair would overlap otherwise. */
  private static ContactPlan withOneLightTimeForEachPair(ContactPlan plan) {
    return ContactPlan.of(
        1,
        plan.contacts().stream()
            .map(
                c ->
                    Contact.of(
                        c.from(),
                        c.to(),
                        c.start(),
                        c.end(),
                        c.bytesPerSecond(),
                        (3 * c.from().value() + c.to().value()) % 4 * 1000))
            .toList());
  }

  private static RouteQuery leaving(RouteQuery query, long millis) {
    return RouteQuery.of(query.from(), query.to(), new DtnTime(millis), query.sizeBytes());
  }
}
