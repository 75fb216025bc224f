package dev.holdfast.gateway.linkem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The windows of one direction in order of time. It is open without interruption while one follows
 * the other without a gap. Immutable; any thread.
 */
public final class LinkTimeline {
  private final List<LinkWindow> windows;

  /** For each window: the last one that follows it without a gap. */
  private final int[] lastWithoutGap;

  private LinkTimeline(List<LinkWindow> sorted) {
    windows = List.copyOf(sorted);
    lastWithoutGap = new int[windows.size()];
    for (int i = windows.size() - 1; i >= 0; i--) {
      boolean followed = i + 1 < windows.size();
      if (followed && windows.get(i + 1).startNanos() < windows.get(i).endNanos()) {
        throw new IllegalArgumentException("windows overlap");
      }
      boolean goesOn = followed && windows.get(i + 1).startNanos() == windows.get(i).endNanos();
      lastWithoutGap[i] = goesOn ? lastWithoutGap[i + 1] : i;
    }
  }

  /** The timeline with these windows, in any order, of which no two overlap. */
  public static LinkTimeline of(List<LinkWindow> windows) {
    List<LinkWindow> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparingLong(LinkWindow::startNanos));
    return new LinkTimeline(sorted);
  }

  /** Open all the time. */
  public static LinkTimeline always(LinkQuality quality) {
    return new LinkTimeline(List.of(LinkWindow.always(quality)));
  }

  /** The windows, by start. */
  public List<LinkWindow> windows() {
    return windows;
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

  /** When it next opens or closes after {@code nanos}; {@link LinkWindow#NEVER} if it does not. */
  public long nextEdge(long nanos) {
    int index = firstEndingAfter(nanos);
    if (index == windows.size()) {
      return LinkWindow.NEVER;
    }
    LinkWindow window = windows.get(index);
    return window.startNanos() > nanos
        ? window.startNanos()
        : windows.get(lastWithoutGap[index]).endNanos();
  }

  /** The last window that follows that one without a gap, or that one. */
  int lastWithoutGap(int index) {
    return lastWithoutGap[index];
  }

  /** The first window that ends after {@code nanos}; as many as there are if none does. */
  int firstEndingAfter(long nanos) {
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
