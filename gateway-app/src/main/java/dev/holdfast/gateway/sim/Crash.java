package dev.holdfast.gateway.sim;

/**
 * How a process ends without warning.
 *
 * @param point where in its work
 * @param survivors how much of what was written and not synced reaches the disk all the same, from
 *     its beginning on: 0..1
 * @param downNanos how long until it starts again
 * @param reboot whether the machine boots anew
 */
public record Crash(Point point, double survivors, long downNanos, boolean reboot) {
  /** At once, nothing unsynced survives, started again at once. */
  public static final Crash NOW = new Crash(Point.NOW, 0, 0, false);

  /** Where a process can end. */
  public enum Point {
    /** Wherever it is. */
    NOW,
    /** Something was decided, nothing of it is in the store. */
    BEFORE_COMMIT,
    /** It is in the store, and nobody was told. */
    AFTER_COMMIT,
    /** It is in the store, and some of those who should know were told. */
    AMONG_EFFECTS
  }
}
