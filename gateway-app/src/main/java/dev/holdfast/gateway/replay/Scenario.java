package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.HostileNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A network, what truly happens to its links, what is sent, what goes wrong, and what is expected
 * of it. All times are nanoseconds since its start.
 *
 * @param name its name
 * @param start the true time at its start
 * @param durationNanos how long it runs
 * @param seed the seed unless another is given
 * @param nodes the nodes
 * @param links the links between them
 * @param contacts when links are open in truth, by rule
 * @param traces when links are open in truth, by file
 * @param plan what the nodes believe of that
 * @param traffic what applications send
 * @param faults what goes wrong
 * @param chaos what goes wrong beside that, drawn by the seed
 * @param expectations what must come of it
 */
public record Scenario(
    String name,
    DtnTime start,
    long durationNanos,
    long seed,
    List<NodeSpec> nodes,
    List<LinkSpec> links,
    List<ContactRule> contacts,
    List<TraceFile> traces,
    PlanSource plan,
    List<Flow> traffic,
    List<Fault> faults,
    Optional<Chaos> chaos,
    List<Expectation> expectations) {

  /** Keeps unmodifiable copies. */
  public Scenario {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    contacts = List.copyOf(contacts);
    traces = List.copyOf(traces);
    traffic = List.copyOf(traffic);
    faults = List.copyOf(faults);
    expectations = List.copyOf(expectations);
  }

  /**
   * A node.
   *
   * @param name its name in the scenario and in traces; a trace may also use its node number
   * @param id its identity
   * @param syncNanos how long a batch takes until it is durable
   * @param holdBytes most bundle bytes it holds
   * @param driftPpm how much too fast its clock runs, in parts per million
   * @param hostile how it behaves if it is no gateway but lies
   */
  public record NodeSpec(
      String name,
      NodeId id,
      long syncNanos,
      long holdBytes,
      long driftPpm,
      Optional<HostileNode.Manner> hostile) {}

  /**
   * A link between two nodes.
   *
   * @param first one node; it dials where the convergence layer dials
   * @param second the other
   * @param protocol the convergence layer: {@code ideal}, {@code beacon}, {@code tcpcl}, {@code
   *     mtcp}
   * @param channel what it is like where contacts and traces do not say
   * @param always whether the nodes hold it open all the time instead of following the plan
   * @param routes destinations beyond the other end that go by it, as seen from the first node
   * @param routesBack the same as seen from the second
   */
  public record LinkSpec(
      String first,
      String second,
      String protocol,
      Channel channel,
      boolean always,
      List<EidPattern> routes,
      List<EidPattern> routesBack) {
    /** Keeps unmodifiable copies. */
    public LinkSpec {
      routes = List.copyOf(routes);
      routesBack = List.copyOf(routesBack);
    }
  }

  /**
   * Contacts that come again and again.
   *
   * @param from sender
   * @param to receiver
   * @param bothWays whether the receiver can send at the same time
   * @param firstNanos start of the first
   * @param everyNanos from start to start
   * @param lengthNanos how long each is
   * @param untilNanos none starts then or later
   * @param channel what the link is like in them
   * @param except times in which there are none
   */
  public record ContactRule(
      String from,
      String to,
      boolean bothWays,
      long firstNanos,
      long everyNanos,
      long lengthNanos,
      long untilNanos,
      Channel channel,
      List<Window> except) {
    /** Keeps an unmodifiable copy. */
    public ContactRule {
      except = List.copyOf(except);
    }
  }

  /**
   * A stretch of time.
   *
   * @param fromNanos its beginning
   * @param toNanos its end
   */
  public record Window(long fromNanos, long toNanos) {}

  /**
   * What truly happened, recorded.
   *
   * @param file the trace
   * @param format its format; empty to tell by its content
   * @param channel what links are like where it does not say
   * @param offsetNanos when it begins
   * @param link the direction it is about, {@code from>to}, if it does not say
   */
  public record TraceFile(
      Path file,
      Optional<String> format,
      Channel channel,
      long offsetNanos,
      Optional<String> link) {}

  /** What the nodes believe about contacts. */
  public sealed interface PlanSource {
    /** The truth: contact rules, and traces as far as they are plans. */
    record Truth() implements PlanSource {}

    /**
     * A plan in a file; its node numbers are those of the nodes.
     *
     * @param file the plan
     */
    record PlanFile(Path file) implements PlanSource {}

    /** Nothing. */
    record None() implements PlanSource {}
  }

  /**
   * What one application sends to another.
   *
   * @param from the node
   * @param source its endpoint
   * @param to the endpoint it sends to
   * @param firstNanos when it begins
   * @param everyNanos from one to the next
   * @param random whether the gaps are drawn (exponentially, of that mean) instead of equal
   * @param count how many at most
   * @param leastBytes smallest payload
   * @param mostBytes largest payload
   * @param trafficClass traffic class
   * @param bestEffort may be lost in a crash
   * @param critical copies by every feasible neighbour
   * @param lifetimeMillis lifetime
   */
  public record Flow(
      String from,
      Eid source,
      Eid to,
      long firstNanos,
      long everyNanos,
      boolean random,
      long count,
      int leastBytes,
      int mostBytes,
      TrafficClass trafficClass,
      boolean bestEffort,
      boolean critical,
      long lifetimeMillis) {

    /** The same with at most that many bundles. */
    public Flow withCount(long most) {
      return new Flow(
          from,
          source,
          to,
          firstNanos,
          everyNanos,
          random,
          most,
          leastBytes,
          mostBytes,
          trafficClass,
          bestEffort,
          critical,
          lifetimeMillis);
    }
  }

  /**
   * How much goes wrong by itself, drawn by the seed: a mean number of each kind per day and per
   * node or link.
   *
   * @param crashesPerDay crashes of a node
   * @param linkFaultsPerDay disturbances of a direction of a link
   * @param outagesPerDay times in which nothing gets through in a direction
   * @param clockFaultsPerDay steps of a wall clock
   * @param diskFaultsPerDay times of a full disk
   * @param restoresPerDay restorations from an older copy
   * @param blackoutsPerDay times in which several nodes are down together
   */
  public record Chaos(
      double crashesPerDay,
      double linkFaultsPerDay,
      double outagesPerDay,
      double clockFaultsPerDay,
      double diskFaultsPerDay,
      double restoresPerDay,
      double blackoutsPerDay) {}

  /** The same with another seed. */
  public Scenario withSeed(long other) {
    return with(durationNanos, other, traffic, faults, chaos);
  }

  /** The same with these faults and no others. */
  public Scenario withFaults(List<Fault> others) {
    return with(durationNanos, seed, traffic, others, Optional.empty());
  }

  /** The same with this traffic. */
  public Scenario withTraffic(List<Flow> others) {
    return with(durationNanos, seed, others, faults, chaos);
  }

  /** The same for this long. */
  public Scenario withDuration(long nanos) {
    return with(nanos, seed, traffic, faults, chaos);
  }

  private Scenario with(
      long nanos, long drawn, List<Flow> flows, List<Fault> wrong, Optional<Chaos> more) {
    return new Scenario(
        name,
        start,
        nanos,
        drawn,
        nodes,
        links,
        contacts,
        traces,
        plan,
        flows,
        wrong,
        more,
        expectations);
  }
}
