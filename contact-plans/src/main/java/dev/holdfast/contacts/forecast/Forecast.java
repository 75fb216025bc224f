package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;
import java.util.Optional;

/**
 * What a plan comes to under some traffic.
 *
 * @param bundles how many were asked for within the plan's time
 * @param bytes how many bytes they have
 * @param carried how many of them arrive before they expire
 * @param cut whether there were more than a forecast takes; then it ends early
 * @param until when the last bundle looked at is made
 * @param unserved what does not arrive, by sender, destination and cause; most bytes first
 * @param full contacts that are booked to at least {@link #FULL}, or on which something found no
 *     room, by start
 * @param stores nodes that hold more than they can, or that have a limit, by number
 */
public record Forecast(
    long bundles,
    long bytes,
    long carried,
    boolean cut,
    DtnTime until,
    List<Unserved> unserved,
    List<FullContact> full,
    List<StoreLoad> stores) {
  /** Share of its volume from which a contact counts as full. */
  public static final double FULL = 0.95;

  /** Keeps its own copies. */
  public Forecast {
    unserved = List.copyOf(unserved);
    full = List.copyOf(full);
    stores = List.copyOf(stores);
  }

  /** Why a bundle does not arrive. */
  public enum Cause {
    /** The plan has no way at all, or none that a bundle of that size fits into. */
    NO_WAY,
    /** There is a way, and it takes longer than the bundle lives. */
    TOO_LATE,
    /** There is a way, and it is full. */
    NO_ROOM
  }

  /**
   * Bundles that do not arrive.
   *
   * @param from their sender
   * @param to their destination
   * @param cause why
   * @param bundles how many
   * @param bytes how many bytes
   * @param first when the first of them is made
   * @param bottleneck with {@link Cause#NO_ROOM} the contact that has least room on the way of the
   *     first of them
   */
  public record Unserved(
      NodeNumber from,
      NodeNumber to,
      Cause cause,
      long bundles,
      long bytes,
      DtnTime first,
      Optional<Contact> bottleneck) {}

  /**
   * A contact without room.
   *
   * @param contact the contact
   * @param bookedBytes what is booked on it, the convergence layer's overhead included
   * @param overbookedBytes how much of that more urgent bundles push beyond its end
   * @param missedBytes of bundles that do not arrive because it is the contact with the least room
   *     on their way
   * @param fullAt when it is booked that far, or when the first of those finds no room
   */
  public record FullContact(
      Contact contact, long bookedBytes, long overbookedBytes, long missedBytes, DtnTime fullAt) {}

  /**
   * What a node holds.
   *
   * @param node the node
   * @param mostBytes most bytes at a time
   * @param mostAt when that is
   * @param limit what it can hold
   * @param overflowsAt when it first holds more than that
   */
  public record StoreLoad(
      NodeNumber node,
      long mostBytes,
      DtnTime mostAt,
      Optional<Long> limit,
      Optional<DtnTime> overflowsAt) {}

  /** Whether everything arrives and no store overflows. */
  public boolean isClear() {
    return unserved.isEmpty()
        && stores.stream().allMatch(store -> store.overflowsAt().isEmpty())
        && full.stream().allMatch(contact -> contact.overbookedBytes() == 0);
  }
}
