package dev.holdfast.gateway.linkem;

import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a link, from its events to its windows: another window begins with each change.
 *
 * <p>A link that has opportunities has no rate, so nothing leaves between them; the bytes of one
 * leave within the millisecond that follows it, or until the next change if that comes sooner. A
 * link that loses everything is closed. For one thread.
 */
final class WindowsOfLink {
  /** Changes of one direction; about 200 bytes of heap each. */
  static final int MOST_CHANGES = 250_000;

  private static final long SECOND = 1_000_000_000L;
  private static final long MOST_OPPORTUNITY_NANOS = SECOND / 1_000;

  private final long offset;
  private final List<TraceEvent> events = new ArrayList<>();
  private final List<LinkWindow> windows = new ArrayList<>();
  private final List<Long> resets = new ArrayList<>();
  private long rate;
  private long owlt;
  private double loss;

  /** Whether it is up, and when the window began that is not closed yet. */
  private boolean up;

  private long since;

  /** Bytes that may leave from then on. */
  private long opportunity;

  /**
   * A direction that nothing is said of yet.
   *
   * @param offsetNanos when its trace starts
   * @param otherwise what holds until the trace says something else
   */
  WindowsOfLink(long offsetNanos, LinkQuality otherwise) {
    offset = Math.clamp(offsetNanos, 2 * LinkWindow.ALWAYS, 2 * LinkWindow.NEVER);
    rate = otherwise.bytesPerSecond();
    owlt = otherwise.owltNanos();
    loss = otherwise.loss();
  }

  /** The next event of this direction. */
  void take(TraceEvent event) {
    if (event.change() instanceof LinkChange.Transfer) {
      return; // What was seen is no capacity.
    }
    if (events.size() == MOST_CHANGES) {
      throw new IllegalArgumentException(
          "more than "
              + MOST_CHANGES
              + " changes of the link "
              + event.from()
              + ">"
              + event.to()
              + ", which a relay holds in memory; cut the trace");
    }
    events.add(event);
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  /** When its session breaks off; after {@link #timeline}. */
  List<Long> resets() {
    return resets;
  }

  /** Its windows. Once, at the end of the trace. */
  LinkTimeline timeline() {
    if (events.stream().anyMatch(e -> e.change() instanceof LinkChange.Opportunity)) {
      rate = 0;
    }
    boolean rated = rate > 0;
    for (TraceEvent event : events) {
      long at = Math.clamp(event.nanos() + offset, LinkWindow.ALWAYS, LinkWindow.NEVER);
      if (!(event.change() instanceof LinkChange.Reset)) {
        windowUntil(at);
      }
      switch (event.change()) {
        case LinkChange.Up now -> {
          up = true;
          since = at;
          opportunity = 0;
          rate = rated ? now.bytesPerSecond().orElse(rate) : 0;
          owlt = now.owltNanos().orElse(owlt);
        }
        case LinkChange.Down(boolean deliversInFlight) -> down(at, deliversInFlight);
        case LinkChange.Rate(long bytesPerSecond) -> rate = rated ? bytesPerSecond : 0;
        case LinkChange.Delay(long owltNanos) -> owlt = owltNanos;
        case LinkChange.Loss(double probability) -> loss = probability;
        case LinkChange.Opportunity(long bytes) ->
            opportunity =
                Math.min(
                    LinkQuality.UNLIMITED, opportunity + Math.min(bytes, LinkQuality.UNLIMITED));
        case LinkChange.Reset() -> resets.add(at);
        case LinkChange.Transfer _ -> {}
      }
    }
    windowUntil(LinkWindow.NEVER);
    return LinkTimeline.of(windows);
  }

  private void windowUntil(long at) {
    if (up && opportunity > 0 && at > since) {
      long nanos = Math.min(at - since, MOST_OPPORTUNITY_NANOS);
      window(since + nanos, opportunityRate(nanos));
      opportunity = 0;
    }
    if (up) {
      window(at, rate);
    }
  }

  private void window(long end, long bytesPerSecond) {
    if (end > since && loss < 1) {
      windows.add(new LinkWindow(since, end, new LinkQuality(bytesPerSecond, owlt, loss)));
    }
    since = end;
  }

  private long opportunityRate(long nanos) {
    return opportunity > LinkQuality.UNLIMITED / 1_000
        ? LinkQuality.UNLIMITED
        : Math.min(LinkQuality.UNLIMITED, Math.ceilDiv(opportunity * SECOND, nanos));
  }

  private void down(long at, boolean deliversInFlight) {
    up = false;
    int last = windows.size() - 1;
    if (!deliversInFlight && last >= 0 && windows.get(last).endNanos() == at) {
      LinkWindow closing = windows.get(last);
      windows.set(last, new LinkWindow(closing.startNanos(), at, closing.quality(), false));
    }
  }
}
