package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeNumber;

/**
 * A contact as a file declares it, before contradictions are resolved and, in ION, before ranges
 * give it a light time.
 *
 * @param from the sender
 * @param to the receiver
 * @param startMillis DTN time
 * @param endMillis DTN time, after the start
 * @param bytesPerSecond the rate
 * @param owltMillis the light time; 0 where ranges are to give it
 * @param confidence above 0, at most 1
 * @param position where it stands
 */
record Declared(
    NodeNumber from,
    NodeNumber to,
    long startMillis,
    long endMillis,
    long bytesPerSecond,
    long owltMillis,
    double confidence,
    Position position) {

  Declared withWindow(long start, long end) {
    return new Declared(from, to, start, end, bytesPerSecond, owltMillis, confidence, position);
  }

  Declared withRate(long rate, double newConfidence) {
    return new Declared(
        from, to, startMillis, endMillis, rate, owltMillis, newConfidence, position);
  }

  Declared between(NodeNumber sender, NodeNumber receiver) {
    return new Declared(
        sender, receiver, startMillis, endMillis, bytesPerSecond, owltMillis, confidence, position);
  }

  boolean isSamePair(Declared other) {
    return from.equals(other.from) && to.equals(other.to);
  }

  /** Whether both could be one contact but for their windows. */
  boolean isAlike(Declared other) {
    return bytesPerSecond == other.bytesPerSecond
        && owltMillis == other.owltMillis
        && Double.compare(confidence, other.confidence) == 0;
  }
}
