package dev.holdfast.contacts;

/**
 * What a contact plan may at most be. A plan over a limit is refused with a problem that names it.
 *
 * @param sourceChars length of a plan file in characters; bounds the memory of reading one
 * @param contacts contacts in a plan; about 400 bytes of heap each while it is read, 200 after
 * @param lineChars length of one line of a text format; bounds what a problem can quote
 * @param problems problems, and warnings, that are listed; the rest is only counted
 */
public record PlanLimits(int sourceChars, int contacts, int lineChars, int problems) {
  /**
   * 32 Mi characters, 250,000 contacts (twice the largest plan that is in use anywhere we know),
   * 4,096 characters a line, 100 problems: reading stays within half of a 256 MiB heap.
   */
  public static final PlanLimits DEFAULT = new PlanLimits(32 << 20, 250_000, 4_096, 100);

  /** Each limit is positive. */
  public PlanLimits {
    if (sourceChars < 1 || contacts < 1 || lineChars < 1 || problems < 1) {
      throw new IllegalArgumentException("each limit is at least 1");
    }
  }
}
