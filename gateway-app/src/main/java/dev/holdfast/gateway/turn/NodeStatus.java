package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A snapshot of the node.
 *
 * @param at when it was taken
 * @param nodes the node's own identities
 * @param links every link, by name
 * @param contacts the node's own contacts that are open or to come, by start
 * @param queues what waits
 * @param endpoints registered endpoints
 * @param counters totals since the start, by name, in a fixed order
 * @param planVersion version of the contact plan in force
 * @param outlook how long the plan still has contacts
 * @param congestion what will overflow
 * @param encounters who is there without a plan, and what of it
 * @param accepting whether bundles are taken
 */
public record NodeStatus(
    Moment at,
    List<NodeId> nodes,
    List<LinkStatus> links,
    List<ContactStatus> contacts,
    List<QueueStatus> queues,
    List<Eid> endpoints,
    Map<Counter, Long> counters,
    long planVersion,
    PlanOutlook outlook,
    Congestion congestion,
    Encounters encounters,
    boolean accepting) {

  /**
   * What is known of neighbours that come without a plan.
   *
   * @param present those who are there, by link
   * @param predictabilities how likely a bundle is delivered from here to each node, most likely
   *     first
   * @param keptBundles bundles kept of which a neighbour has a copy
   * @param keptBytes their bytes
   */
  public record Encounters(
      List<EncounterStatus> present,
      SequencedMap<NodeId, Double> predictabilities,
      int keptBundles,
      long keptBytes) {}

  /**
   * A neighbour that is there without a plan.
   *
   * @param link its link
   * @param neighbour who it is
   * @param knownBundles bundles that it has or had, as far as it told or was given them
   * @param waitingCopies copies for it that are not settled
   * @param givenBytes bytes given to it since the last exchange
   */
  public record EncounterStatus(
      LinkId link, NodeId neighbour, int knownBundles, int waitingCopies, long givenBytes) {}

  /** How long the plan lasts. */
  public enum PlanState {
    /** Beyond the horizon, or there is no alarm. */
    LASTS,
    /** Its last contact ends within the horizon. */
    RUNS_OUT,
    /** Its last contact is over. */
    OVER
  }

  /**
   * How long the plan still has contacts.
   *
   * @param ends when the last contact of this node ends, or of any if the plan does not know it;
   *     empty without a plan
   * @param state judged against the horizon
   */
  public record PlanOutlook(Optional<DtnTime> ends, PlanState state) {}

  /** A link judged against the plan. */
  public enum LinkState {
    /** The plan says up, and it is. */
    UP,
    /** The plan says down, and it is. */
    DOWN_PLANNED,
    /** The plan says up, and the neighbour was not heard since the contact began. */
    NOT_ACQUIRED,
    /** The plan says up; the neighbour was heard and then lost. */
    LOST_EARLY,
    /** The plan says down, and the neighbour is heard all the same. */
    UNEXPECTED_UP,
    /** Switched off by configuration. */
    DISABLED
  }

  /**
   * One link.
   *
   * @param link its name
   * @param neighbour who is at the other end
   * @param state judged against the plan
   * @param because why, for people
   * @param since when it came into this state
   * @param inFlight transfers not yet confirmed
   * @param sentBytes bundle bytes handed to it since the start
   * @param receivedBytes bundle bytes that came from it since the start
   * @param protocolErrors how often the neighbour broke a rule of the convergence layer since the
   *     start
   * @param lastProtocolError which rule it broke last, for people
   * @param nextStart start of the next contact
   */
  public record LinkStatus(
      LinkId link,
      Optional<NodeId> neighbour,
      LinkState state,
      String because,
      DtnTime since,
      int inFlight,
      long sentBytes,
      long receivedBytes,
      long protocolErrors,
      Optional<String> lastProtocolError,
      Optional<DtnTime> nextStart) {}

  /**
   * One contact from this node.
   *
   * @param neighbour receiving node
   * @param start when it begins
   * @param end when it ends
   * @param bytesPerSecond its rate
   * @param lightTimeMillis one-way light time
   * @param capacityBytes what it can carry in all
   * @param usedBytes what was sent in it
   * @param boundBytes what is bound to it and not yet sent
   */
  public record ContactStatus(
      NodeId neighbour,
      DtnTime start,
      DtnTime end,
      long bytesPerSecond,
      long lightTimeMillis,
      long capacityBytes,
      long usedBytes,
      long boundBytes) {}

  /**
   * One queue.
   *
   * @param queue what its bundles wait for
   * @param counts bundles and bytes by class
   * @param nextExpiry the earliest expiry known
   * @param next where its next bundle goes and when, for people
   */
  public record QueueStatus(
      QueueKey queue, List<QueueCount> counts, Optional<DtnTime> nextExpiry, String next) {}

  /** What the node counts. */
  public enum Counter {
    /** Bundles taken from links. */
    BUNDLES_RECEIVED,
    /** Bundles made for applications, echo replies and reports. */
    BUNDLES_SOURCED,
    /** Bundles confirmed by a neighbour and released. */
    BUNDLES_FORWARDED,
    /** Bundles acknowledged by applications or consumed by the node itself. */
    BUNDLES_DELIVERED,
    /** Copies that neighbours took who came unplanned. */
    COPIES_GIVEN,
    /** Neighbours met unplanned. */
    ENCOUNTERS,
    /** Bundles that expired here. */
    BUNDLES_EXPIRED,
    /** Bundles deleted for another reason. */
    BUNDLES_DELETED,
    /** Bundles that came again. */
    BUNDLES_DUPLICATE,
    /** Bundles refused for want of room. */
    BUNDLES_REFUSED,
    /** Transfers that brought no bundle. */
    BUNDLES_MALFORMED,
    /** Fragments cut here. */
    FRAGMENTS_CUT,
    /** Application data units put together here. */
    REASSEMBLED,
    /** Transfers begun. */
    TRANSFERS_STARTED,
    /** Transfers that failed. */
    TRANSFERS_FAILED,
    /** Status reports made. */
    REPORTS_SENT,
    /** Status reports not made because there were too many. */
    REPORTS_SUPPRESSED,
    /** Bundles handed to an application more than once. */
    REDELIVERIES
  }
}
