package dev.holdfast.gateway.replay;

import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import java.util.List;

/** Something that goes wrong, at a time in nanoseconds since the start. */
public sealed interface Fault {
  /** When it begins. */
  long atNanos();

  /** How long it lasts; 0 for an instant. */
  long forNanos();

  /**
   * One direction of a link is worse than it should be.
   *
   * @param link {@code from>to}
   * @param atNanos when it begins
   * @param forNanos how long it lasts
   * @param disturbance what is wrong
   */
  record OnLink(String link, long atNanos, long forNanos, Disturbance disturbance)
      implements Fault {}

  /**
   * The session of a link breaks; the link does not.
   *
   * @param link {@code from>to}
   * @param atNanos when
   */
  record Reset(String link, long atNanos) implements Fault {
    @Override
    public long forNanos() {
      return 0;
    }
  }

  /**
   * A node's process ends without warning.
   *
   * @param node the node
   * @param atNanos when, or at the next commit after that
   * @param crash how
   */
  record NodeCrash(String node, long atNanos, Crash crash) implements Fault {
    @Override
    public long forNanos() {
      return crash.downNanos();
    }
  }

  /**
   * A node's disk has no room for further bundles.
   *
   * @param node the node
   * @param atNanos when it begins
   * @param forNanos how long it lasts
   */
  record DiskFull(String node, long atNanos, long forNanos) implements Fault {}

  /**
   * A node is put back to an older copy of its store.
   *
   * @param node the node
   * @param copiedNanos when the copy was made
   * @param atNanos when it is put back
   * @param downNanos how long the node is down for it
   */
  record Restore(String node, long copiedNanos, long atNanos, long downNanos) implements Fault {
    @Override
    public long forNanos() {
      return downNanos;
    }
  }

  /**
   * A node's wall clock is wrong for a while.
   *
   * @param node the node
   * @param atNanos when it begins
   * @param forNanos how long it lasts
   * @param offsetMillis how far it is off
   * @param trusted whether it says that it can be trusted within {@code offsetMillis}
   */
  record WrongClock(String node, long atNanos, long forNanos, long offsetMillis, boolean trusted)
      implements Fault {}

  /**
   * Several nodes are without power together.
   *
   * @param nodes which
   * @param atNanos when it begins
   * @param forNanos how long it lasts
   */
  record Blackout(List<String> nodes, long atNanos, long forNanos) implements Fault {
    /** Keeps an unmodifiable copy. */
    public Blackout {
      nodes = List.copyOf(nodes);
    }
  }
}
