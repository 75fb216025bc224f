package dev.holdfast.contacts.route;

import static dev.holdfast.bpv7.TrafficClass.NORMAL;
import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
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

class RouteCacheTest {
  private static final ContactPlan LINE =
      plan(
          contact(1, 2, 10, 20, 10, 1), contact(2, 3, 30, 40, 10, 1), contact(1, 3, 60, 70, 10, 1));

  private static RouteQuery oneToThree(double at, long size) {
    return RouteQuery.of(node(1), node(3), at(at), size);
  }

  @Test
  void oneSearchServesUntilTheRouteCannotBeTakenAnyMore() {
    RouteCache cache = new RouteCache(new EarliestArrival(LINE), new Bookings(LINE));
    for (double time = 0; time < 20; time += 0.5) {
      assertThat(cache.route(oneToThree(time, 0)).orElseThrow().arrival()).isEqualTo(at(31));
    }
    assertThat(cache.searches()).isEqualTo(1);
    assertThat(cache.route(oneToThree(20, 0)).orElseThrow().arrival()).isEqualTo(at(61));
    assertThat(cache.searches()).isEqualTo(2);
  }

  @Test
  void anAnswerForAnotherEndOfContactsIsAnotherOne() {
    RouteCache cache = new RouteCache(new EarliestArrival(LINE), new Bookings(LINE));
    RouteQuery strict = oneToThree(20, 0);
    RouteQuery closed = strict.with(OwltMargin.NONE, ContactEnd.CLOSED);
    for (int again = 0; again < 2; again++) {
      assertThat(cache.route(strict).orElseThrow().arrival()).isEqualTo(at(61));
      assertThat(cache.route(closed).orElseThrow().arrival()).isEqualTo(at(31));
    }
    assertThat(cache.searches()).isEqualTo(2);
  }

  @Test
  void whatCannotBeReachedStaysSo() {
    RouteCache cache = new RouteCache(new EarliestArrival(LINE), new Bookings(LINE));
    assertThat(cache.route(oneToThree(0, 1_000))).isEmpty();
    assertThat(cache.route(oneToThree(15, 1_000))).isEmpty();
    assertThat(cache.searches()).isEqualTo(1);
  }

  @Test
  void whatIsGivenBackMayOpenABetterRoute() {
    Bookings bookings = new Bookings(LINE);
    Booking booked = bookings.volumeAt(0).book(at(0), 90, NORMAL).orElseThrow();
    RouteCache cache = new RouteCache(new EarliestArrival(LINE), bookings);
    assertThat(cache.route(oneToThree(0, 50)).orElseThrow().arrival()).isEqualTo(at(66));
    bookings.unbook(booked);
    assertThat(cache.route(oneToThree(0, 50)).orElseThrow().arrival()).isEqualTo(at(36));
  }

  /** Time goes on, bundles are booked, now and then one is given back, now and then time jumps. */
  @Test
  void everyAnswerIsTheOneThatASearchGives() {
    long lookups = 0;
    long searches = 0;
    for (int round = 0; round < 500; round++) {
      SplittableRandom random = new SplittableRandom(0xcac4eL << 32 | round);
      int nodes = 3 + random.nextInt(4);
      ContactPlan plan = Plans.random(random, nodes, 6 + random.nextInt(20), 30);
      Bookings bookings = new Bookings(plan);
      RouteCache cache = new RouteCache(new EarliestArrival(plan), bookings);
      EarliestArrival search = new EarliestArrival(plan);
      List<Booking> booked = new ArrayList<>();
      ContactEnd end = ContactEnd.values()[random.nextInt(2)];
      double time = 0;
      for (int step = 0; step < 120; step++) {
        time = random.nextInt(60) == 0 ? random.nextInt(30) : time + random.nextInt(500) / 1000.0;
        if (random.nextInt(4) == 0) {
          time = Math.ceil(time); // Contacts end on whole seconds.
        }
        int from = 1 + random.nextInt(nodes);
        int to = 1 + (from + random.nextInt(nodes - 1)) % nodes;
        DtnTime at = at(time);
        RouteQuery query =
            RouteQuery.of(node(from), node(to), at, random.nextInt(3)).with(OwltMargin.NONE, end);
        Optional<Route> route = cache.route(query);
        assertThat(route.map(ExhaustiveSearch.Keys::of))
            .as("round %d, step %d: %s on %s", round, step, query, plan.contacts())
            .isEqualTo(search.route(query, bookings).map(ExhaustiveSearch.Keys::of));
        route.ifPresent(found -> assertThat(found).isEqualTo(along(search, found, bookings)));
        if (random.nextInt(4) == 0) {
          route.flatMap(r -> r.book(bookings)).ifPresent(booked::addAll);
        }
        if (!booked.isEmpty() && random.nextInt(20) == 0) {
          bookings.unbook(booked.remove(random.nextInt(booked.size())));
        }
        lookups++;
      }
      searches += cache.searches();
    }
    assertThat(searches).as("of %d lookups", lookups).isLessThan(lookups * 4 / 5);
  }

  /** Always open: the arrival moves on with the clock, and no other route ever comes up. */
  @Test
  void whatIsAlwaysOpenIsSearchedTwice() {
    ContactPlan open =
        plan(
            contact(1, 2, 0, 1_000, 10, 1),
            contact(2, 3, 0, 1_000, 10, 1),
            contact(1, 3, 0, 1_000, 10, 4),
            contact(1, 3, 2_000, 3_000, 10, 0));
    RouteCache cache = new RouteCache(new EarliestArrival(open), new Bookings(open));
    for (double time = 0; time < 900; time += 0.5) {
      assertThat(cache.route(oneToThree(time, 5)).orElseThrow().arrival()).isEqualTo(at(time + 3));
    }
    assertThat(cache.searches()).isEqualTo(2);
  }

  /** A shorter way of the same lag opens: from then on it is the better one. */
  @Test
  void whatIsAlwaysOpenHoldsUntilARivalOpens() {
    ContactPlan open =
        plan(
            contact(1, 2, 0, 1_000, 10, 1),
            contact(2, 3, 0, 1_000, 10, 1),
            contact(1, 3, 500, 600, 10, 2));
    RouteCache cache = new RouteCache(new EarliestArrival(open), new Bookings(open));
    for (double time = 0; time < 900; time += 0.5) {
      Route route = cache.route(oneToThree(time, 0)).orElseThrow();
      assertThat(route.arrival()).isEqualTo(at(time + 2));
      assertThat(route.hops()).hasSize(time >= 500 && time < 600 ? 1 : 2);
    }
    assertThat(cache.searches()).isLessThan(8);
  }

  /** Plans in which most links are always open or open for long, in times of milliseconds. */
  @Test
  void everyAnswerIsTheOneThatASearchGivesWhereLinksAreAlwaysOpen() {
    long lookups = 0;
    long searches = 0;
    for (int round = 0; round < 700; round++) {
      SplittableRandom random = new SplittableRandom(0x09e7L << 32 | round);
      int nodes = 3 + random.nextInt(5);
      ContactPlan plan = steady(random, nodes, 6 + random.nextInt(24));
      Bookings bookings = new Bookings(plan);
      EarliestArrival search = new EarliestArrival(plan);
      RouteCache cache = new RouteCache(new EarliestArrival(plan), bookings);
      OwltMargin margin = random.nextInt(3) == 0 ? new OwltMargin(0, 300_000) : OwltMargin.NONE;
      ContactEnd end = ContactEnd.values()[random.nextInt(2)];
      boolean booking = random.nextInt(3) > 0;
      List<Booking> booked = new ArrayList<>();
      double time = 0;
      for (int step = 0; step < 300; step++) {
        time += random.nextInt(250) / 1000.0;
        if (random.nextInt(3) == 0) {
          time = Math.ceil(time * 100) / 100; // Contacts end on such instants.
        }
        int from = random.nextInt(4) == 0 ? 1 + random.nextInt(nodes) : 1;
        int to = 1 + (from + random.nextInt(nodes - 1)) % nodes;
        List<NodeNumber> not = random.nextInt(10) == 0 ? List.of(node(2)) : List.of();
        RouteQuery query =
            new RouteQuery(
                node(from), node(to), at(time), random.nextInt(3), NORMAL, not, margin, end);
        Optional<Route> route = cache.route(query);
        assertThat(route.map(ExhaustiveSearch.Keys::of))
            .as("round %d, step %d: %s on %s", round, step, query, plan.contacts())
            .isEqualTo(search.route(query, bookings).map(ExhaustiveSearch.Keys::of));
        route.ifPresent(found -> assertThat(found).isEqualTo(along(search, found, bookings)));
        if (booking && random.nextInt(12) == 0) {
          route.flatMap(r -> r.book(bookings)).ifPresent(booked::addAll);
        }
        if (!booked.isEmpty() && random.nextInt(60) == 0) {
          bookings.unbook(booked.remove(random.nextInt(booked.size())));
        }
        lookups++;
      }
      searches += cache.searches();
    }
    assertThat(searches).as("of %d lookups", lookups).isLessThan(lookups / 2);
  }

  /** The same contacts, one after the other. */
  private static Route along(EarliestArrival search, Route route, Bookings bookings) {
    List<Integer> contacts =
        route.hops().stream()
            .map(hop -> search.plan().indexOf(hop.contact()).orElseThrow())
            .toList();
    return search.along(route.query(), contacts, bookings).orElseThrow();
  }

  /** Half of the links never close; lags of 0 to 5 units of 10 ms make ties and near rivals. */
  private static ContactPlan steady(SplittableRandom random, int nodes, int contacts) {
    List<Contact> drawn = new ArrayList<>();
    for (int i = 0; i < contacts; i++) {
      int from = 1 + random.nextInt(nodes);
      int to = 1 + random.nextInt(nodes);
      boolean always = random.nextBoolean();
      double start = always ? 0 : random.nextInt(4_000) / 100.0;
      double end = always ? 1_000 : start + (1 + random.nextInt(2_000)) / 100.0;
      if (from != to) {
        int rate = random.nextInt(3) == 0 ? 50 : 100;
        Contact next = contact(from, to, start, end, rate, random.nextInt(6) / 100.0);
        if (drawn.stream().noneMatch(c -> c.isSamePair(next) && c.overlaps(next))) {
          drawn.add(next);
        }
      }
    }
    return ContactPlan.of(1, drawn);
  }
}
