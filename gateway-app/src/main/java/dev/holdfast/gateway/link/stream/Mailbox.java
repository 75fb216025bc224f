package dev.holdfast.gateway.link.stream;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A virtual thread that does what it is told, one thing after the other, and looks at the clock
 * when it is due: the owner of a link's state.
 */
public final class Mailbox {
  private final LinkServices services;
  private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
  private volatile boolean closed;

  /** A mailbox that is not attended yet. */
  public Mailbox(LinkServices services) {
    this.services = services;
  }

  /**
   * Attends to it from now on.
   *
   * @param deadline when {@code due} is to be called next, in monotonic milliseconds; asked after
   *     each task
   * @param due what to do then
   */
  public void start(String name, LongSupplier deadline, Runnable due) {
    Thread _ = services.start(name, () -> attend(deadline, due));
  }

  /** Leaves a task; false if nobody attends any more. Never waits. Any thread. */
  public boolean post(Runnable task) {
    synchronized (tasks) {
      return !closed && tasks.add(task);
    }
  }

  /** Takes no more tasks; ends after those that are there. On the mailbox's own thread. */
  public void close() {
    synchronized (tasks) {
      closed = true;
    }
  }

  private void attend(LongSupplier deadline, Runnable due) {
    try {
      while (!closed || !tasks.isEmpty()) {
        long wait = deadline.getAsLong() - services.nowMillis();
        Runnable task =
            wait > 0 && !closed ? tasks.poll(wait, TimeUnit.MILLISECONDS) : tasks.poll();
        if (task != null) {
          task.run();
        } else if (services.nowMillis() >= deadline.getAsLong()) {
          due.run();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
