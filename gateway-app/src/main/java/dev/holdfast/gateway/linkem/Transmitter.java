package dev.holdfast.gateway.linkem;

/**
 * One direction's transmitter: sends one byte after the other at the rate of the open window, on
 * into the one that follows without a gap, and knows until when it is busy. Reads no clock. Not to
 * be shared without {@link SharedTransmitter}.
 */
final class Transmitter {
  private final LinkTimeline timeline;
  private long busyUntil = LinkWindow.ALWAYS;

  Transmitter(LinkTimeline timeline) {
    this.timeline = timeline;
  }

  /** What becomes of bytes that are to leave. */
  sealed interface Passage {
    /**
     * They leave, or the first of them do.
     *
     * @param bytes how many; the others did not fit into the window
     * @param departedAt when the last of them has left
     * @param window the window that the last of them leaves in
     * @param last the window with which the link closes: that one, or one that follows it without a
     *     gap
     */
    record Departs(int bytes, long departedAt, LinkWindow window, LinkWindow last)
        implements Passage {
      /** When the last of them arrives. */
      long arrivesAt() {
        return departedAt + window.quality().owltNanos();
      }

      /** Until when they must leave so as to arrive. */
      long usefulUntil() {
        return last.deliversInFlight()
            ? last.endNanos()
            : last.endNanos() - window.quality().owltNanos();
      }
    }

    /**
     * None can leave now.
     *
     * @param opensAt when to try again; {@link LinkWindow#NEVER} if no window follows
     */
    record Closed(long opensAt) implements Passage {}
  }

  /** Sends up to {@code bytes} bytes, at least 1, that are there at {@code now}. */
  Passage send(long now, int bytes) {
    long at = Math.max(now, busyUntil);
    if (timeline.openAt(at).isEmpty()) {
      return new Passage.Closed(timeline.nextOpen(at));
    }
    int index = timeline.firstEndingAfter(at);
    int last = timeline.lastWithoutGap(index);
    int sent = 0;
    while (true) {
      LinkWindow window = timeline.windows().get(index);
      LinkQuality quality = window.quality();
      long end = at + quality.transmitNanos(bytes - sent);
      if (end <= window.endNanos()) {
        busyUntil = end;
        return new Passage.Departs(bytes, end, window, timeline.windows().get(last));
      }
      // Fewer nanoseconds are left than these bytes take, so the product is below bytes * 10^9.
      sent += (int) ((window.endNanos() - at) * quality.bytesPerSecond() / 1_000_000_000L);
      at = window.endNanos();
      if (index == last) {
        busyUntil = at;
        return sent == 0
            ? new Passage.Closed(timeline.nextOpen(at))
            : new Passage.Departs(sent, at, window, window);
      }
      index++;
    }
  }

  /** How long something handed over at {@code now} waits before its first byte leaves. */
  long backlogNanos(long now) {
    return Math.max(0, busyUntil - now);
  }
}
