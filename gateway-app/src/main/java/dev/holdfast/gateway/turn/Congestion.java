package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.forecast.Forecast.Cause;
import java.util.List;
import java.util.Optional;

/**
 * What is foreseen for this node.
 *
 * @param state whether anything will overflow
 * @param made since when it is foreseen; empty if there is no forecast yet
 * @param until how far it looks ahead
 * @param store what the store will hold; empty if there is no forecast yet
 * @param contacts contacts from this node that will be full, by start
 * @param undelivered bundles that will not be delivered in time, most bytes first
 * @param traffic what came of late, which goes on in the forecast; heaviest first
 */
public record Congestion(
    State state,
    Optional<DtnTime> made,
    Optional<DtnTime> until,
    Optional<StoreLevel> store,
    List<FullContact> contacts,
    List<Undelivered> undelivered,
    List<Inflow> traffic) {
  /** Keeps its own lists. */
  public Congestion {
    contacts = List.copyOf(contacts);
    undelivered = List.copyOf(undelivered);
    traffic = List.copyOf(traffic);
  }

  /** Whether anything will overflow. */
  public enum State {
    /** Nobody looks. */
    OFF,
    /** Nothing was foreseen yet. */
    UNKNOWN,
    /** Neither the store nor a contact from this node. */
    CLEAR,
    /** The store or a contact from this node. */
    CONGESTED
  }

  /**
   * What the store will hold.
   *
   * @param limitBytes what it can hold
   * @param mostBytes the most that it would hold
   * @param mostAt when that is
   * @param overflowsAt when it first would hold more than it can
   */
  public record StoreLevel(
      long limitBytes, long mostBytes, DtnTime mostAt, Optional<DtnTime> overflowsAt) {}

  /**
   * A contact that will be full.
   *
   * @param neighbour to whom
   * @param contact the contact
   * @param fullAt when it is booked out
   * @param bookedBytes what is booked on it then
   * @param overbookedBytes how much of that more urgent bundles push beyond its end
   * @param missedBytes of bundles that are not delivered in time because of it
   */
  public record FullContact(
      NodeId neighbour,
      Contact contact,
      DtnTime fullAt,
      long bookedBytes,
      long overbookedBytes,
      long missedBytes) {}

  /**
   * Bundles that will not be delivered in time.
   *
   * @param to their destination
   * @param cause why
   * @param bundles how many
   * @param bytes how many bytes
   * @param first when the first of them is here
   * @param bottleneck the contact with the least room on the way of the first of them, if there is
   *     a way and it is full
   */
  public record Undelivered(
      NodeId to,
      Cause cause,
      long bundles,
      long bytes,
      DtnTime first,
      Optional<Contact> bottleneck) {}

  /**
   * What came of late.
   *
   * @param to where it goes; empty for all those of a class that are not told apart
   * @param trafficClass its class
   * @param bytesPerSecond bytes in a second
   * @param bundlesPerSecond bundles in a second
   */
  public record Inflow(
      Optional<Eid> to,
      TrafficClass trafficClass,
      double bytesPerSecond,
      double bundlesPerSecond) {}

  /** Nothing is foreseen. */
  public static Congestion none(State state) {
    return new Congestion(
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /** When the store first would hold more than it can. */
  public Optional<DtnTime> storeOverflow() {
    return store.flatMap(StoreLevel::overflowsAt);
  }

  /** When the first contact to that neighbour is full. */
  public Optional<DtnTime> contactOverflow(NodeId neighbour) {
    return contacts.stream()
        .filter(contact -> contact.neighbour().equals(neighbour))
        .map(FullContact::fullAt)
        .min(DtnTime::compareTo);
  }
}
