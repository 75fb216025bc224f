package dev.holdfast.contacts.route;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.Plans;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeSearchTest {
  /** 1 sends to 2, which sends on to 3 and 4; 1 reaches 4 itself later, and 5 never. */
  private static final ContactPlan FORK =
      plan(
          contact(1, 2, 10, 20, 10, 1),
          contact(2, 3, 0, 40, 10, 1),
          contact(2, 4, 0, 40, 10, 2),
          contact(1, 4, 50, 60, 10, 0),
          contact(5, 1, 0, 60, 10, 0));

  private static TreeSearch on(ContactPlan plan) {
    return new TreeSearch(new EarliestArrival(plan));
  }

  @Test
  void oneTreeTellsOfEveryNode() {
    RouteTree tree = on(FORK).tree(TreeQuery.of(node(1), at(0), 20), new Bookings(FORK));
    assertThat(tree.arrival(node(1))).contains(at(0));
    assertThat(tree.arrival(node(2))).contains(at(13));
    assertThat(tree.arrival(node(3))).contains(at(16));
    assertThat(tree.arrival(node(4))).contains(at(17));
    assertThat(tree.arrival(node(5))).isEmpty();
    assertThat(tree.arrival(node(9))).isEmpty();
    assertThat(tree.reached()).containsExactly(node(2), node(3), node(4));
    assertThat(tree.way(node(4)))
        .containsExactly(
            new Hop(contact(1, 2, 10, 20, 10, 1), at(10), at(12), at(13)),
            new Hop(contact(2, 4, 0, 40, 10, 2), at(13), at(15), at(17)));
    assertThat(tree.way(node(1))).isEmpty();
    assertThat(tree.way(node(5))).isEmpty();
  }

  @Test
  void severalDestinationsShareTheirHops() {
    RouteTree tree = on(FORK).tree(TreeQuery.of(node(1), at(0), 20), new Bookings(FORK));
    List<RouteTree.Branch> branches =
        tree.branches(List.of(node(4), node(3), node(2), node(5), node(1)));
    assertThat(branches).hasSize(1);
    RouteTree.Branch first = branches.getFirst();
    assertThat(first.hop().contact().to()).isEqualTo(node(2));
    assertThat(first.destinations()).containsExactly(node(2), node(3), node(4));
    assertThat(first.next().stream().map(b -> b.hop().contact().to()))
        .containsExactly(node(3), node(4));
    assertThat(first.next().getFirst().destinations()).containsExactly(node(3));
    assertThat(first.transmissions()).isEqualTo(3);
    assertThat(tree.branches(List.of(node(5)))).isEmpty();
  }

  @Test
  void anyOfSeveralIsTheBestOne() {
    TreeSearch search = on(FORK);
    Bookings none = new Bookings(FORK);
    TreeQuery query = TreeQuery.of(node(1), at(0), 20);
    assertThat(search.anycast(query, List.of(node(4), node(3), node(9)), none).map(Route::arrival))
        .contains(at(16));
    assertThat(search.anycast(query, List.of(node(5), node(9)), none)).isEmpty();
    assertThat(search.anycast(TreeQuery.of(node(9), at(0), 0), List.of(node(1)), none)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> search.anycast(query, List.of(), none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> search.anycast(query, List.of(node(1)), none));
  }

  /** Among members that are reached at the same time the other keys decide, then the number. */
  @Test
  void anyOfSeveralByAllKeys() {
    ContactPlan plan =
        plan(
            contact(1, 2, 0, 10, 10, 1),
            contact(2, 3, 0, 10, 10, 1),
            contact(1, 4, 0, 10, 10, 2),
            contact(1, 5, 0, 20, 10, 2),
            contact(1, 6, 0, 20, 10, 2));
    List<NodeNumber> members = List.of(node(6), node(3), node(4), node(5));
    Route best =
        on(plan)
            .anycast(TreeQuery.of(node(1), at(0), 0), members, new Bookings(plan))
            .orElseThrow();
    assertThat(best.query().to()).isEqualTo(node(5));
  }

  @Test
  void aTreeOfAnUnknownNodeIsEmpty() {
    RouteTree tree = on(FORK).tree(TreeQuery.of(node(9), at(0), 0), new Bookings(FORK));
    assertThat(tree.reached()).isEmpty();
    assertThat(tree.arrival(node(1))).isEmpty();
    assertThat(tree.way(node(1))).isEmpty();
  }

  /** Arrivals of the tree, all keys of the routes and of anycast: those of searches one by one. */
  @Test
  void manyDestinationsAreAnsweredAsOneByOne() {
    int reached = 0;
    for (int round = 0; round < 10_000; round++) {
      SplittableRandom random = new SplittableRandom(0x7eeL << 32 | round);
      int nodes = 3 + random.nextInt(6);
      ContactPlan plan = Plans.random(random, nodes, 6 + random.nextInt(30), 30);
      Bookings bookings = new Bookings(plan);
      for (Contact contact : plan.contacts()) {
        if (random.nextInt(3) == 0) {
          bookings
              .volume(contact)
              .book(at(random.nextInt(30)), 1 + random.nextInt(6), TrafficClass.NORMAL);
        }
      }
      TreeQuery query =
          new TreeQuery(
              node(1 + random.nextInt(nodes)),
              at(random.nextInt(20)),
              random.nextInt(3) == 0 ? 0 : random.nextInt(8),
              TrafficClass.NORMAL,
              random.nextInt(4) == 0 ? List.of(node(1 + random.nextInt(nodes))) : List.of(),
              random.nextInt(4) == 0 ? new OwltMargin(700, 100_000) : OwltMargin.NONE,
              ContactEnd.values()[random.nextInt(2)]);
      reached += assertAnsweredAsOneByOne("round " + round, query, plan, bookings);
    }
    assertThat(reached).isGreaterThan(20_000);
  }

  private static int assertAnsweredAsOneByOne(
      String round, TreeQuery query, ContactPlan plan, Bookings bookings) {
    EarliestArrival search = new EarliestArrival(plan);
    TreeSearch trees = new TreeSearch(search);
    List<NodeNumber> others =
        plan.nodes().stream().filter(node -> !node.equals(query.from())).toList();
    RouteTree tree = trees.tree(query, bookings);
    var routes = trees.routes(query, plan.nodes(), bookings);
    List<Route> expected = new ArrayList<>();
    for (NodeNumber to : others) {
      Optional<Route> route = search.route(query.to(to), bookings);
      assertThat(tree.arrival(to)).as(round).isEqualTo(route.map(Route::arrival));
      assertThat(Optional.ofNullable(routes.get(to))).as(round).isEqualTo(route);
      assertIsWay(tree.way(to), query, tree.arrival(to).isPresent());
      route.ifPresent(expected::add);
    }
    assertThat(tree.reached()).as(round).isEqualTo(List.copyOf(routes.keySet()));
    if (!others.isEmpty()) {
      assertThat(trees.anycast(query, others, bookings).map(ExhaustiveSearch.Keys::of))
          .as(round)
          .isEqualTo(expected.stream().min(Route.BEST_FIRST).map(ExhaustiveSearch.Keys::of));
    }
    assertServesEach(tree, expected);
    assertCanBeBooked(tree, others, query, bookings);
    return expected.size();
  }

  private static void assertIsWay(List<Hop> way, TreeQuery query, boolean reached) {
    NodeNumber here = query.from();
    var time = query.at();
    for (Hop hop : way) {
      assertThat(hop.contact().from()).isEqualTo(here);
      assertThat(hop.firstByte()).isGreaterThanOrEqualTo(time);
      assertThat(hop.lastByte()).isLessThanOrEqualTo(hop.contact().end());
      here = hop.contact().to();
      time = hop.arrival();
    }
    assertThat(way.isEmpty()).isEqualTo(!reached);
  }

  private static void assertServesEach(RouteTree tree, List<Route> expected) {
    List<NodeNumber> served =
        tree.branches(tree.reached()).stream().flatMap(b -> b.destinations().stream()).toList();
    assertThat(new HashSet<>(served))
        .isEqualTo(new HashSet<>(expected.stream().map(route -> route.query().to()).toList()));
    assertThat(served).doesNotHaveDuplicates();
  }

  /** The copies of one bundle never meet on a contact: each hop can be booked as it stands. */
  private static void assertCanBeBooked(
      RouteTree tree, List<NodeNumber> others, TreeQuery query, Bookings bookings) {
    Set<Contact> used = new HashSet<>();
    List<RouteTree.Branch> open = new ArrayList<>(tree.branches(others));
    while (!open.isEmpty()) {
      RouteTree.Branch branch = open.removeLast();
      open.addAll(branch.next());
      Hop hop = branch.hop();
      assertThat(used.add(hop.contact())).isTrue();
      if (query.sizeBytes() > 0) {
        var there = tree.arrival(hop.contact().from()).orElseThrow();
        Optional<Booking> booked =
            bookings.volume(hop.contact()).book(there, query.sizeBytes(), query.trafficClass());
        assertThat(booked.map(Booking::last)).contains(hop.lastByte());
      }
    }
  }
}
