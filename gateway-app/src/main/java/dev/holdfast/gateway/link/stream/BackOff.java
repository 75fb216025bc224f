package dev.holdfast.gateway.link.stream;

/** How long to wait between attempts: twice as long each time (RFC 9174 §4.1). One thread. */
public final class BackOff {
  private final long firstMillis;
  private final long maxMillis;
  private long next;

  /** From {@code firstMillis} to {@code maxMillis}. */
  public BackOff(long firstMillis, long maxMillis) {
    this.firstMillis = firstMillis;
    this.maxMillis = maxMillis;
    this.next = firstMillis;
  }

  /** Milliseconds to wait before the next attempt. */
  public long nextMillis() {
    long wait = next;
    next = Math.min(maxMillis, 2 * next);
    return wait;
  }

  /** An attempt succeeded. */
  public void reset() {
    next = firstMillis;
  }
}
