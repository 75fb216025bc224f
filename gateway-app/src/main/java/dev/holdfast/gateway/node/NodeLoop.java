package dev.holdfast.gateway.node;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreException;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The node's one writer thread: drains what happened, lets the node decide, commits one batch, and
 * then speaks.
 *
 * <p>The busier the node, the more events share a batch and its sync. A full disk stops acceptance:
 * the batch that did not fit is kept and tried again, nothing of it is acknowledged before it is
 * in. Any other failure of the store stops the node.
 */
public final class NodeLoop implements LinkSink, AutoCloseable {
  private static final int QUEUE = 16_384;
  private static final int BATCH = 1_024;
  private static final int CREDIT_KIB = 32 * 1024;
  private static final long RETRY_MILLIS = 500;

  private final Node node;
  private final BundleStore store;
  private final GatewayClock clock;
  private final Effects effects;
  private final Consumer<Throwable> fatal;
  private final LinkedBlockingQueue<NodeEvent> queue = new LinkedBlockingQueue<>(QUEUE);
  private final Semaphore credit = new Semaphore(CREDIT_KIB);
  private final AtomicLong requests = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("node").unstarted(this::run);
  private final List<StoreChange> unwritten = new ArrayList<>();
  private final List<Effect> unspoken = new ArrayList<>();
  private BundleStore.Durability unwrittenDurability = BundleStore.Durability.BUFFERED;
  private volatile boolean stopped;
  private volatile boolean full;

  /** A loop that is not running yet; {@code fatal} is told of a failure that ends it. */
  public NodeLoop(
      Node node,
      BundleStore store,
      GatewayClock clock,
      Effects effects,
      Consumer<Throwable> fatal) {
    this.node = node;
    this.store = store;
    this.clock = clock;
    this.effects = effects;
    this.fatal = fatal;
    effects.answersTo(this::put);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  @Override
  public void offer(LinkEvent event) {
    if (event instanceof LinkEvent.Arrived arrived) {
      credit.acquireUninterruptibly(cost(arrived));
    }
    put(new NodeEvent.FromLink(event));
  }

  /** Kibibytes that a bundle takes of memory while it waits for its turn. */
  private static int cost(LinkEvent.Arrived arrived) {
    long bytes = arrived.head().encoded().size() + inlineBytes(arrived);
    return (int) Math.min(CREDIT_KIB, 1 + bytes / 1024);
  }

  private static long inlineBytes(LinkEvent.Arrived arrived) {
    return switch (arrived.payload()) {
      case Payload.Inline inline -> inline.length();
      case Payload.Spooled _ -> 0;
    };
  }

  /** Tells the node of something. Blocks while its queue is full. Any thread but the node's own. */
  public void put(NodeEvent event) {
    boolean interrupted = false;
    while (!stopped) {
      try {
        if (queue.offer(event, 1, TimeUnit.SECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Asks the node for something. The answer comes after it is durable; it may be completed on the
   * node's thread, so hang no work on it.
   */
  public CompletableFuture<Answer> ask(Request request) {
    RequestId id = new RequestId(requests.incrementAndGet());
    CompletableFuture<Answer> answer = effects.expect(id);
    put(new NodeEvent.Asked(id, request));
    if (stopped) {
      answer.complete(new Answer.Refused(Answer.Reason.STOPPING, "the gateway has stopped"));
    }
    return answer;
  }

  /** Whether the store has no room. */
  public boolean isFull() {
    return full;
  }

  /** Whether the loop is at work. */
  public boolean isRunning() {
    return thread.isAlive() && !stopped;
  }

  private void run() {
    try {
      List<NodeEvent> batch = new ArrayList<>();
      while (!stopped) {
        await(batch);
        turn(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      stopped = true;
    } catch (RuntimeException | Error e) {
      stopped = true;
      fatal.accept(e);
    } finally {
      effects.stop();
    }
  }

  private void await(List<NodeEvent> batch) throws InterruptedException {
    NodeEvent first = queue.poll();
    if (first == null) {
      Moment now = clock.now();
      long wait = node.nextDeadline(now) - now.bootMillis();
      wait = unwritten.isEmpty() ? wait : Math.min(wait, RETRY_MILLIS);
      first = wait > 0 ? queue.poll(wait, TimeUnit.MILLISECONDS) : null;
    }
    if (first == null) {
      batch.add(new NodeEvent.Tick());
      return;
    }
    batch.add(first);
    queue.drainTo(batch, BATCH - 1);
  }

  private void turn(List<NodeEvent> batch) {
    Turn turn = node.on(batch, clock.now());
    if (full && turn.changes().isEmpty()) {
      effects.perform(turn.effects()); // Refusals need not wait for the disk.
    } else {
      keep(turn);
    }
    write();
    int spent = 0;
    for (NodeEvent event : batch) {
      if (event instanceof NodeEvent.FromLink(LinkEvent.Arrived arrived)) {
        spent += cost(arrived);
      }
    }
    credit.release(spent);
  }

  private void keep(Turn turn) {
    unwritten.addAll(turn.changes());
    unspoken.addAll(turn.effects());
    if (turn.durability() == BundleStore.Durability.SYNCED) {
      unwrittenDurability = BundleStore.Durability.SYNCED;
    }
  }

  private void write() {
    if (!unwritten.isEmpty()) {
      try {
        store.commit(unwritten, unwrittenDurability);
      } catch (StoreException e) {
        if (e.kind() != StoreException.Kind.FULL) {
          throw e;
        }
        becameFull(e);
        return;
      }
      effects.committed(unwritten);
      unwritten.clear();
      unwrittenDurability = BundleStore.Durability.BUFFERED;
    }
    List<Effect> speak = List.copyOf(unspoken);
    unspoken.clear();
    effects.perform(speak);
    if (full) {
      full = false;
      tell(new NodeEvent.StoreSpace(false, "the store has room again"));
    }
  }

  private void becameFull(StoreException e) {
    if (!full) {
      full = true;
      tell(new NodeEvent.StoreSpace(true, String.valueOf(e.getMessage())));
    }
  }

  /** The loop's own word to the node; it must not wait in the queue that only the loop drains. */
  private void tell(NodeEvent event) {
    keep(node.on(List.of(event), clock.now()));
  }

  /** Takes no more, lets transfers end for at most {@code millis}, and stops. */
  public void drain(long millis) throws InterruptedException {
    put(new NodeEvent.Drain());
    boolean _ = effects.awaitDrained(millis);
    close();
  }

  @Override
  public void close() {
    stopped = true;
    boolean _ = queue.offer(new NodeEvent.Tick()); // wakes it; if the queue is full it is awake
    boolean interrupted = false;
    while (thread.isAlive() && !Thread.currentThread().equals(thread)) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
