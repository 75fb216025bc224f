package dev.holdfast.custody.rocks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frees the space of payload files that no bundle has any more, on a thread of its own: a large
 * file takes the file system tens of milliseconds to let go of, and during that no sync of a small
 * bundle would return. So it shrinks files in steps.
 */
final class PayloadReclaimer implements AutoCloseable {
  /** Bytes given back at once (docs/0001). */
  private static final long STEP = 8 << 20;

  /** Milliseconds between two steps, in which syncs get through. */
  private static final long PAUSE = 4;

  /** Files that may wait; one more is deleted by the writer itself. */
  private static final int WAITING_MAX = 100_000;

  /** No file's number: ends a wait for one. */
  private static final long WAKE = 0;

  private final PayloadFiles files;
  private final BlockingQueue<Long> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<Long> unsynced = new ArrayList<>();
  private final Thread thread;
  private volatile @Nullable RuntimeException failure;

  PayloadReclaimer(PayloadFiles files) {
    this.files = files;
    thread = Thread.ofPlatform().name("custody-reclaimer").daemon().start(this::run);
  }

  /** A file whose bundle was removed by a batch that is not synced yet: kept until one is. */
  void afterNextSync(long number) {
    unsynced.add(number);
  }

  /** Whether so many files wait for a sync that one should be made. */
  boolean wantsSync() {
    return unsynced.size() >= WAITING_MAX;
  }

  /** Says that all batches so far are synced. */
  void synced() {
    RuntimeException earlier = failure;
    if (earlier != null) {
      throw earlier;
    }
    unsynced.forEach(this::free);
    unsynced.clear();
  }

  /** Frees a file that no bundle has and none will have. Any thread. */
  void free(long number) {
    if (!waiting.offer(number)) {
      reclaim(number);
    }
  }

  private void run() {
    try {
      while (closing.getCount() > 0) {
        long number = waiting.take();
        if (number != WAKE) {
          reclaim(number);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException broken) {
      failure = broken;
    }
  }

  private void reclaim(long number) {
    Path path = files.path(number);
    // The name goes first: no reader opens it any more, and those that have it find it shorter.
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      long size = channel.size();
      Files.delete(path);
      files.freed(size);
      for (long left = size - STEP; left > 0 && !pause(); left -= STEP) {
        channel.truncate(left);
      }
    } catch (NoSuchFileException gone) {
      // A file that is gone has no space to free: its deletion was cut off by a crash.
      return;
    } catch (IOException io) {
      throw Failures.of(path, "deleting a payload", io);
    }
  }

  /** Waits a little; true if the store closes, so that the rest goes at once. */
  private boolean pause() {
    try {
      return closing.await(PAUSE, TimeUnit.MILLISECONDS);
    } catch (InterruptedException alsoClosing) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Waits for the file in hand; what still waits is swept at the next start. */
  @Override
  public void close() {
    closing.countDown();
    // If there is no room for it, the thread is at work and looks at the latch next.
    waiting.offer(WAKE);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException meanwhile) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
