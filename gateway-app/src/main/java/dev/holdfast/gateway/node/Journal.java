package dev.holdfast.gateway.node;

import dev.holdfast.gateway.turn.JournalEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last things that happened, numbered from 1 without gaps. Any thread; what is older than its
 * capacity is gone.
 */
public final class Journal {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final ArrayDeque<JournalEntry> entries = new ArrayDeque<>();
  private long last;

  /**
   * An entry and its number.
   *
   * @param number from 1
   * @param entry what happened
   */
  public record Numbered(long number, JournalEntry entry) {}

  /** An empty journal that keeps the last {@code capacity} entries. */
  public Journal(int capacity) {
    this.capacity = capacity;
  }

  /** Adds entries. */
  void add(List<JournalEntry> more) {
    lock.lock();
    try {
      for (JournalEntry entry : more) {
        if (entries.size() == capacity) {
          entries.removeFirst();
        }
        entries.addLast(entry);
        last++;
      }
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Number of the newest entry; 0 if there is none. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Entries after number {@code since}, oldest first, at most {@code limit}; waits up to {@code
   * waitMillis} for the first.
   */
  public List<Numbered> since(long since, int limit, long waitMillis) throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (last <= since && left > 0) {
        left = grown.awaitNanos(left);
      }
      List<Numbered> found = new ArrayList<>();
      long number = last - entries.size();
      for (JournalEntry entry : entries) {
        number++;
        if (number > since && found.size() < limit) {
          found.add(new Numbered(number, entry));
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}
