package dev.holdfast.gateway.linkem;

import java.util.List;

/**
 * When each direction is open. Immutable; any thread.
 *
 * @param forward from the connecting side
 * @param backward to it
 * @param resets when TCP connections break off although the link stays open, ascending
 */
public record LinkSchedule(LinkTimeline forward, LinkTimeline backward, List<Long> resets) {
  /** Keeps an unmodifiable copy. */
  public LinkSchedule {
    resets = List.copyOf(resets);
  }

  /** Without resets. */
  public LinkSchedule(LinkTimeline forward, LinkTimeline backward) {
    this(forward, backward, List.of());
  }

  /** Open both ways all the time. */
  public static LinkSchedule always(LinkQuality quality) {
    return new LinkSchedule(LinkTimeline.always(quality), LinkTimeline.always(quality));
  }

  /** The windows of a direction. */
  public LinkTimeline timeline(LinkDirection direction) {
    return switch (direction) {
      case FORWARD -> forward;
      case BACKWARD -> backward;
    };
  }

  /** Whether both directions are open, so that TCP can work. */
  public boolean isOpenBothWays(long nanos) {
    return forward.openAt(nanos).isPresent() && backward.openAt(nanos).isPresent();
  }

  /** The first instant after {@code nanos} at which either direction opens or closes. */
  public long nextEdge(long nanos) {
    return Math.min(forward.nextEdge(nanos), backward.nextEdge(nanos));
  }

  /** The first reset after {@code nanos}; {@link LinkWindow#NEVER} if none. */
  long nextReset(long nanos) {
    int low = 0;
    int high = resets.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (resets.get(middle) > nanos) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < resets.size() ? resets.get(low) : LinkWindow.NEVER;
  }

  /** There and back at that instant, in nanoseconds. */
  public long roundTripNanos(long nanos) {
    return forward.qualityAt(nanos).owltNanos() + backward.qualityAt(nanos).owltNanos();
  }
}
