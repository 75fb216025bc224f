package dev.holdfast.gateway.linkem;

import java.util.Optional;

/**
 * One direction's transmitter: sends one byte after the other at the rate of the open window, and
 * knows until when it is busy. Reads no clock. Not to be shared without {@link SharedTransmitter}.
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
     * @param window the window they leave in
     */
    record Departs(int bytes, long departedAt, LinkWindow window) implements Passage {
      /** When the last of them arrives. */
      long arrivesAt() {
        return departedAt + window.quality().owltNanos();
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
    long start = Math.max(now, busyUntil);
    Optional<LinkWindow> open = timeline.openAt(start);
    if (open.isEmpty()) {
      return new Passage.Closed(timeline.nextOpen(start));
    }
    LinkWindow window = open.get();
    LinkQuality quality = window.quality();
    long end = start + quality.transmitNanos(bytes);
    if (end <= window.endNanos()) {
      busyUntil = end;
      return new Passage.Departs(bytes, end, window);
    }
    // Fewer nanoseconds are left than these bytes take, so the product is below bytes * 10^9.
    long fitting = (window.endNanos() - start) * quality.bytesPerSecond() / 1_000_000_000L;
    busyUntil = window.endNanos();
    return fitting == 0
        ? new Passage.Closed(timeline.nextOpen(window.endNanos()))
        : new Passage.Departs((int) fitting, window.endNanos(), window);
  }

  /** How long something handed over at {@code now} waits before its first byte leaves. */
  long backlogNanos(long now) {
    return Math.max(0, busyUntil - now);
  }
}
