package dev.holdfast.gateway.link;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import java.util.Optional;

/** What links tell the node. */
public sealed interface LinkEvent {
  /** Which link. */
  LinkId link();

  /**
   * A session with the neighbour is established.
   *
   * @param link the link
   * @param peer who it says it is; empty if the link does not tell
   * @param limits what it takes
   */
  record Up(LinkId link, Optional<NodeId> peer, Limits limits) implements LinkEvent {}

  /**
   * No session is left. Everything sent and not settled has failed before this.
   *
   * @param link the link
   * @param reason for people
   */
  record Down(LinkId link, String reason) implements LinkEvent {}

  /**
   * An attempt to reach the neighbour failed; the link goes on trying while it is open.
   *
   * @param link the link
   * @param attempt 1 for the first since it was opened or was last up
   * @param reason for people
   */
  record Unreached(LinkId link, int attempt, String reason) implements LinkEvent {}

  /**
   * A whole bundle came in and keeps the rules of RFC 9171.
   *
   * @param link the link
   * @param inbound to accept or refuse it; links that do not confirm ignore the answer
   * @param head everything before the payload
   * @param payload the payload
   * @param trailer everything after it
   */
  record Arrived(LinkId link, Inbound inbound, BundleHead head, Payload payload, Octets trailer)
      implements LinkEvent {}

  /**
   * Something came in that is no bundle; the link has refused it already.
   *
   * @param link the link
   * @param fault what is wrong with it
   */
  record Malformed(LinkId link, Fault fault) implements LinkEvent {}

  /**
   * The neighbour broke a rule of the convergence layer; the link has done what had to be done.
   *
   * @param link the link
   * @param fault which rule, and where
   */
  record Violated(LinkId link, Fault fault) implements LinkEvent {}

  /**
   * The last byte of a bundle was handed to the network.
   *
   * @param link the link
   * @param token the node's number
   */
  record Sent(LinkId link, TransferToken token) implements LinkEvent {}

  /**
   * The neighbour confirmed a bundle as {@link Link#confirmation()} says.
   *
   * @param link the link
   * @param token the node's number
   */
  record Confirmed(LinkId link, TransferToken token) implements LinkEvent {}

  /**
   * A bundle was not sent, or not confirmed.
   *
   * @param link the link
   * @param token the node's number
   * @param cause why
   */
  record Failed(LinkId link, TransferToken token, Cause cause) implements LinkEvent {}

  /** Why a transfer failed. */
  enum Cause {
    /** The session ended before it was confirmed. */
    LOST,
    /** The neighbour has it already. */
    COMPLETED,
    /** The neighbour has no room. */
    NO_RESOURCES,
    /** The neighbour asks for it to be sent again from the start. */
    RETRANSMIT,
    /** The neighbour will not take it, now or later. */
    NOT_ACCEPTABLE,
    /** The bytes could not be read here. */
    UNREADABLE
  }

  /**
   * What a neighbour takes.
   *
   * @param transferMru longest bundle in bytes
   * @param transfersInFlight most transfers sent and not yet confirmed
   */
  record Limits(long transferMru, int transfersInFlight) {}
}
