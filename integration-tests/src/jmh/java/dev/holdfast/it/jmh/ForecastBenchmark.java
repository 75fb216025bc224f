package dev.holdfast.it.jmh;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Demand;
import dev.holdfast.contacts.forecast.Flow;
import dev.holdfast.contacts.forecast.Forecast;
import dev.holdfast.contacts.forecast.Forecaster;
import dev.holdfast.contacts.forecast.Present;
import dev.holdfast.contacts.route.OwltMargin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
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

/**
 * One forecast of a gateway with as much traffic as it takes into account: 64 flows over the time
 * of the plan, together in as many steps, from the node with most contacts; and what the node's own
 * thread does for it, a copy of what is booked.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 3, time = 5)
@Fork(1)
public class ForecastBenchmark {
  private static final int FLOWS = 64;

  /** The plan, as {@link BenchPlan} names it. */
  @Param({"ring:48:3000", "ring:600:100000"})
  public String plan = "";

  /** Steps of each flow; a gateway takes 256 with small plans and 32 with large ones. */
  @Param({"32", "256"})
  public int steps;

  /** Bytes of a flow: what fits, or far more. */
  @Param({"2560000", "2560000000"})
  public long bytes;

  private ContactPlan contacts = ContactPlan.EMPTY;
  private List<Flow> flows = List.of();
  private Bookings booked = new Bookings(ContactPlan.EMPTY);

  /** Reads or makes the plan, the traffic, and bookings of all of it. */
  @Setup
  public void make() throws IOException {
    contacts = BenchPlan.named(plan);
    NodeNumber self = contacts.nodes().getFirst();
    for (NodeNumber node : contacts.nodes()) {
      if (contacts.contactsFrom(node).size() > contacts.contactsFrom(self).size()) {
        self = node;
      }
    }
    SplittableRandom random = new SplittableRandom(7);
    DtnTime start = contacts.start().orElseThrow();
    long span = contacts.end().orElseThrow().since(start);
    List<Flow> made = new ArrayList<>();
    while (made.size() < FLOWS) {
      NodeNumber to = contacts.nodes().get(random.nextInt(contacts.nodes().size()));
      TrafficClass trafficClass = TrafficClass.values()[made.size() % 4];
      if (!to.equals(self)) {
        made.add(
            new Flow(
                self,
                to,
                start.plus(random.nextLong(span / steps)),
                span / steps,
                steps,
                Math.max(1, bytes / steps / 16),
                trafficClass,
                span,
                16,
                true));
      }
    }
    flows = made;
    booked = new Bookings(contacts);
    Forecast forecast = Forecaster.of(present(booked), demand());
    System.out.printf(
        "%,d of %,d bundles carried, %,d contacts full, booked on %,d%n",
        forecast.carried(),
        forecast.bundles(),
        forecast.full().size(),
        booked.bookedBytes().size());
  }

  private Present present(Bookings bookings) {
    return new Present(
        bookings,
        contacts.start().orElseThrow(),
        contacts.end().orElseThrow(),
        List.of(),
        List.of(),
        3,
        OwltMargin.NONE);
  }

  private Demand demand() {
    return new Demand(flows, new TreeMap<>());
  }

  /** The forecast. */
  @Benchmark
  public Forecast forecast() {
    return Forecaster.of(present(new Bookings(contacts)), demand());
  }

  /** What the node copies for it. */
  @Benchmark
  public Bookings copy() {
    return booked.copyFrom(contacts.start().orElseThrow());
  }
}
