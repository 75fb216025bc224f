package dev.holdfast.crdt.sync;

/**
 * A time at which messages to a region can leave, as the contact plan has it. Times are
 * milliseconds of the wall clock here since 2000.
 *
 * @param until when it ends
 * @param oneWay milliseconds until what leaves is there
 * @param answer milliseconds until an answer to it can be here, if it still leaves in this time
 * @param later when an answer can be here otherwise: by the next time, say
 * @param bytes how much can leave
 */
public record Opportunity(long until, long oneWay, long answer, long later, long bytes) {
  private static final int MOST_DOUBLINGS = 20;

  /** Checks the ranges. */
  public Opportunity {
    if (oneWay < 0 || answer < oneWay || later < until || bytes < 0) {
      throw new IllegalArgumentException("answered after " + answer + ", there after " + oneWay);
    }
  }

  /**
   * When what leaves at that time can be answered: who is silent until then did not get it.
   *
   * @param silences how often in this time that was not so: each time it is waited twice as long,
   *     so that who never hears is not told all again with each round trip
   */
  long answered(long now, int silences) {
    long patient = answer << Math.min(silences, MOST_DOUBLINGS);
    return patient >> Math.min(silences, MOST_DOUBLINGS) == answer && now + patient <= until
        ? now + patient
        : later;
  }
}
