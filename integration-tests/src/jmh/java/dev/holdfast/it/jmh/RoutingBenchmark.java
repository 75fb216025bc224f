package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
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
import java.nio.file.Files;
import java.nio.file.Path;
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
 *
 * <p>A plan is the path of a file in the canonical CSV ({@code from,to,start_s,end_s,rate,owlt_s}),
 * or {@code ring:NODES:CONTACTS}: made here, satellites in a ring that pass ground stations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RoutingBenchmark {
  private static final int QUERIES = 1 << 10;
  private static final long DAY_MILLIS = 86_400_000;

  /** The plan. */
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
    contacts = plan.startsWith("ring:") ? ring(plan.split(":")) : read(Path.of(plan));
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
  public Optional<Route> remembered() {
    return cache.route(later());
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

  private static ContactPlan read(Path file) throws IOException {
    List<Contact> contacts = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] field = line.split(",");
      Contact next =
          Contact.of(
              NodeNumber.of(Long.parseLong(field[0])),
              NodeNumber.of(Long.parseLong(field[1])),
              time(field[2]),
              time(field[3]),
              Math.round(Double.parseDouble(field[4])),
              Math.round(Double.parseDouble(field[5]) * 1000));
      contacts.add(next);
    }
    return ContactPlan.of(1, contacts);
  }

  private static DtnTime time(String seconds) {
    return new DtnTime(Math.round(Double.parseDouble(seconds) * 1000));
  }

  /**
   * A tenth of the nodes are stations; satellites hear their two neighbours in the ring for ever,
   * and each station for some minutes at a time.
   */
  private static ContactPlan ring(String[] words) {
    int nodes = Integer.parseInt(words[1]);
    int wanted = Integer.parseInt(words[2]);
    int stations = Math.max(2, nodes / 10);
    int satellites = nodes - stations;
    List<Contact> contacts = new ArrayList<>();
    DtnTime end = new DtnTime(DAY_MILLIS);
    for (int s = 0; s < satellites; s++) {
      for (int other : new int[] {(s + 1) % satellites, (s + satellites - 1) % satellites}) {
        contacts.add(
            Contact.of(node(stations + s), node(stations + other), time("0"), end, 125_000, 10));
      }
    }
    int passes = Math.max(1, (wanted - contacts.size()) / (2 * satellites * stations) + 1);
    SplittableRandom random = new SplittableRandom(nodes);
    for (int s = 0; s < satellites; s++) {
      for (int g = 0; g < stations; g++) {
        long period = DAY_MILLIS / passes;
        long phase = random.nextLong(period);
        for (int p = 0; p < passes && contacts.size() < wanted; p++) {
          DtnTime from = new DtnTime(Math.min(phase + p * period, DAY_MILLIS - 1));
          DtnTime to =
              new DtnTime(Math.min(from.millis() + Math.min(480_000, period / 2), DAY_MILLIS));
          contacts.add(Contact.of(node(g), node(stations + s), from, to, 125_000, 4));
          contacts.add(Contact.of(node(stations + s), node(g), from, to, 1_250_000, 4));
        }
      }
    }
    return ContactPlan.of(1, contacts);
  }

  private static NodeNumber node(int index) {
    return NodeNumber.of(index + 1);
  }
}
