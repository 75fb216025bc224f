package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Nodes, channels between them, virtual time, and one seed. For one thread. */
public final class SimWorld {
  /** When every world begins: 2026-01-01T00:00:00Z. */
  public static final DtnTime START = new DtnTime(820_540_800_000L);

  private final RandomGenerator random;
  private final SimTime time = new SimTime(START);
  private final EventLog log = new EventLog();
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();

  /** An empty world; everything random in it follows from {@code seed}. */
  public SimWorld(long seed) {
    random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** Adds a node. */
  public SimNode add(String name, NodeSettings settings) {
    SimNode node = new SimNode(this, name, settings);
    nodes.put(name, node);
    return node;
  }

  /** Joins two nodes by a link that each of them has configured under the given name. */
  public void join(
      SimNode a, LinkId linkOfA, SimChannel fromA, SimNode b, LinkId linkOfB, SimChannel fromB) {
    a.addLink(linkOfA, fromA).join(b.addLink(linkOfB, fromB));
  }

  /** Starts every node, with this plan. */
  public void start(ContactPlan plan) {
    nodes.values().forEach(node -> node.deliver(new NodeEvent.PlanLoaded(plan)));
  }

  /** Lets {@code millis} of virtual time pass. */
  public void run(long millis) {
    long until = time.nanos() + millis * 1_000_000L;
    boolean more = true;
    while (more) {
      more = time.step(until);
    }
  }

  /** The time. */
  public DtnTime now() {
    return time.moment(0, true).wall();
  }

  /** What happened so far. */
  public EventLog log() {
    return log;
  }

  SimTime time() {
    return time;
  }

  RandomGenerator random() {
    return random;
  }
}
