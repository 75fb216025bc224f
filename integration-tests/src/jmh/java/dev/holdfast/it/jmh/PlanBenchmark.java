package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.MissingRange;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.TimeStyle;
import dev.holdfast.contacts.format.Tolerance;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQuery;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * What a plan costs as it grows: to load it, to answer the first query on it, and to keep it. Each
 * iteration is one load, or one query; the first ones, before the compiler has done its work, are
 * what a short command sees.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 8)
@Measurement(iterations = 10)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xmx4g", "-XX:+UseParallelGC"})
public class PlanBenchmark {
  private static final ReadOptions OPTIONS =
      new ReadOptions(
          Epoch.FLOATING,
          Tolerance.STRICT,
          MissingRange.UNUSABLE,
          new PlanLimits(Integer.MAX_VALUE, 2_000_000, 4_096, 1));

  /** The plan, as {@link BenchPlan} names it. */
  @Param({
    "ring:24:1000",
    "ring:100:10000",
    "ring:200:30000",
    "ring:600:100000",
    "ring:1200:300000",
    "ring:2000:1000000"
  })
  public String plan = "";

  private String text = "";
  private ContactPlan contacts = ContactPlan.EMPTY;
  private EarliestArrival search = new EarliestArrival(ContactPlan.EMPTY);
  private final SplittableRandom random = new SplittableRandom(7);
  private final List<EarliestArrival> kept = new ArrayList<>();

  /** What stays in the heap for each contact once a plan is loaded. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class PerContact {
    /** Of the plan. */
    public double planBytes;

    /** Of what the search keeps beside it. */
    public double graphBytes;
  }

  /** Makes or reads the plan and writes it as CSV. */
  @Setup
  public void make() throws IOException {
    ContactPlan made = BenchPlan.named(plan);
    text = PlanWriter.print(made, PlanFormat.CSV, TimeStyle.FLOATING).text();
    contacts = parsed();
  }

  /** A search that has answered nothing yet. */
  @Setup(Level.Iteration)
  public void begin() {
    search = new EarliestArrival(contacts);
  }

  private ContactPlan parsed() {
    return switch (PlanReader.read(new PlanSource("bench.csv", text), OPTIONS)) {
      case PlanReading.Parsed read -> read.plan();
      case PlanReading.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  /** From the text to a plan that can be searched. */
  @Benchmark
  public EarliestArrival load() {
    return new EarliestArrival(parsed());
  }

  /** Of that, from a plan to one that can be searched. */
  @Benchmark
  public EarliestArrival graph() {
    return new EarliestArrival(contacts);
  }

  /** The first query on a plan, from one node to another. */
  @Benchmark
  public Optional<Route> firstRoute() {
    List<NodeNumber> nodes = contacts.nodes();
    int from = random.nextInt(nodes.size());
    int to = (from + 1 + random.nextInt(nodes.size() - 1)) % nodes.size();
    DtnTime at = contacts.start().orElseThrow();
    return search.route(RouteQuery.of(nodes.get(from), nodes.get(to), at, 0));
  }

  /** Memory, not time. Nothing is let go meanwhile, or it would be missing from the difference. */
  @Benchmark
  @Warmup(iterations = 1)
  @Measurement(iterations = 1)
  public EarliestArrival heap(PerContact use) {
    long before = used();
    ContactPlan read = parsed();
    long loaded = used();
    EarliestArrival ready = new EarliestArrival(read);
    double count = read.contacts().size();
    use.planBytes = (loaded - before) / count;
    use.graphBytes = (used() - loaded) / count;
    kept.add(ready);
    return ready;
  }

  private static long used() {
    // A collector leaves small gaps as they are, and closes every one only now and then.
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
