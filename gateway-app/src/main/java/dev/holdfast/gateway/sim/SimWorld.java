package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.CRC32C;

/** Nodes, links between them, virtual time, and one seed. For one thread. */
public final class SimWorld {
  /** When worlds begin unless told otherwise: 2026-01-01T00:00:00Z. */
  public static final DtnTime START = new DtnTime(820_540_800_000L);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final long seed;
  private final DtnTime start;
  private final SimTime time = new SimTime();
  private final EventLog log = new EventLog();
  private final Watches watches = new Watches();
  private final Map<String, SimNode> nodes = new LinkedHashMap<>();
  private final Map<String, Medium> media = new LinkedHashMap<>();

  /** An empty world; everything random in it follows from {@code seed}. */
  public SimWorld(long seed) {
    this(seed, START);
  }

  /** An empty world that begins at {@code start}. */
  public SimWorld(long seed, DtnTime start) {
    this.seed = seed;
    this.start = start;
  }

  /** Looks on from now on. */
  public void watch(Watch watch) {
    watches.add(watch);
  }

  /** Those who look on. */
  Watch watch() {
    return watches;
  }

  /** Adds a node. */
  public SimNode add(String name, NodeSettings settings) {
    return add(name, settings, Flaws.NONE);
  }

  /** Adds a node that is run in that way. */
  public SimNode add(String name, NodeSettings settings, Flaws flaws) {
    SimNode node = new SimNode(this, name, settings, flaws);
    if (nodes.put(name, node) != null) {
      throw new IllegalArgumentException("two nodes of the name " + name);
    }
    return node;
  }

  /** Adds a node that lies. */
  public HostileNode hostile(String name, NodeId id, HostileNode.Manner manner) {
    return new HostileNode(name, id, manner, this);
  }

  /** Adds a node that sends what it is told to play. */
  public RecordedNode recorded(String name, NodeId id) {
    return new RecordedNode(name, id, time);
  }

  /**
   * One end of a link that is to be.
   *
   * @param owner who uses it
   * @param link its name there
   * @param out what the direction that leaves here is like
   */
  public record End(LinkOwner owner, LinkId link, Channel out) {}

  /**
   * Both directions of a link.
   *
   * @param forth from the first end to the second
   * @param back from the second end to the first
   */
  public record Wire(Medium forth, Medium back) {}

  /** Joins two nodes by a link that is open both ways until told otherwise. */
  public Wire join(SimProtocol protocol, End first, End second) {
    Medium forth = medium(first, second);
    Medium back = medium(second, first);
    SimProtocol.Ends ends =
        protocol.join(
            new SimProtocol.Place(first.owner(), first.link(), time, forth, back),
            new SimProtocol.Place(second.owner(), second.link(), time, back, forth));
    first.owner().add(ends.first());
    second.owner().add(ends.second());
    return new Wire(forth, back);
  }

  private Medium medium(End from, End to) {
    String name = from.owner().name() + ">" + to.owner().name();
    Medium medium = new Medium(name, time, random(name), from.out());
    medium.listen(() -> watches.changed(medium));
    media.put(name, medium);
    return medium;
  }

  /** A direction of a link by its name, {@code from>to}. */
  public Optional<Medium> medium(String name) {
    return Optional.ofNullable(media.get(name));
  }

  /** All directions of links, in the order they were added. */
  public List<Medium> media() {
    return List.copyOf(media.values());
  }

  /** A node by its name. */
  public Optional<SimNode> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  /** All nodes, in the order they were added. */
  public List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Starts every node, with this plan. */
  public void start(ContactPlan plan) {
    nodes.values().forEach(node -> node.deliver(new NodeEvent.PlanLoaded(plan)));
  }

  /** Lets {@code millis} of virtual time pass. */
  public void run(long millis) {
    runUntil(time.nanos() + millis * NANOS_PER_MILLI);
  }

  /** Lets virtual time pass until then, in nanoseconds since the world began. */
  public void runUntil(long nanos) {
    boolean more = true;
    while (more) {
      more = time.step(nanos);
    }
  }

  /** Does the next thing that is due by then; false if there is none. */
  public boolean step(long untilNanos) {
    return time.step(untilNanos);
  }

  /** Tells those who look on that the run is over. */
  public void end() {
    watches.ended(nodes());
  }

  /** Does {@code action} at that time, in nanoseconds since the world began. */
  public void at(long nanos, Runnable action) {
    time.at(nanos, action);
  }

  /** Nanoseconds since the world began. */
  public long nanos() {
    return time.nanos();
  }

  /** The true time. */
  public DtnTime now() {
    return start.plus(time.nanos() / NANOS_PER_MILLI);
  }

  /** When it began. */
  public DtnTime start() {
    return start;
  }

  /** What happened so far. */
  public EventLog log() {
    return log;
  }

  /** How many events there were: calls of a node, a link or a session. */
  public long events() {
    return time.calls();
  }

  /**
   * Randomness of its own for one part of the world, so that leaving out another part changes
   * nothing here.
   */
  public RandomGenerator random(String part) {
    CRC32C hash = new CRC32C();
    hash.update(part.getBytes(StandardCharsets.UTF_8));
    return RandomGeneratorFactory.of("L64X128MixRandom")
        .create(seed * 0x9e3779b97f4a7c15L + hash.getValue());
  }

  SimTime time() {
    return time;
  }
}
