package dev.holdfast.gateway.twin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * Which things changed lately, for those who watch. What a watcher missed is told by the numbers.
 * Any thread.
 */
public final class TwinFeed {
  private final int most;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long last;

  /**
   * A change.
   *
   * @param number counts up from 1 since the start
   * @param thing the thing's id
   * @param local whether it was changed here
   */
  public record Entry(long number, String thing, boolean local) {}

  /** Keeps the last {@code most} changes. */
  public TwinFeed(int most) {
    this.most = most;
  }

  /** Things have changed, and that is durable. */
  public synchronized void add(Collection<String> things, boolean local) {
    for (String thing : things) {
      entries.add(new Entry(++last, thing, local));
      if (entries.size() > most) {
        entries.remove();
      }
    }
    notifyAll();
  }

  /** The number of the last change; 0 if there was none. */
  public synchronized long last() {
    return last;
  }

  /**
   * What changed after a number; waits for it if nothing has.
   *
   * @param since the last number known
   * @param limit at most this many
   * @param waitMillis how long to wait
   */
  public synchronized List<Entry> since(long since, int limit, long waitMillis)
      throws InterruptedException {
    if (last <= since && waitMillis > 0) {
      wait(waitMillis);
    }
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.number() > since && found.size() < limit) {
        found.add(entry);
      }
    }
    return found;
  }
}
