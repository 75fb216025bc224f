package dev.holdfast.gateway.recent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last entries of something that goes on, numbered from 1 without gaps, so that a reader sees
 * what it missed. Any thread; what is older than the capacity is gone.
 *
 * @param <E> what an entry is
 */
public final class Recent<E> {
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final ArrayDeque<E> entries = new ArrayDeque<>();
  private long last;

  /**
   * An entry and its number.
   *
   * @param number from 1
   * @param entry what happened
   * @param <E> what an entry is
   */
  public record Numbered<E>(long number, E entry) {}

  /**
   * Nothing yet.
   *
   * @param capacity how many entries are kept, 1 or more
   */
  public Recent(int capacity) {
    this.capacity = capacity;
  }

  /** Adds entries. */
  public void add(Collection<? extends E> more) {
    lock.lock();
    try {
      for (E entry : more) {
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
   * Entries after a number, oldest first.
   *
   * @param since the last number known
   * @param limit at most so many
   * @param waitMillis how long to wait for the first
   */
  public List<Numbered<E>> since(long since, int limit, long waitMillis)
      throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(waitMillis);
      while (last <= since && left > 0) {
        left = grown.awaitNanos(left);
      }
      List<Numbered<E>> found = new ArrayList<>();
      long number = last - entries.size();
      for (E entry : entries) {
        number++;
        if (number > since && found.size() < limit) {
          found.add(new Numbered<>(number, entry));
        }
      }
      return found;
    } finally {
      lock.unlock();
    }
  }
}
