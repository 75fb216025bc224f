package dev.holdfast.gateway.linkem;

/**
 * What a relay may at most use.
 *
 * @param connections TCP connections at a time; more are reset
 * @param flows UDP clients at a time; the one that was silent longest makes room
 * @param bufferBytes bytes in flight per connection and direction, and for all datagrams of a
 *     direction; a link that holds more (rate times light time) runs slower than its rate
 * @param datagramQueueNanos how long a datagram may wait for the transmitter before it is dropped
 */
public record LinkemLimits(int connections, int flows, long bufferBytes, long datagramQueueNanos) {
  /** 64 connections, 256 flows, 64 MiB, 250 ms. */
  public static final LinkemLimits DEFAULT = new LinkemLimits(64, 256, 64L << 20, 250_000_000);

  /** Each limit is positive. */
  public LinkemLimits {
    if (connections < 1 || flows < 1 || bufferBytes < 1 || datagramQueueNanos < 1) {
      throw new IllegalArgumentException("each limit is at least 1");
    }
  }

  /** The same limits with another buffer. */
  public LinkemLimits withBufferBytes(long bytes) {
    return new LinkemLimits(connections, flows, bytes, datagramQueueNanos);
  }
}
