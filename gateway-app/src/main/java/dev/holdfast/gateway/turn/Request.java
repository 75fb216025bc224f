package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import java.util.List;
import java.util.Optional;

/** What applications and operators ask of the node. */
public sealed interface Request {
  /**
   * Makes a bundle (RFC 9171 §5.2). Answered by {@link Answer.Submitted} once it is durable, or
   * {@link Answer.Refused}.
   *
   * @param to destination
   * @param from source; empty for the node's own administrative endpoint
   * @param lifetimeMillis lifetime in milliseconds, 1 or more
   * @param service class of service
   * @param reports report flags of {@link BundleFlags} and who gets the reports
   * @param payload the application data unit
   * @param trailer what ends the bundle, for a spooled payload: computed as it went by, with
   *     CRC-32C over {@code BundleWriter.payloadHeader(BlockFlags.NONE, CrcType.CRC32C, length)}
   *     and the payload; empty for one in memory
   */
  record Submit(
      Eid to,
      Optional<Eid> from,
      long lifetimeMillis,
      Service service,
      Reports reports,
      Payload payload,
      Optional<Octets> trailer)
      implements Request {}

  /**
   * Class of service.
   *
   * @param trafficClass traffic class
   * @param ordinal order within the class, 0..255
   * @param critical send copies by every feasible neighbour
   * @param bestEffort may be lost in a crash
   * @param mayFragment may be cut on its way
   * @param hopLimit most hops, 1..255; 0 for no hop count block
   */
  record Service(
      TrafficClass trafficClass,
      int ordinal,
      boolean critical,
      boolean bestEffort,
      boolean mayFragment,
      int hopLimit) {
    /** Normal class, may be cut, at most 64 hops. */
    public static final Service DEFAULT =
        new Service(TrafficClass.NORMAL, 0, false, false, true, 64);
  }

  /**
   * Status reports asked for.
   *
   * @param flags of the report flags of {@link BundleFlags}
   * @param to who gets them; empty for the source
   */
  record Reports(BundleFlags flags, Optional<Eid> to) {
    /** None. */
    public static final Reports NONE = new Reports(BundleFlags.NONE, Optional.empty());
  }

  /**
   * Fetches bundles that wait at a local endpoint, and leases them: nobody else is handed them
   * until they are acknowledged, given back, or the lease ends. Answered by {@link Answer.Fetched}.
   *
   * @param endpoint the local endpoint
   * @param limit at most this many
   * @param leaseMillis how long the lease holds
   * @param waitMillis how long to wait if there is none; 0 to answer at once
   */
  record Fetch(Eid endpoint, int limit, long leaseMillis, long waitMillis) implements Request {}

  /**
   * The application has the bundles: they are deleted here and never delivered again. Answered by
   * {@link Answer.Done}.
   *
   * @param endpoint the endpoint they were fetched from
   * @param bundles which
   */
  record Acknowledge(Eid endpoint, List<HeldKey> bundles) implements Request {}

  /**
   * Gives leased bundles back. Answered by {@link Answer.Done}.
   *
   * @param endpoint the endpoint they were fetched from
   * @param bundles which
   */
  record GiveBack(Eid endpoint, List<HeldKey> bundles) implements Request {}

  /**
   * Registers an endpoint of this node (RFC 9171 §3.1), so that it can be listed; bundles for
   * endpoints nobody registered are held all the same. Answered by {@link Answer.Done} or {@link
   * Answer.Refused}.
   *
   * @param endpoint the endpoint
   */
  record Register(Eid endpoint) implements Request {}

  /**
   * Deletes a held bundle and remembers it, so that it is not taken again. Answered by {@link
   * Answer.Done}.
   *
   * @param bundle which
   */
  record Cancel(BundleId bundle) implements Request {}

  /**
   * What an endpoint of this node decided, all in one batch: its records, the bundles that carry
   * what follows from them, and those it has taken. Answered by {@link Answer.Committed} once all
   * is durable; refused only while the node stops, and then all that come after it are.
   *
   * @param records what changes of its records, in order
   * @param messages bundles to be made, in order
   * @param superseded bundles made before that need not leave any more, if they still wait
   * @param taken bundles that it fetched and has: they are deleted here and never delivered again
   * @param notes what operators should know
   */
  record Commit(
      List<StoreChange> records,
      List<Message> messages,
      List<BundleId> superseded,
      List<HeldBundle> taken,
      List<String> notes)
      implements Request {
    /** Keeps its own copies. */
    public Commit {
      records = List.copyOf(records);
      messages = List.copyOf(messages);
      superseded = List.copyOf(superseded);
      taken = List.copyOf(taken);
      notes = List.copyOf(notes);
    }
  }

  /**
   * A bundle to be made for an endpoint of this node.
   *
   * @param to destination
   * @param from source, an endpoint of this node
   * @param lifetimeMillis lifetime in milliseconds, 1 or more
   * @param service class of service
   * @param payload the application data unit
   * @param series whose sequence numbers it gets, 1 to 2^31 - 1: what is made in one series shows
   *     in no other
   */
  record Message(
      Eid to, Eid from, long lifetimeMillis, Service service, Octets payload, long series) {}

  /** Asks how the node is. Answered by {@link Answer.Status}. */
  record Look() implements Request {}
}
