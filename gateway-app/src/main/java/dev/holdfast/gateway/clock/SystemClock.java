package dev.holdfast.gateway.clock;

import dev.holdfast.bpv7.DtnTime;
import java.util.OptionalLong;

/**
 * The machine's clock, both sides of it, with a watch for steps of the wall side.
 *
 * <p>The wall side is read as it is. It is compared with the monotonic side at each reading: small
 * differences are the clock being disciplined and are believed; a larger one is a step, and until
 * the new time has held for {@link Trust#acceptStepMillis()} the error bound grows by the size of
 * the step. Any thread.
 */
public final class SystemClock implements GatewayClock {
  /** Between readings of the uptime: it is a file, and only a machine that slept needs it. */
  private static final long UPTIME_EVERY_NANOS = 1_000_000_000L;

  /** The uptime is coarse, and this thread may have been kept waiting between two readings. */
  private static final long UPTIME_SLACK_NANOS = 250_000_000L;

  /** What a disciplined clock may gain or lose: 500 ppm by slewing, as much for the oscillator. */
  private static final long SLEW_DIVISOR = 1_000;

  /** What two readings may differ by because this thread was kept waiting between them. */
  private static final long JITTER_MILLIS = 50;

  private final MachineTime machine;
  private final Trust trust;
  private long baseNanos;
  private long uptimeReadNanos;
  private long lastMillis;
  private long believedOffset;
  private long currentOffset;
  private long steppedMillis;
  private boolean stepped;

  /**
   * How far the wall side is believed.
   *
   * @param errorMillis how far it is off as a rule
   * @param maxErrorMillis beyond this it is not trusted
   * @param acceptStepMillis after a step, how long until the new time is believed
   */
  public record Trust(long errorMillis, long maxErrorMillis, long acceptStepMillis) {}

  /** This machine's clock. */
  public SystemClock(Trust trust) {
    this(MachineTime.here(), trust);
  }

  SystemClock(MachineTime machine, Trust trust) {
    this.machine = machine;
    this.trust = trust;
    long nanos = machine.nanos().getAsLong();
    baseNanos = machine.uptimeNanos().get().orElse(nanos) - nanos;
    uptimeReadNanos = nanos;
    lastMillis = (nanos + baseNanos) / 1_000_000;
    believedOffset = machine.unixMillis().getAsLong() - lastMillis;
    currentOffset = believedOffset;
  }

  @Override
  public synchronized Moment now() {
    long nanos = machine.nanos().getAsLong();
    long unixMillis = machine.unixMillis().getAsLong();
    if (nanos - uptimeReadNanos >= UPTIME_EVERY_NANOS) {
      catchUp(nanos);
    }
    long bootNanos = nanos + baseNanos;
    compare(bootNanos / 1_000_000, unixMillis);
    long step = Math.abs(currentOffset - believedOffset);
    boolean known = unixMillis > DtnTime.EPOCH_UNIX_MILLIS;
    long error = known ? Math.addExact(trust.errorMillis(), step) : Long.MAX_VALUE;
    DtnTime wall = new DtnTime(Math.max(0, unixMillis - DtnTime.EPOCH_UNIX_MILLIS));
    return new Moment(bootNanos, wall, error, error <= trust.maxErrorMillis());
  }

  @Override
  public long bootId() {
    return machine.bootId();
  }

  /** After the machine slept, its counter is behind the time since boot. Never goes back. */
  private void catchUp(long nanos) {
    uptimeReadNanos = nanos;
    OptionalLong uptime = machine.uptimeNanos().get();
    if (uptime.isPresent()) {
      long behind = uptime.getAsLong() - (nanos + baseNanos);
      if (behind > UPTIME_SLACK_NANOS) {
        baseNanos += behind;
      }
    }
  }

  private void compare(long bootMillis, long unixMillis) {
    long offset = unixMillis - bootMillis;
    long allowed = JITTER_MILLIS + (bootMillis - lastMillis) / SLEW_DIVISOR;
    lastMillis = bootMillis;
    boolean jumped = Math.abs(offset - currentOffset) > allowed;
    currentOffset = offset;
    if (jumped) {
      boolean back = Math.abs(offset - believedOffset) <= JITTER_MILLIS;
      stepped = !back;
      steppedMillis = bootMillis;
    }
    if (!stepped || bootMillis - steppedMillis >= trust.acceptStepMillis()) {
      stepped = false;
      believedOffset = offset;
    }
  }
}
