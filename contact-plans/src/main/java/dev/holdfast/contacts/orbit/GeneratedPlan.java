package dev.holdfast.contacts.orbit;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.List;

/**
 * A plan and what it came from.
 *
 * @param plan the contacts
 * @param pairs a line for each directed pair that may talk, by node numbers, also if it never can
 * @param samples lines of sight that were looked at
 * @param notes what its reader should know of it
 */
public record GeneratedPlan(
    ContactPlan plan, List<PairTotals> pairs, long samples, List<String> notes) {
  /** Keeps its own copies. */
  public GeneratedPlan {
    pairs = List.copyOf(pairs);
    notes = List.copyOf(notes);
  }

  /**
   * What one node can send to another.
   *
   * @param from the sender
   * @param to the receiver
   * @param contacts how many
   * @param openMillis all together
   * @param longestGapMillis without a contact, from the start of the plan to its end
   * @param leastOwltMillis of all contacts; 0 without one
   * @param mostOwltMillis of all contacts; 0 without one
   */
  public record PairTotals(
      NodeNumber from,
      NodeNumber to,
      int contacts,
      long openMillis,
      long longestGapMillis,
      long leastOwltMillis,
      long mostOwltMillis) {}
}
