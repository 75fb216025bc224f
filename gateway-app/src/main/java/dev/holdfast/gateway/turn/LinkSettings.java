package dev.holdfast.gateway.turn;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkId;
import java.util.Optional;

/**
 * What the node knows of a configured link.
 *
 * @param link its name
 * @param neighbour the node at the other end
 * @param schedule when it is open
 * @param bytesPerSecond rate while a contact is open instead of the plan's; 0 for the plan's, or
 *     unmetered without a plan
 * @param confirmation what its confirmation is worth
 * @param releaseOnSent whether a bundle is released once it left, although nothing confirms it (RFC
 *     9171 §5.4 step 6); the operator says so
 * @param bytesInFlight most bytes sent and not yet settled
 */
public record LinkSettings(
    LinkId link,
    Optional<NodeId> neighbour,
    Schedule schedule,
    long bytesPerSecond,
    Link.Confirmation confirmation,
    boolean releaseOnSent,
    long bytesInFlight) {

  /** When a link is open. */
  public enum Schedule {
    /** During the contacts of the plan. */
    PLAN,
    /** Always. */
    ALWAYS,
    /** Never. */
    DISABLED
  }
}
