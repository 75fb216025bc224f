package dev.holdfast.crdt.sync;

/**
 * How regions are told.
 *
 * @param messageBytes bytes after which a message of blocks or of a part of a state ends: what one
 *     lost bundle costs; a block that is larger has a message of its own
 * @param budgetBytes bytes that others may send here before this region is heard of again
 * @param coldDifferences how many differences a sketch is made for whose reader nothing is known of
 * @param partEntries entries of a part of a state
 * @param quietMillis how long a frontier that was told is not told again in the same contact
 * @param driftMillis how far ahead another's clock may be that ours follows
 * @param again blocks that were sent last and are not confirmed, sent once more with the next ones
 *     to a region that loses some
 * @param oneWay how those are told that can never answer
 * @param work how much of it one other region may make here
 */
public record SyncSettings(
    int messageBytes,
    long budgetBytes,
    int coldDifferences,
    int partEntries,
    long quietMillis,
    long driftMillis,
    int again,
    OneWay oneWay,
    SyncWork work) {
  /**
   * How regions are told that can never answer.
   *
   * @param roundBytes bytes of a round: of blocks that were told before, of parts of the state, and
   *     of cells in which what is lacking is found; never more than half of what can leave
   * @param roundMillis how long a contact lasts until another round begins in it
   */
  public record OneWay(long roundBytes, long roundMillis) {
    /** 4 MiB, which finds some 7,000 entries that are lacking, and an hour. */
    public static final OneWay DEFAULT = new OneWay(4 << 20, 3_600_000);

    /** Checks the ranges. */
    public OneWay {
      if (roundBytes < 0 || roundMillis < 1) {
        throw new IllegalArgumentException("no rounds: " + roundBytes + " in " + roundMillis);
      }
    }
  }

  /** 64 KiB a message, 1 GiB, sketches for 1,000, parts of 512, 10 s, a drift of 1 minute, 4. */
  public static final SyncSettings DEFAULT =
      new SyncSettings(
          65_536, 1L << 30, 1_000, 512, 10_000, 60_000, 4, OneWay.DEFAULT, SyncWork.DEFAULT);

  /** Checks the ranges. */
  public SyncSettings {
    if (messageBytes < 1_024 || budgetBytes < 0 || coldDifferences < 0 || partEntries < 1) {
      throw new IllegalArgumentException("settings with which nothing can be told");
    }
    if (quietMillis < 0 || driftMillis < 0 || again < 0) {
      throw new IllegalArgumentException("times and numbers are 0 or more");
    }
  }
}
