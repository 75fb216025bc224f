package dev.holdfast.gateway.link.stream;

import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.link.LinkSink;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What every link over TCP works with. Any thread. */
public final class LinkServices {
  private final GatewayClock clock;
  private final LinkSink sink;
  private final StoreThreads store;
  private final long spoolThreshold;
  private final Consumer<Throwable> fatal;
  private final AtomicLong sessions = new AtomicLong();

  /**
   * The services of one gateway.
   *
   * @param clock deadlines and rates are measured on its monotonic side
   * @param sink where links leave their events
   * @param store platform threads for payloads
   * @param spoolThreshold payloads longer than this, in bytes, go to the store while they arrive
   * @param fatal told of failures that are ours; the gateway stops on them
   */
  public LinkServices(
      GatewayClock clock,
      LinkSink sink,
      StoreThreads store,
      long spoolThreshold,
      Consumer<Throwable> fatal) {
    this.clock = clock;
    this.sink = sink;
    this.store = store;
    this.spoolThreshold = spoolThreshold;
    this.fatal = fatal;
  }

  /** The clock. */
  public GatewayClock clock() {
    return clock;
  }

  /** Where links leave their events. */
  public LinkSink sink() {
    return sink;
  }

  /** Platform threads for payloads. */
  public StoreThreads store() {
    return store;
  }

  /** Payloads longer than this, in bytes, go to the store while they arrive. */
  public long spoolThreshold() {
    return spoolThreshold;
  }

  /** Monotonic milliseconds. */
  public long nowMillis() {
    return clock.now().bootMillis();
  }

  /** A number that no other session of this run has. */
  public long nextSession() {
    return sessions.incrementAndGet();
  }

  /** Starts a virtual thread; whatever it throws stops the gateway. */
  public Thread start(String name, Runnable work) {
    return Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error failure) {
                fatal.accept(failure);
              }
            });
  }
}
