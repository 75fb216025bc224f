package dev.holdfast.contacts.orbit;

import dev.holdfast.contacts.PlanLimits;

/**
 * What a scenario may at most be.
 *
 * @param nodes in a scenario
 * @param pairs that may talk
 * @param samples of lines of sight; some twenty million take a second
 * @param contacts in the plan; about 200 bytes of heap each
 */
public record OrbitLimits(int nodes, int pairs, long samples, int contacts) {
  /**
   * 10,000 nodes, half a million pairs, twenty thousand million samples, and as many contacts as a
   * gateway reads.
   */
  public static final OrbitLimits DEFAULT =
      new OrbitLimits(10_000, 500_000, 20_000_000_000L, PlanLimits.DEFAULT.contacts());

  /** The same with another number of contacts. */
  public OrbitLimits withContacts(int number) {
    return new OrbitLimits(nodes, pairs, samples, number);
  }
}
