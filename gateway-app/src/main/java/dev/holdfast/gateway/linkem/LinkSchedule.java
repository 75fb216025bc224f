package dev.holdfast.gateway.linkem;

/**
 * When each direction is open. Immutable; any thread.
 *
 * @param forward from the connecting side
 * @param backward to it
 */
public record LinkSchedule(LinkTimeline forward, LinkTimeline backward) {
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

  /** The first start or end of a window of either direction after {@code nanos}. */
  public long nextEdge(long nanos) {
    return Math.min(forward.nextEdge(nanos), backward.nextEdge(nanos));
  }

  /** There and back at that instant, in nanoseconds. */
  public long roundTripNanos(long nanos) {
    return forward.qualityAt(nanos).owltNanos() + backward.qualityAt(nanos).owltNanos();
  }
}
