package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.TrafficClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a run. Everything but {@link #speed} follows from the scenario and the seed. All
 * times are nanoseconds since the start.
 *
 * @param scenario its name
 * @param seed the seed
 * @param durationNanos how much virtual time passed
 * @param hash of everything that happened
 * @param events calls of nodes, links and sessions
 * @param totals what became of the bundles
 * @param latencies how long deliveries took, by class; classes without a delivery are not in it
 * @param contacts what links carried, in order of time; at most {@link #MOST_CONTACTS}
 * @param contactsLeftOut how many more there were
 * @param nodes what nodes held over time
 * @param faults what went wrong, in order of time
 * @param verdicts on what was expected
 * @param violation the rule that was broken, which ended the run
 * @param speed how long it took in truth
 */
public record RunResult(
    String scenario,
    long seed,
    long durationNanos,
    String hash,
    long events,
    Totals totals,
    Map<TrafficClass, Latency> latencies,
    List<ContactUse> contacts,
    long contactsLeftOut,
    List<NodeCourse> nodes,
    List<Mark> faults,
    List<Expectation.Verdict> verdicts,
    Optional<Broken> violation,
    Speed speed) {
  /** Most contacts that are listed one by one. */
  public static final int MOST_CONTACTS = 20_000;

  /** Keeps unmodifiable copies. */
  public RunResult {
    contacts = List.copyOf(contacts);
    nodes = List.copyOf(nodes);
    faults = List.copyOf(faults);
    verdicts = List.copyOf(verdicts);
  }

  /** The same, and how long it took. */
  public RunResult took(long realNanos) {
    return new RunResult(
        scenario,
        seed,
        durationNanos,
        hash,
        events,
        totals,
        latencies,
        contacts,
        contactsLeftOut,
        nodes,
        faults,
        verdicts,
        violation,
        new Speed(realNanos));
  }

  /** Whether no rule was broken and everything expected came true. */
  public boolean passed() {
    return violation.isEmpty() && verdicts.stream().allMatch(Expectation.Verdict::met);
  }

  /**
   * What became of the bundles that applications handed over; {@code created} is the sum of the six
   * behind it.
   *
   * @param created bundles that a node took from an application and said so
   * @param delivered acknowledged by the application they were for
   * @param held still held somewhere, their lifetime not over
   * @param expired ended with their lifetime
   * @param deleted ended for another reason that was told
   * @param bestEffortLost best-effort bundles that a crash took
   * @param excused lost by what no gateway can help: a store put back, a neighbour that lies
   * @param refused what nodes did not take from applications
   * @param repetitions bundles handed to an application again before it acknowledged
   * @param duplicates bundles that came to a node again and were not taken twice
   * @param transfers transfers begun
   * @param transfersFailed transfers that failed
   * @param fragments fragments cut
   * @param crashes how often a process ended without warning
   */
  public record Totals(
      long created,
      long delivered,
      long held,
      long expired,
      long deleted,
      long bestEffortLost,
      long excused,
      long refused,
      long repetitions,
      long duplicates,
      long transfers,
      long transfersFailed,
      long fragments,
      long crashes) {}

  /**
   * How long deliveries took, from the application that sent to the one that acknowledged.
   *
   * @param count how many
   * @param p50Nanos half of them
   * @param p95Nanos 95 of 100
   * @param p99Nanos 99 of 100
   * @param maxNanos all of them
   * @param bars how many took how long: upper bounds rising, in steps of an eighth of a power of
   *     two
   */
  public record Latency(
      long count, long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos, List<Bar> bars) {
    /** Keeps an unmodifiable copy. */
    public Latency {
      bars = List.copyOf(bars);
    }
  }

  /**
   * One bar of a distribution.
   *
   * @param toNanos upper bound
   * @param count how many
   */
  public record Bar(long toNanos, long count) {}

  /**
   * A time in which a direction of a link was open.
   *
   * @param link {@code from>to}
   * @param fromNanos its beginning
   * @param toNanos its end
   * @param capacityBytes what it could carry; -1 for no limit
   * @param carriedBytes what it carried
   */
  public record ContactUse(
      String link, long fromNanos, long toNanos, long capacityBytes, long carriedBytes) {}

  /**
   * What a node held over time, at equal steps.
   *
   * @param node its name
   * @param stepNanos from sample to sample
   * @param bundles bundles held at each
   * @param bytes bytes held at each
   * @param mostBundles most at any time
   * @param mostBytes most at any time
   */
  public record NodeCourse(
      String node,
      long stepNanos,
      List<Long> bundles,
      List<Long> bytes,
      long mostBundles,
      long mostBytes) {
    /** Keeps unmodifiable copies. */
    public NodeCourse {
      bundles = List.copyOf(bundles);
      bytes = List.copyOf(bytes);
    }
  }

  /**
   * Something that went wrong.
   *
   * @param atNanos when it began
   * @param forNanos how long it lasted
   * @param where the node or link
   * @param what in words
   */
  public record Mark(long atNanos, long forNanos, String where, String what) {}

  /**
   * The first rule that was broken.
   *
   * @param rule its name
   * @param atNanos when
   * @param what in words
   * @param before what happened last, oldest first
   */
  public record Broken(String rule, long atNanos, String what, List<String> before) {
    /** Keeps an unmodifiable copy. */
    public Broken {
      before = List.copyOf(before);
    }
  }

  /**
   * How fast it went.
   *
   * @param realNanos real time
   */
  public record Speed(long realNanos) {}
}
