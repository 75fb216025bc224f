package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Queries of one plan at any time of it: those that have a route, and those that have none. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class UnreachableBenchmark {
  private static final int QUERIES = 1 << 12;

  /** The plan, as {@link BenchPlan} names it. */
  @Param({"passes:48:3000", "passes:200:16000"})
  public String plan = "";

  private EarliestArrival search = new EarliestArrival(ContactPlan.EMPTY);
  private final List<RouteQuery> served = new ArrayList<>();
  private final List<RouteQuery> unserved = new ArrayList<>();
  private int next;

  /** Reads or makes the plan, and sorts queries. */
  @Setup
  public void make() throws IOException {
    ContactPlan contacts = BenchPlan.named(plan);
    search = new EarliestArrival(contacts);
    SplittableRandom random = new SplittableRandom(7);
    List<NodeNumber> nodes = contacts.nodes();
    DtnTime start = contacts.start().orElseThrow();
    long span = contacts.end().orElseThrow().since(start);
    for (int made = 0; made < QUERIES; made++) {
      int from = random.nextInt(nodes.size());
      int to = (from + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
      DtnTime at = start.plus(random.nextLong(span));
      RouteQuery query = RouteQuery.of(nodes.get(from), nodes.get(to), at, 0);
      (search.route(query).isPresent() ? served : unserved).add(query);
    }
    if (served.isEmpty() || unserved.isEmpty()) {
      throw new IllegalStateException("in this plan no node, or every node, can be reached");
    }
    search = new EarliestArrival(contacts);
  }

  /** With a route. */
  @Benchmark
  public Optional<Route> reachable() {
    return search.route(served.get(next++ % served.size()));
  }

  /** Without. */
  @Benchmark
  public Optional<Route> unreachable() {
    return search.route(unserved.get(next++ % unserved.size()));
  }
}
