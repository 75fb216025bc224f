package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteCache;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.contacts.route.RouteTree;
import dev.holdfast.contacts.route.TreeQuery;
import dev.holdfast.contacts.route.TreeSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Queries of one plan: the exact best route, the same from memory, and bundles routed and booked
 * while time goes on.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RoutingBenchmark {
  private static final int QUERIES = 1 << 10;

  /** The plan, as {@link BenchPlan} names it. */
  @Param({"ring:48:3000", "ring:200:16000", "ring:600:100000"})
  public String plan = "";

  /** Bytes of a bundle; 0 for the best case. */
  @Param({"0"})
  public long size;

  private ContactPlan contacts = ContactPlan.EMPTY;
  private EarliestArrival search = new EarliestArrival(ContactPlan.EMPTY);
  private TreeSearch trees = new TreeSearch(search);
  private Bookings bookings = new Bookings(ContactPlan.EMPTY);
  private RouteCache cache = new RouteCache(search, bookings);
  private List<RouteQuery> queries = List.of();
  private int next;

  /** Reads or makes the plan, and the queries. */
  @Setup
  public void make() throws IOException {
    contacts = BenchPlan.named(plan);
    search = new EarliestArrival(contacts);
    trees = new TreeSearch(search);
    SplittableRandom random = new SplittableRandom(7);
    List<NodeNumber> nodes = contacts.nodes();
    long start = contacts.start().orElseThrow().millis();
    long span = contacts.end().orElseThrow().millis() - start;
    List<RouteQuery> made = new ArrayList<>();
    while (made.size() < QUERIES) {
      NodeNumber from = nodes.get(random.nextInt(nodes.size()));
      NodeNumber to = nodes.get(random.nextInt(nodes.size()));
      if (!from.equals(to)) {
        made.add(RouteQuery.of(from, to, new DtnTime(start + random.nextLong(span / 2)), size));
      }
    }
    queries = made;
  }

  /** Forgets what was booked and remembered. */
  @Setup(Level.Iteration)
  public void begin() {
    bookings = new Bookings(contacts);
    cache = new RouteCache(search, bookings);
    next = 0;
  }

  private RouteQuery query() {
    return queries.get(next++ & QUERIES - 1);
  }

  /** From one node to another at a time of its own. */
  @Benchmark
  public Optional<Route> exact() {
    return search.route(query());
  }

  /** From one node to all others, at a time of its own. */
  @Benchmark
  public RouteTree tree() {
    RouteQuery query = query();
    return trees.tree(TreeQuery.of(query.from(), query.at(), size), bookings);
  }

  /** From one node to all others in turn, a millisecond later each time. */
  @Benchmark
  public Optional<DtnTime> remembered() {
    return cache.route(later()).map(Route::arrival);
  }

  /** The same, and the route is booked. */
  @Benchmark
  public boolean routedAndBooked() {
    RouteQuery query = later();
    return cache.route(query).flatMap(route -> route.book(bookings)).isPresent();
  }

  private RouteQuery later() {
    RouteQuery first = queries.getFirst();
    NodeNumber to = query().to();
    if (to.equals(first.from())) {
      to = first.to();
    }
    return new RouteQuery(
        first.from(),
        to,
        first.at().plus(next / 64),
        size,
        TrafficClass.NORMAL,
        List.of(),
        OwltMargin.NONE);
  }
}
