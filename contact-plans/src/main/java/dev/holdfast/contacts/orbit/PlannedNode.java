package dev.holdfast.contacts.orbit;

import dev.holdfast.contacts.NodeNumber;

/**
 * A node of a scenario.
 *
 * @param number of the node in the plan
 * @param name for people
 * @param placement what and where it is
 * @param terminals how many others it can send to, and hear, at once
 */
public record PlannedNode(NodeNumber number, String name, Placement placement, int terminals) {
  /** As many terminals as there are links. */
  public static final int UNLIMITED = Integer.MAX_VALUE;
}
