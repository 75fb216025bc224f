package dev.holdfast.custody;

import dev.holdfast.bpv7.DtnTime;

/**
 * What is needed to tell a bundle's residence time later, even after a restart or a wall clock that
 * jumps.
 *
 * @param ageMillis age when it was received, from its Bundle Age block or the creation time;
 *     negative if unknown
 * @param bootId identity of the machine's boot at that moment
 * @param bootMillis milliseconds since that boot
 * @param wall the wall clock
 * @param wallTrusted whether the wall clock's error was within bounds
 */
public record AgeMark(
    long ageMillis, long bootId, long bootMillis, DtnTime wall, boolean wallTrusted) {

  /**
   * How long ago this mark was made: by the monotonic clock within one boot; across boots by the
   * wall clock if it was and is trusted, never less than zero; otherwise time stands still, so that
   * nothing is lost by a guess.
   *
   * @param boot identity of the boot now
   * @param nowBootMillis milliseconds since that boot
   * @param nowWall the wall clock now
   * @param nowTrusted whether it is trusted now
   */
  public long residenceMillis(long boot, long nowBootMillis, DtnTime nowWall, boolean nowTrusted) {
    if (bootId == boot) {
      return Math.max(0, nowBootMillis - bootMillis);
    }
    return wallTrusted && nowTrusted ? Math.max(0, nowWall.since(wall)) : 0;
  }
}
