package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.link.LinkId;
import java.util.Optional;

/**
 * Something that happened, for operators: kept in order, numbered by the edge, read through the
 * API.
 *
 * @param at when, by the wall clock
 * @param kind what sort
 * @param link the link concerned
 * @param bundle the bundle concerned
 * @param text a sentence
 */
public record JournalEntry(
    DtnTime at, Kind kind, Optional<LinkId> link, Optional<BundleId> bundle, String text) {
  /** What sort of thing happened. */
  public enum Kind {
    /** A bundle was taken in from a link. */
    RECEIVED,
    /** An application handed in a bundle. */
    SUBMITTED,
    /** A bundle that is here, or was delivered, expired or cancelled here, came once more. */
    DUPLICATE,
    /** A bundle was not taken. */
    REFUSED,
    /** What came in is no bundle. */
    MALFORMED,
    /** A bundle was handed to a link. */
    SENDING,
    /** A neighbour confirmed a bundle, which is released. */
    FORWARDED,
    /** A neighbour that came unplanned took a copy; the bundle stays. */
    COPIED,
    /** A neighbour that came unplanned told what it has and whom it meets. */
    ENCOUNTER,
    /** A transfer failed; the bundle is routed again. */
    TRANSFER_FAILED,
    /** A bundle that waited for a contact takes another way. */
    REROUTED,
    /** An application was handed a bundle. */
    FETCHED,
    /** An application acknowledged a bundle. */
    DELIVERED,
    /** A bundle's lifetime ended here. */
    EXPIRED,
    /** A bundle was deleted for another reason. */
    DELETED,
    /** Fragments became a whole. */
    REASSEMBLED,
    /** A status report came for us. */
    REPORT,
    /** A contact began. */
    CONTACT_STARTED,
    /** A contact ended. */
    CONTACT_ENDED,
    /** A link came up. */
    LINK_UP,
    /** A link went down. */
    LINK_DOWN,
    /** A neighbour could not be reached. */
    UNREACHED,
    /** A new contact plan is in force. */
    PLAN,
    /** Twins of another region, or what it says of them, are not as they should be. */
    TWINS,
    /** The store or a contact is foreseen to overflow, or not any more. */
    CONGESTION,
    /** The store is full or has room again. */
    STORE,
    /** The clock stepped or lost trust. */
    CLOCK
  }
}
