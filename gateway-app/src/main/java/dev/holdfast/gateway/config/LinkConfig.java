package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.Leniency;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.link.LinkId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One way to one neighbour.
 *
 * @param name what it is called in the API, the log and the metrics; letters, digits, dots,
 *     hyphens, underscores, at most 64. Renaming starts its counters anew
 * @param type TCPCLv4 or MTCP. TCPCLv4 acknowledges what the neighbour stored; MTCP acknowledges
 *     nothing
 * @param peer who is at the other end. A TCPCLv4 neighbour that says it is somebody else is turned
 *     away
 * @param dial where to reach it (key {@code dial}, host:port); default none: the neighbour dials
 *     us. Both sides dialling costs a second session, no harm
 * @param schedule when it is open; default {@code plan}
 * @param rate bytes a second while it is open instead of the plan's rate; default 0, the plan's, or
 *     unmetered without a plan. Above what the channel carries: bundles are begun that cannot
 *     finish
 * @param leniencies rules of RFC 9171 that are waived for bundles from this neighbour; default
 *     none. Each gives up one check, see {@link Leniency}; with {@code primary-integrity} a damaged
 *     primary block is not noticed
 * @param tcpcl what is particular to TCPCLv4
 * @param confirmation what it takes to release a bundle sent over MTCP; default {@code none}
 * @param backOff how long to wait between attempts to reach it
 */
public record LinkConfig(
    LinkId name,
    Type type,
    NodeId peer,
    Optional<HostPort> dial,
    Schedule schedule,
    long rate,
    List<Leniency> leniencies,
    Tcpcl tcpcl,
    Confirmation confirmation,
    BackOff backOff) {

  /** Keeps an unmodifiable copy. */
  public LinkConfig {
    leniencies = List.copyOf(leniencies);
  }

  /** Convergence layers. */
  public enum Type {
    /** TCPCLv4, RFC 9174. */
    TCPCL,
    /** MTCP, draft-ietf-dtn-mtcpcl. */
    MTCP
  }

  /** When a link is open. */
  public enum Schedule {
    /** During the contacts of the plan. */
    PLAN,
    /** Always. */
    ALWAYS,
    /** Never. */
    DISABLED
  }

  /** What releases a bundle that no acknowledgement will confirm. */
  public enum Confirmation {
    /** Nothing: it stays held until it expires, unless its sender declared it best-effort. */
    NONE,
    /** Having left: what the network then loses is lost. */
    ASSUME
  }

  /**
   * What is particular to TCPCLv4.
   *
   * @param leniencies departures from RFC 9174 that this neighbour is known for and that are put up
   *     with (key {@code leniencies} too, of the link); default none, see the enum for who needs
   *     which
   * @param urgentSession whether urgent bundles get a session of their own, so that they never wait
   *     behind a large one; default true. False saves a connection, for neighbours that take only
   *     one
   * @param keepalive how often something is sent at least; the smaller of both sides' counts;
   *     default 15s, from 1s to 18h, 0s for off. Shorter: a dead neighbour is noticed sooner (after
   *     twice that), at 1 byte a time. With off, a silent loss is noticed only when the contact
   *     ends
   * @param segmentMru longest segment taken; default 4MiB, from 4KiB. Some neighbours (dtn7-go)
   *     allocate as much for each segment they send
   * @param transferMru longest bundle taken; default 8GiB, from 64KiB
   * @param maxTransfers most bundles sent and not yet acknowledged; default 1024, from 1. Some
   *     neighbours take one transfer at a time (dtn7-rs) or lock up over many (dtn7-go); at 1 every
   *     bundle costs a round trip
   * @param maxInFlight most bundle bytes sent and not yet acknowledged; default 256MiB, from 64KiB.
   *     On a long link it must exceed rate times round trip, or the contact runs dry
   */
  public record Tcpcl(
      List<dev.holdfast.bpv7.tcpcl.Leniency> leniencies,
      boolean urgentSession,
      Duration keepalive,
      long segmentMru,
      long transferMru,
      int maxTransfers,
      long maxInFlight) {
    /** Keeps an unmodifiable copy. */
    public Tcpcl {
      leniencies = List.copyOf(leniencies);
    }
  }

  /**
   * How long to wait between attempts, doubling from the first to the longest.
   *
   * @param first default 500ms, from 10ms. Shorter: a neighbour that comes up late is reached
   *     sooner
   * @param max default 15s. Longer: fewer attempts at a neighbour that is down, and up to that much
   *     of the contact lost when it comes back
   */
  public record BackOff(Duration first, Duration max) {}
}
