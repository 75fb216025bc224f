package dev.holdfast.gateway.linkem;

import java.util.OptionalLong;

/**
 * What loss does to one direction of one TCP connection: it counts the stream's packets as they
 * leave and tells how much later their bytes arrive. Not thread-safe.
 */
final class StreamLoss {
  private final PacketLoss loss;
  private final long flow;
  private final LinkDirection direction;
  private long offset;
  private long lost;

  StreamLoss(PacketLoss loss, long flow, LinkDirection direction) {
    this.loss = loss;
    this.flow = flow;
    this.direction = direction;
  }

  /**
   * The next bytes of the stream leave.
   *
   * @param bytes how many
   * @param departed when, and in which window
   * @param roundTripNanos how much later a second attempt arrives
   * @return how much later they arrive for that, in nanoseconds; empty if the last attempt that is
   *     needed comes too late to arrive
   */
  OptionalLong delay(int bytes, Transmitter.Passage.Departs departed, long roundTripNanos) {
    double probability = departed.window().quality().loss();
    // A packet counts with its first byte.
    long first = Math.ceilDiv(offset, (long) PacketLoss.STREAM_PACKET);
    offset += bytes;
    long end = Math.ceilDiv(offset, (long) PacketLoss.STREAM_PACKET);
    int most = 0;
    for (long packet = first; packet < end && probability > 0; packet++) {
      int repeats = loss.repeats(flow, direction, packet, probability);
      lost += repeats;
      most = Math.max(most, repeats);
    }
    long later = most * roundTripNanos;
    return departed.departedAt() + later > departed.usefulUntil()
        ? OptionalLong.empty()
        : OptionalLong.of(later);
  }

  /** Packets lost so far, every attempt counted. */
  long lost() {
    return lost;
  }
}
