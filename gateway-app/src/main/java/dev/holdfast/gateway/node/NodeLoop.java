package dev.holdfast.gateway.node;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The node's thread: drains what happened, lets the node decide, and hands the turn to the one
 * thread that writes it and then speaks.
 *
 * <p>The busier the node, the more events share a turn, a batch and its sync. When the store fails,
 * except for want of room, or anything is thrown on one of its threads, the node stops.
 */
public final class NodeLoop implements LinkSink, AutoCloseable {
  private static final int QUEUE = 16_384;
  private static final int BATCH = 1_024;
  private static final int BATCH_KIB = 4 * 1024;
  private static final int BATCH_STEP = 16;
  private static final int CREDIT_KIB = 16 * 1024;

  /** How soon a jump of the wall clock is noticed. */
  private static final long ATTENTION_MILLIS = 1_000;

  private final Node node;
  private final BundleStore store;
  private final GatewayClock clock;
  private final Effects effects;
  private final Consumer<Throwable> fatal;
  private final LinkedBlockingQueue<NodeEvent> queue = new LinkedBlockingQueue<>(QUEUE);
  private final Semaphore credit = new Semaphore(CREDIT_KIB);
  private final AtomicLong requests = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("node").unstarted(this::run);
  private final CommitLoop commits;
  private final AtomicReference<Optional<Throwable>> failure =
      new AtomicReference<>(Optional.empty());
  private volatile boolean stopped;

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
    commits = new CommitLoop(store, effects, this::put, credit::release, this::failed);
    effects.answersTo(this::put, this::failed);
  }

  /** Starts both threads. */
  public void start() {
    commits.start();
    thread.start();
  }

  @Override
  public void offer(LinkEvent event) {
    if (event instanceof LinkEvent.Arrived arrived) {
      credit.acquireUninterruptibly(cost(arrived));
    }
    put(new NodeEvent.FromLink(event));
  }

  /** Kibibytes that an event puts into a batch. */
  private static int weight(NodeEvent event) {
    if (event instanceof NodeEvent.FromLink(LinkEvent.Arrived arrived)) {
      return cost(arrived);
    }
    return event instanceof NodeEvent.Asked(_, Request.Submit submit)
        ? (int) (inlineBytes(submit.payload()) >> 10)
        : 0;
  }

  /** Kibibytes that a bundle takes of memory while it waits for its turn. */
  private static int cost(LinkEvent.Arrived arrived) {
    long bytes = arrived.head().encoded().size() + inlineBytes(arrived.payload());
    return (int) Math.min(CREDIT_KIB, 1 + bytes / 1024);
  }

  private static long inlineBytes(Payload payload) {
    return switch (payload) {
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
   * thread that commits, so hang no work on it.
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
    return commits.isFull();
  }

  /** Whether the loop is at work. */
  public boolean isRunning() {
    return thread.isAlive() && !stopped;
  }

  private void run() {
    try {
      List<NodeEvent> batch = new ArrayList<>();
      while (!stopped && failure.get().isEmpty()) {
        await(batch);
        turn(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // It is to end, and does.
    } catch (RuntimeException | Error e) {
      failed(e);
    }
    stopped = true;
    commits.finish();
    failure.get().ifPresent(fatal);
    effects.stop();
  }

  /** Ends the loop; what fails first is what is told. Any thread. */
  private void failed(Throwable cause) {
    var _ = failure.updateAndGet(first -> first.or(() -> Optional.of(cause)));
    wake();
  }

  private void wake() {
    boolean _ = queue.offer(new NodeEvent.Tick()); // if the queue is full it is awake
  }

  private void await(List<NodeEvent> batch) throws InterruptedException {
    NodeEvent first = queue.poll();
    if (first == null) {
      Moment now = clock.now();
      long wait = Math.min(ATTENTION_MILLIS, node.nextDeadline(now) - now.bootMillis());
      first = wait > 0 ? queue.poll(wait, TimeUnit.MILLISECONDS) : null;
    }
    if (first == null) {
      batch.add(new NodeEvent.Tick());
      return;
    }
    batch.add(first);
    takeMore(batch);
  }

  /** Takes what came meanwhile, up to a batch that is no burden to memory. */
  private void takeMore(List<NodeEvent> batch) {
    int kib = weight(batch.getFirst());
    int from;
    do {
      from = batch.size();
      queue.drainTo(batch, BATCH_STEP);
      for (NodeEvent event : batch.subList(from, batch.size())) {
        kib += weight(event);
      }
    } while (batch.size() == from + BATCH_STEP && batch.size() < BATCH && kib < BATCH_KIB);
  }

  private void turn(List<NodeEvent> batch) throws InterruptedException {
    Turn turn = node.on(batch, clock.now());
    int spent = 0;
    for (NodeEvent event : batch) {
      if (event instanceof NodeEvent.FromLink(LinkEvent.Arrived arrived)) {
        spent += cost(arrived);
      }
    }
    commits.take(new CommitLoop.Decided(turn, store.prepare(turn.changes()), spent));
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
    wake();
    if (!Thread.currentThread().equals(thread)) {
      CommitLoop.awaitEnd(thread);
    }
  }
}
