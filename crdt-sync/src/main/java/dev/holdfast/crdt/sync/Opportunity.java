package dev.holdfast.crdt.sync;

/**
 * A time at which messages to a region can leave, as the contact plan has it. All times are
 * milliseconds since 2000, of the wall clock here.
 *
 * @param arrives when what leaves now is there
 * @param answered when an answer to it can be here: whoever is not heard of until then did not get
 *     it, or could not say so
 * @param bytes how much can leave
 */
public record Opportunity(long arrives, long answered, long bytes) {
  /** Checks the order. */
  public Opportunity {
    if (answered < arrives || bytes < 0) {
      throw new IllegalArgumentException("answered at " + answered + ", there at " + arrives);
    }
  }
}
