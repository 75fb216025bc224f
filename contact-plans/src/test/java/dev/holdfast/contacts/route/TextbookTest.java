package dev.holdfast.contacts.route;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.ReferenceData;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.Tolerance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases that other routers and their papers test, beside those in {@link EarliestArrivalTest}. */
class TextbookTest {
  private static Route best(ContactPlan plan, long from, long to, double time, long size) {
    return new EarliestArrival(plan)
        .route(RouteQuery.of(node(from), node(to), at(time), size))
        .orElseThrow();
  }

  private static ContactPlan read(String name) {
    ReadOptions options =
        ReadOptions.STRICT.withEpoch(Epoch.FLOATING).withTolerance(Tolerance.REPAIR);
    PlanSource source = new PlanSource(name, ReferenceData.text(name));
    return ((PlanReading.Parsed) PlanReader.read(source, options)).plan();
  }

  // The plan of pydtnsim's tests.
  @Test
  void twoRoutesOneAfterTheOther() {
    ContactPlan plan =
        plan(
            contact(1, 2, 10, 20, 1000, 0),
            contact(2, 4, 20, 30, 1000, 0),
            contact(1, 3, 40, 50, 1000, 0),
            contact(3, 4, 70, 80, 1000, 0));
    List<Route> routes =
        new Alternatives(new EarliestArrival(plan), new Bookings(plan))
            .best(RouteQuery.of(node(1), node(4), at(0), 0), 5);
    assertThat(routes).hasSize(2);
    assertThat(routes.getFirst().arrival()).isEqualTo(at(20));
    assertThat(routes.getFirst().volumeLeft()).isEqualTo(10_000);
    assertThat(routes.getFirst().termination()).isEqualTo(at(20));
    assertThat(routes.getLast().arrival()).isEqualTo(at(70));
    assertThat(routes.getLast().termination()).isEqualTo(at(50));
  }

  // ION's asymmetric-range: a range from the smaller node to the greater holds both ways, unless
  // there is one for the way back; one from the greater to the smaller says nothing of the other.
  @Test
  void lightMayTakeLongerOneWay() {
    String contacts = "a contact +0 +100 1 2 1000\na contact +0 +100 2 1 1000\n";
    ContactPlan both = ion("a range +0 +100 1 2 5\n" + contacts);
    assertThat(best(both, 1, 2, 0, 0).arrival()).isEqualTo(at(5));
    assertThat(best(both, 2, 1, 0, 0).arrival()).isEqualTo(at(5));
    ContactPlan asymmetric = ion("a range +0 +100 1 2 5\na range +0 +100 2 1 9\n" + contacts);
    assertThat(best(asymmetric, 1, 2, 0, 0).arrival()).isEqualTo(at(5));
    assertThat(best(asymmetric, 2, 1, 0, 0).arrival()).isEqualTo(at(9));
    ContactPlan back = ion("a range +0 +100 2 1 9\n" + contacts);
    assertThat(best(back, 2, 1, 0, 0).arrival()).isEqualTo(at(9));
    assertThat(new EarliestArrival(back).route(RouteQuery.of(node(1), node(2), at(0), 0)))
        .isEmpty();
  }

  private static ContactPlan ion(String text) {
    PlanSource source = new PlanSource("asymmetric.ionrc", text);
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);
    return ((PlanReading.Parsed) PlanReader.read(source, options)).plan();
  }

  // The plan on which a search with a set of visited nodes needs four hops (verified-sabr).
  @Test
  void theWayOverASlowerContactHasFewerHops() {
    ContactPlan plan =
        plan(
            contact(1, 2, 0, 100, 1, 1),
            contact(2, 3, 0, 100, 1, 1),
            contact(1, 3, 0, 100, 1, 3),
            contact(3, 4, 4, 100, 1, 1),
            contact(4, 5, 0, 100, 1, 1));
    Route route = best(plan, 1, 5, 0, 0);
    assertThat(route.arrival()).isEqualTo(at(6));
    assertThat(route.hops()).hasSize(3);
    assertThat(route.entryNode()).isEqualTo(node(3));
  }

  // A-SABR's accuracy cases: the node that is reached first is not on the way with fewest hops.
  @Test
  void whoWaitsMayNeedFewerHops() {
    ContactPlan plan =
        plan(
            contact(10, 1, 0, 10, 1, 0),
            contact(10, 2, 25, 35, 1, 0),
            contact(1, 2, 10, 20, 1, 0),
            contact(2, 3, 30, 40, 1, 0));
    Route route = best(plan, 10, 3, 0, 0);
    assertThat(route.arrival()).isEqualTo(at(30));
    assertThat(route.hops()).hasSize(2);
    ContactPlan longer =
        plan(
            contact(10, 1, 0, 10, 1, 0),
            contact(10, 2, 25, 35, 1, 0),
            contact(1, 2, 10, 20, 1, 0),
            contact(2, 3, 20, 40, 1, 0),
            contact(3, 4, 50, 60, 1, 0));
    Route toFour = best(longer, 10, 4, 0, 0);
    assertThat(toFour.arrival()).isEqualTo(at(50));
    assertThat(toFour.hops()).hasSize(3);
  }

  // A-SABR's case of queues: rate 1, bundles of 20 bytes, nodes 0 to 4 as 10, 1 to 4.
  @Test
  void whatIsQueuedDelaysWhatComesAfterAndIsRoomAgainWhenItIsGone() {
    ContactPlan plan =
        plan(
            contact(10, 1, 0, 100, 1, 0),
            contact(1, 2, 100, 200, 1, 0),
            contact(2, 3, 200, 300, 1, 0),
            contact(1, 4, 0, 90, 1, 0));
    EarliestArrival search = new EarliestArrival(plan);
    Bookings bookings = new Bookings(plan);
    RouteQuery toThree = RouteQuery.of(node(10), node(3), at(15), 20);
    RouteQuery toFour = RouteQuery.of(node(10), node(4), at(15), 20);
    Route first = search.route(toThree, bookings).orElseThrow();
    assertThat(first.arrival()).isEqualTo(at(220));
    List<Booking> booked = first.book(bookings).orElseThrow();
    Route second = search.route(toThree, bookings).orElseThrow();
    assertThat(second.arrival()).isEqualTo(at(240));
    second.book(bookings).orElseThrow();
    assertThat(search.route(toFour, bookings)).isEmpty();
    booked.forEach(bookings::unbook);
    assertThat(search.route(toFour, bookings).map(Route::arrival)).contains(at(55));
  }

  @ParameterizedTest(name = "{1} to {2} on {0}")
  @CsvSource({
    "hdtn/10nodes.json, 20, 40, 3686",
    "hdtn/50nodes.json, 20, 40, 3513",
    "hdtn/100nodes.json, 20, 40, 1215",
  })
  void theNextHopIsThatOfTheReference(String plan, long from, long to, long next) {
    assertThat(best(read(plan), from, to, 0, 0).entryNode()).isEqualTo(node(next));
  }

  // ION's regression on recomputing: with the last change of the plan both ways are direct.
  @Test
  void aDiamondThatFlapsHasNoLoop() {
    ContactPlan plan = read("ion/diamond-flapping.ionrc");
    double start = plan.start().orElseThrow().millis() / 1000.0;
    for (double time = 0; time < 200; time += 0.5) {
      for (long to : new long[] {2, 3}) {
        Optional<Route> route =
            new EarliestArrival(plan).route(RouteQuery.of(node(4), node(to), at(start + time), 0));
        List<Long> entered =
            route.orElseThrow().hops().stream().map(hop -> hop.contact().to().value()).toList();
        assertThat(entered).doesNotHaveDuplicates().doesNotContain(4L);
      }
    }
    assertThat(best(plan, 4, 2, start + 160, 0).hops()).hasSize(1);
  }

  // ION's regression on critical bundles: a copy goes over each neighbour.
  @Test
  void aCriticalBundleLeavesADiamondOnBothSides() {
    ContactPlan plan = read("ion/diamond-critical.ionrc");
    List<Route> copies =
        new Alternatives(new EarliestArrival(plan), new Bookings(plan))
            .byNeighbour(RouteQuery.of(node(1), node(4), plan.start().orElseThrow(), 100));
    assertThat(copies.stream().map(Route::entryNode)).containsExactly(node(2), node(3));
  }

  // ION takes node 5 here, which arrives as early and is usable for less long.
  @Test
  void theWideWayOnTheMarsPlan() {
    Route route = best(read("canonical/ion_cgr_test_rw.csv"), 9, 1, 0, 0);
    assertThat(route.arrival()).isEqualTo(at(3925));
    assertThat(route.entryNode()).isEqualTo(node(7));
  }
}
