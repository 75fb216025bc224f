package dev.holdfast.gateway.twin;

import dev.holdfast.gateway.recent.Recent;
import java.util.Collection;
import java.util.List;

/**
 * Which things changed lately, for those who watch. What a watcher missed is told by the numbers.
 * Any thread.
 */
public final class TwinFeed {
  private final Recent<Change> recent;

  /**
   * A change.
   *
   * @param thing the thing's id
   * @param local whether it was changed here
   */
  public record Change(String thing, boolean local) {}

  /** Keeps the last {@code most} changes. */
  public TwinFeed(int most) {
    this.recent = new Recent<>(most);
  }

  /** Things have changed, and that is durable. */
  public void add(Collection<String> things, boolean local) {
    recent.add(things.stream().map(thing -> new Change(thing, local)).toList());
  }

  /** The number of the last change; 0 if there was none. */
  public long last() {
    return recent.last();
  }

  /**
   * What changed after a number, oldest first.
   *
   * @param since the last number known
   * @param limit at most so many
   * @param waitMillis how long to wait for the first
   */
  public List<Recent.Numbered<Change>> since(long since, int limit, long waitMillis)
      throws InterruptedException {
    return recent.since(since, limit, waitMillis);
  }
}
