package dev.holdfast.gateway.linkem;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through a relay. Any thread. */
final class Tally {
  final LongAdder connections = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder cut = new LongAdder();
  private final Side forward = new Side();
  private final Side backward = new Side();

  /** Counts one direction. */
  static final class Side {
    final LongAdder streamBytesTaken = new LongAdder();
    final LongAdder streamBytesDelivered = new LongAdder();
    final LongAdder streamPacketsLost = new LongAdder();
    final LongAdder datagramsTaken = new LongAdder();
    final LongAdder datagramsDelivered = new LongAdder();
    final LongAdder datagramsLost = new LongAdder();
    final LongAdder datagramsOutside = new LongAdder();
    final LongAdder datagramsDropped = new LongAdder();

    private LinkStatistics.Direction read() {
      return new LinkStatistics.Direction(
          streamBytesTaken.sum(),
          streamBytesDelivered.sum(),
          streamPacketsLost.sum(),
          datagramsTaken.sum(),
          datagramsDelivered.sum(),
          datagramsLost.sum(),
          datagramsOutside.sum(),
          datagramsDropped.sum());
    }
  }

  Side side(LinkDirection direction) {
    return switch (direction) {
      case FORWARD -> forward;
      case BACKWARD -> backward;
    };
  }

  LinkStatistics read() {
    return new LinkStatistics(
        connections.sum(), refused.sum(), cut.sum(), forward.read(), backward.read());
  }
}
