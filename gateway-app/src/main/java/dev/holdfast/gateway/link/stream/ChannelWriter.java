package dev.holdfast.gateway.link.stream;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Writes to a socket on a virtual thread of its own, so that nobody else ever waits for it: what is
 * queued goes out in as few and as large writes as it can.
 *
 * <p>The queue is bounded by whoever fills it, who is told how much has left.
 */
public final class ChannelWriter {
  /** The end of the stream; no other entry is empty. */
  private static final List<Octets> FIN = List.of();

  private final SocketChannel channel;
  private final MeteredOutput output;
  private final LongConsumer written;
  private final Runnable failed;
  private final LinkedBlockingQueue<List<Octets>> queue = new LinkedBlockingQueue<>();
  private final CountDownLatch done = new CountDownLatch(1);

  /**
   * A writer that has not been started.
   *
   * @param written told, on the writer's thread, how many more bytes the socket took
   * @param failed told, likewise, that it takes no more
   */
  public ChannelWriter(
      SocketChannel channel, RateMeter meter, LongConsumer written, Runnable failed) {
    this.channel = channel;
    this.output = new MeteredOutput(channel, meter);
    this.written = written;
    this.failed = failed;
  }

  /** What to run on the writer's thread. */
  public void run() {
    try {
      while (true) {
        List<Octets> next = queue.poll();
        if (next == null) {
          tell(output.flush());
          next = queue.take();
        }
        if (next.isEmpty()) {
          tell(output.flush());
          channel.shutdownOutput();
          return;
        }
        for (Octets octets : next) {
          tell(output.put(octets));
        }
      }
    } catch (IOException e) {
      failed.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed.run();
    } finally {
      done.countDown();
    }
  }

  private void tell(long bytes) {
    if (bytes > 0) {
      written.accept(bytes);
    }
  }

  /** Queues bytes; never waits. Any thread. */
  public void write(List<Octets> octets) {
    if (!octets.isEmpty()) {
      queue.add(octets);
    }
  }

  /** Ends the stream (FIN) after what is queued. Any thread. */
  public void finish() {
    queue.add(FIN);
  }

  /** Another meter from now on. Any thread. */
  public void meter(RateMeter other) {
    output.meter(other);
  }

  /** Whether this is the session that urgent bundles take. Any thread. */
  public void urgent(boolean first) {
    output.urgent(first);
  }

  /** Waits until the stream has ended or failed; false if that took longer. */
  public boolean await(long millis) throws InterruptedException {
    return done.await(millis, TimeUnit.MILLISECONDS);
  }
}
