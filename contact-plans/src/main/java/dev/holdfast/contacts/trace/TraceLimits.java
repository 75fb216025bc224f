package dev.holdfast.contacts.trace;

/**
 * What a trace may at most need while it is read; its length is not limited. A trace over a limit
 * is refused with a problem that names it.
 *
 * @param lineBytes length of one line, in bytes
 * @param names different node names; about 150 bytes of heap each
 * @param nameBytes length of one name
 * @param links different directed links; about 40 bytes of heap each
 * @param held events that must be held back at one time because they are told before they happen,
 *     such as the ends of open contacts; about 100 bytes of heap each
 * @param looped instants of a trace that is played over and over, which is held whole; 8 bytes of
 *     heap each
 * @param findings findings that are listed; the rest is only counted
 */
public record TraceLimits(
    int lineBytes, int names, int nameBytes, int links, int held, int looped, int findings) {
  /**
   * 4 KiB a line, 65,536 names of up to 200 bytes, 500,000 links, 250,000 events held back, two
   * million instants of a loop, 100 findings: at most 90 MiB, and for usual traces less than one.
   */
  public static final TraceLimits DEFAULT =
      new TraceLimits(4096, 65_536, 200, 500_000, 250_000, 2_000_000, 100);

  private static final int LEAST_LINE = 64;
  private static final int MOST_LINE = 1 << 20;

  /** Each limit is positive, and a line holds an event. */
  public TraceLimits {
    if (lineBytes < LEAST_LINE
        || lineBytes > MOST_LINE
        || names < 2
        || nameBytes < 1
        || links < 1
        || held < 1
        || looped < 1
        || findings < 1) {
      throw new IllegalArgumentException("a limit that no trace can keep");
    }
  }
}
