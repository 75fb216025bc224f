package dev.holdfast.bpv7.tcpcl;

/** When something must be said or must have been heard (RFC 9174 §5.1.1, §6.2); milliseconds. */
final class Watch {
  static final long NEVER = Long.MAX_VALUE;

  private final long idleMillis;
  private long keepaliveMillis;
  private long lastWritten;
  private long lastHeard;
  private long lastMessage;
  private boolean readingPaused;

  Watch(long idleMillis) {
    this.idleMillis = idleMillis;
  }

  /** The session is established with that keepalive interval. */
  void begin(long now, int keepaliveSeconds) {
    keepaliveMillis = keepaliveSeconds * 1000L;
    lastWritten = now;
    lastHeard = now;
    lastMessage = now;
  }

  /** Bytes were written, or earlier ones got on their way. */
  void written(long now) {
    lastWritten = now;
  }

  /** Bytes came in: whatever they are, the peer lives. */
  void heard(long now) {
    lastHeard = now;
  }

  /** A message other than KEEPALIVE came in. */
  void message(long now) {
    lastMessage = now;
  }

  /** While we do not read, nothing can be heard. */
  void reading(long now, boolean paused) {
    readingPaused = paused;
    lastHeard = now;
  }

  /** Half the interval: a peer that counts a whole one (dtn7-rs 0.21.0) never misses us. */
  long keepaliveAt() {
    return keepaliveMillis == 0 ? NEVER : lastWritten + keepaliveMillis / 2;
  }

  /** Twice the interval without a byte. */
  long silentAt() {
    return keepaliveMillis == 0 || readingPaused ? NEVER : lastHeard + 2 * keepaliveMillis;
  }

  /** Nothing but keepalives for too long. */
  long idleAt(boolean idle) {
    return idleMillis == 0 || !idle ? NEVER : lastMessage + idleMillis;
  }
}
