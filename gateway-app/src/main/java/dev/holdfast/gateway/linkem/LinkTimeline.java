package dev.holdfast.gateway.linkem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The windows of one direction in order of time. Immutable; any thread.
 *
 * @param windows by start; no two of them overlap
 */
public record LinkTimeline(List<LinkWindow> windows) {
  /** Checks that the windows are in order and do not overlap. */
  public LinkTimeline {
    windows = List.copyOf(windows);
    for (int i = 1; i < windows.size(); i++) {
      if (windows.get(i).startNanos() < windows.get(i - 1).endNanos()) {
        throw new IllegalArgumentException("windows overlap or are out of order");
      }
    }
  }

  /** The timeline with these windows, in any order. */
  public static LinkTimeline of(List<LinkWindow> windows) {
    List<LinkWindow> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparingLong(LinkWindow::startNanos));
    return new LinkTimeline(sorted);
  }

  /** Open all the time. */
  public static LinkTimeline always(LinkQuality quality) {
    return new LinkTimeline(List.of(LinkWindow.always(quality)));
  }

  /** The window open at that instant. */
  public Optional<LinkWindow> openAt(long nanos) {
    int index = firstEndingAfter(nanos);
    return index < windows.size() && windows.get(index).isOpenAt(nanos)
        ? Optional.of(windows.get(index))
        : Optional.empty();
  }

  /**
   * The quality at that instant: that of the window open then, else of the next, else of the last;
   * perfect if there is none.
   */
  public LinkQuality qualityAt(long nanos) {
    if (windows.isEmpty()) {
      return LinkQuality.PERFECT;
    }
    return windows.get(Math.min(firstEndingAfter(nanos), windows.size() - 1)).quality();
  }

  /** The first instant at or after {@code nanos} at which it is open; {@link LinkWindow#NEVER}. */
  public long nextOpen(long nanos) {
    int index = firstEndingAfter(nanos);
    return index == windows.size()
        ? LinkWindow.NEVER
        : Math.max(nanos, windows.get(index).startNanos());
  }

  /** The first start or end of a window after {@code nanos}; {@link LinkWindow#NEVER} if none. */
  public long nextEdge(long nanos) {
    int index = firstEndingAfter(nanos);
    if (index == windows.size()) {
      return LinkWindow.NEVER;
    }
    LinkWindow window = windows.get(index);
    return window.startNanos() > nanos ? window.startNanos() : window.endNanos();
  }

  private int firstEndingAfter(long nanos) {
    int low = 0;
    int high = windows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (windows.get(middle).endNanos() > nanos) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
