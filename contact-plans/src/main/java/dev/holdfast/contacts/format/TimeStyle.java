package dev.holdfast.contacts.format;

import dev.holdfast.bpv7.DtnTime;

/** How a printed plan writes its times. */
public sealed interface TimeStyle {
  /** What seconds count from, in DTN time, where the format has no dates: 1970 for dates. */
  long zeroMillis();

  /** As dates, where the format has dates. */
  record Absolute() implements TimeStyle {
    @Override
    public long zeroMillis() {
      return -DtnTime.EPOCH_UNIX_MILLIS;
    }
  }

  /**
   * As seconds after an epoch.
   *
   * @param epoch what they count from
   * @param named whether the text says so where the format can; not for a plan that was read with
   *     {@link Epoch.Floating}
   */
  record Relative(Epoch.At epoch, boolean named) implements TimeStyle {
    @Override
    public long zeroMillis() {
      return epoch.dtnMillis();
    }
  }

  /** As dates. */
  TimeStyle ABSOLUTE = new Absolute();

  /** As seconds after an unnamed zero at DTN time zero. */
  TimeStyle FLOATING = new Relative(new Epoch.At(0), false);
}
