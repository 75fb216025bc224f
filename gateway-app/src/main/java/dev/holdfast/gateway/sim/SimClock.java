package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;

/**
 * The clock of one machine in a world: both sides follow the world's time, and may be wrong as real
 * ones are. The monotonic side drifts; the wall side drifts with it and is off by some offset.
 */
final class SimClock implements GatewayClock {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long MILLION = 1_000_000;

  private final SimTime time;
  private final DtnTime startWall;
  private long bootId = 1;
  private long bootedAt;
  private long driftPpm;
  private long wallOffset;
  private long wallError;
  private boolean trusted = true;

  SimClock(SimTime time, DtnTime startWall) {
    this.time = time;
    this.startWall = startWall;
  }

  @Override
  public Moment now() {
    long since = time.nanos() - bootedAt;
    long local = since + drift(since);
    long wallMillis = (time.nanos() + drift(since)) / NANOS_PER_MILLI + wallOffset;
    return new Moment(
        local, startWall.plus(wallMillis), trusted ? wallError : Long.MAX_VALUE, trusted);
  }

  private long drift(long nanos) {
    return nanos / MILLION * driftPpm;
  }

  @Override
  public long bootId() {
    return bootId;
  }

  /** The machine boots: its monotonic side begins anew. */
  void boot() {
    bootId++;
    bootedAt = time.nanos();
  }

  /** The monotonic side runs so many parts in a million too fast; counted from now. */
  void driftBy(long partsPerMillion) {
    driftPpm = partsPerMillion;
  }

  /** The wall side is off by that much, and may or may not be trusted. */
  void wall(long offsetMillis, boolean trust, long errorMillis) {
    wallOffset = offsetMillis;
    trusted = trust;
    wallError = errorMillis;
  }

  boolean isTrusted() {
    return trusted;
  }

  /** How far the wall side is off in truth, in milliseconds. */
  long wallOffMillis() {
    long since = time.nanos() - bootedAt;
    return wallOffset + drift(since) / NANOS_PER_MILLI;
  }

  /** How long it takes in truth until the monotonic side shows {@code bootMillis}. */
  long nanosUntil(long bootMillis) {
    long since = time.nanos() - bootedAt;
    long local = since + drift(since);
    long left = bootMillis - local / NANOS_PER_MILLI;
    if (left >= Long.MAX_VALUE / NANOS_PER_MILLI / 2) {
      return Long.MAX_VALUE / 2;
    }
    long nanos = Math.max(1, left) * NANOS_PER_MILLI;
    return Math.max(1, nanos - drift(nanos));
  }
}
