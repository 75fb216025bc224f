package dev.holdfast.contacts.route;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.Plans;
import dev.holdfast.contacts.ReferenceData;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AlternativesTest {
  private static final int MOST = 8;

  private static Alternatives on(ContactPlan plan) {
    return new Alternatives(new EarliestArrival(plan), new Bookings(plan));
  }

  /** The plan of the CGR tutorial has seven ways from its first node to its last. */
  @Test
  void theTutorialHasSevenRoutes() {
    String text = ReferenceData.text("hdtn/cgrTutorial.json");
    PlanReading.Parsed read =
        (PlanReading.Parsed)
            PlanReader.read(
                new PlanSource("cgrTutorial.json", text),
                ReadOptions.STRICT.withEpoch(Epoch.FLOATING));
    List<Route> routes = on(read.plan()).best(RouteQuery.of(node(1), node(5), at(0), 0), 10);
    assertThat(routes.stream().map(r -> r.arrival().millis() / 1000))
        .containsExactly(3L, 4L, 11L, 31L, 31L, 51L, 51L);
  }

  @Test
  void noNodeIsEnteredTwice() {
    ContactPlan ring =
        plan(
            contact(1, 2, 0, 100, 10, 1),
            contact(2, 1, 0, 100, 10, 1),
            contact(2, 3, 0, 100, 10, 1),
            contact(3, 2, 0, 100, 10, 1),
            contact(1, 3, 50, 100, 10, 1));
    List<Route> routes = on(ring).best(RouteQuery.of(node(1), node(3), at(0), 0), MOST);
    assertThat(routes.stream().map(Route::arrival)).containsExactly(at(2), at(51));
  }

  @Test
  void oneRouteForEachNeighbourThatHasOne() {
    ContactPlan diamond =
        plan(
            contact(1, 2, 0, 100, 10, 5),
            contact(1, 3, 0, 100, 10, 1),
            contact(1, 5, 0, 100, 10, 1),
            contact(2, 4, 0, 100, 10, 1),
            contact(3, 4, 0, 100, 10, 1));
    List<Route> routes = on(diamond).byNeighbour(RouteQuery.of(node(1), node(4), at(0), 0));
    assertThat(routes.stream().map(Route::entryNode)).containsExactly(node(3), node(2));
  }

  @Test
  void theBestOnesOfAllAreFoundInTheirOrder() {
    int several = 0;
    for (int round = 0; round < 5_000; round++) {
      SplittableRandom random = new SplittableRandom(0xa17L << 32 | round);
      int nodes = 3 + random.nextInt(4);
      ContactPlan plan = Plans.random(random, nodes, 10 + random.nextInt(18), 30);
      int from = 1 + random.nextInt(nodes);
      int to = 1 + (from + random.nextInt(nodes - 1)) % nodes;
      long size = random.nextBoolean() ? 0 : random.nextInt(12);
      ContactEnd end = ContactEnd.values()[random.nextInt(2)];
      RouteQuery query =
          RouteQuery.of(node(from), node(to), at(random.nextInt(10)), size)
              .with(OwltMargin.NONE, end);
      List<ExhaustiveSearch.Keys> all = ExhaustiveSearch.all(plan, query, List.of());
      List<Route> routes = on(plan).best(query, MOST);
      assertThat(routes.stream().map(ExhaustiveSearch.Keys::of))
          .as("round %d: %s on %s", round, query, plan.contacts())
          .isEqualTo(all.subList(0, Math.min(MOST, all.size())));
      several += routes.size() > 2 ? 1 : 0;
    }
    assertThat(several).as("rounds with something to choose from").isGreaterThan(1_000);
  }
}
