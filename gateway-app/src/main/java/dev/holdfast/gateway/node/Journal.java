package dev.holdfast.gateway.node;

import dev.holdfast.gateway.recent.Recent;
import dev.holdfast.gateway.turn.JournalEntry;
import java.util.List;

/** The last things that happened; only the node adds to them. Any thread. */
public final class Journal {
  private final Recent<JournalEntry> recent;

  /** An empty journal that keeps the last {@code capacity} entries. */
  public Journal(int capacity) {
    this.recent = new Recent<>(capacity);
  }

  /** Adds entries. */
  void add(List<JournalEntry> more) {
    recent.add(more);
  }

  /** Number of the newest entry; 0 if there is none. */
  public long last() {
    return recent.last();
  }

  /**
   * Entries after number {@code since}, oldest first, at most {@code limit}; waits up to {@code
   * waitMillis} for the first.
   */
  public List<Recent.Numbered<JournalEntry>> since(long since, int limit, long waitMillis)
      throws InterruptedException {
    return recent.since(since, limit, waitMillis);
  }
}
