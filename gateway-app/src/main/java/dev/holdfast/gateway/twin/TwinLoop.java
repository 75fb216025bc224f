package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.sync.Witness;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The twins' thread: takes what happened, lets the twins decide, hands what they decide to the node
 * to be committed, and only then answers. A thread for each class fetches bundles and verifies what
 * they say.
 */
public final class TwinLoop implements AutoCloseable {
  private static final int QUEUE = 4_096;
  private static final int BATCH = 256;
  private static final int TURNS = 8;
  private static final int FETCHED = 16;
  private static final long LEASE_MILLIS = 300_000;
  private static final long WAIT_MILLIS = 30_000;
  private static final long ATTENTION_MILLIS = 1_000;
  private static final long SEAL_SECONDS = 5;

  /** Kibibytes of messages that were read and are not yet taken. */
  private static final int CREDIT_KIB = 64 * 1024;

  private final Twins twins;
  private final Ways ways;
  private final TwinFeed feed;
  private final Consumer<Throwable> fatal;
  private final LinkedBlockingQueue<TwinEvent> queue = new LinkedBlockingQueue<>(QUEUE);
  private final Map<Long, CompletableFuture<TwinAnswer>> waiting = new ConcurrentHashMap<>();
  private final Queue<TwinEvent.Written> written = new ConcurrentLinkedQueue<>();
  private final AtomicLong asked = new AtomicLong();
  private final Semaphore turns = new Semaphore(TURNS);
  private final Semaphore credit = new Semaphore(CREDIT_KIB);
  private final List<Thread> threads = new ArrayList<>();
  private volatile SortedMap<String, KeyRing> rings;
  private volatile boolean stopped;
  private CompletableFuture<?> last = CompletableFuture.completedFuture(null);
  private boolean full;

  /**
   * What the loop works with.
   *
   * @param node asks the node
   * @param isFull whether the store has no room
   * @param intake reads bundles
   * @param clock the clock
   * @param witness keeps how far streams are told, outside the store
   */
  public record Ways(
      Function<Request, CompletableFuture<Answer>> node,
      BooleanSupplier isFull,
      TwinIntake intake,
      GatewayClock clock,
      Consumer<SortedMap<String, Witness>> witness) {}

  /**
   * A loop that is not running yet.
   *
   * @param endpoints of each class by its name
   * @param fatal told of a failure that ends the loop
   */
  public TwinLoop(
      Twins twins,
      Ways ways,
      TwinFeed feed,
      SortedMap<String, Eid> endpoints,
      Consumer<Throwable> fatal) {
    this.twins = twins;
    this.ways = ways;
    this.feed = feed;
    this.fatal = fatal;
    this.rings = twins.rings();
    threads.add(Thread.ofPlatform().name("twins").unstarted(this::run));
    endpoints.forEach(
        (name, endpoint) ->
            threads.add(
                Thread.ofPlatform()
                    .name("twins-" + name)
                    .daemon()
                    .unstarted(() -> fetch(name, endpoint))));
  }

  /** Starts the threads. */
  public void start() {
    threads.forEach(Thread::start);
  }

  /** A contact plan is in force. Any thread. */
  public void planned(ContactPlan plan) {
    put(new TwinEvent.Planned(plan));
  }

  /** The way to the twins. */
  public TwinAccess access() {
    return new TwinAccess(this::ask, feed);
  }

  private CompletableFuture<TwinAnswer> ask(TwinRequest request) {
    long id = asked.incrementAndGet();
    CompletableFuture<TwinAnswer> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    put(new TwinEvent.Asked(id, request));
    if (stopped) {
      answerAll();
    }
    return answer;
  }

  private void put(TwinEvent event) {
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

  private void run() {
    try {
      List<TwinEvent> batch = new ArrayList<>();
      while (!stopped) {
        await(batch);
        turn(batch);
        batch.clear();
      }
    } catch (InterruptedException e) {
      // It is to end, and does.
    } catch (RuntimeException | Error e) {
      if (!stopped) {
        fatal.accept(e);
      }
    }
    stopped = true;
    answerAll();
  }

  private void await(List<TwinEvent> batch) throws InterruptedException {
    Moment now = ways.clock().now();
    long wait = Math.min(ATTENTION_MILLIS, Math.max(0, twins.nextDeadline().since(now.wall())));
    TwinEvent first = wait > 0 ? queue.poll(wait, TimeUnit.MILLISECONDS) : queue.poll();
    batch.add(first == null ? new TwinEvent.Tick() : first);
    queue.drainTo(batch, BATCH);
    for (var turn = written.poll(); turn != null; turn = written.poll()) {
      batch.add(turn);
    }
    if (ways.isFull().getAsBoolean() != full) {
      full = !full;
      batch.add(new TwinEvent.Space(full));
    }
  }

  private void turn(List<TwinEvent> batch) throws InterruptedException {
    TwinTurn turn = twins.on(batch, ways.clock().now());
    rings = twins.rings();
    int spent = batch.stream().mapToInt(TwinLoop::cost).sum();
    if (turn.commitsNothing()) {
      last = last.thenRun(() -> said(turn));
      credit.release(spent);
      return;
    }
    turn.witnesses().ifPresent(ways.witness());
    turns.acquire();
    last = ways.node().apply(turn.commit()).thenAccept(answer -> committed(turn, answer, spent));
  }

  /** On the thread that commits, where nothing may wait. */
  private void committed(TwinTurn turn, Answer answer, int spent) {
    credit.release(spent);
    turns.release();
    if (answer instanceof Answer.Committed(var made)) {
      written.add(new TwinEvent.Written(turn.number(), made));
      boolean _ = queue.offer(new TwinEvent.Tick()); // if the queue is full it is awake
      said(turn);
    } else {
      stopped = true;
      answerAll();
    }
  }

  private void said(TwinTurn turn) {
    if (stopped) {
      return;
    }
    for (TwinTurn.Reply reply : turn.replies()) {
      CompletableFuture<TwinAnswer> answer = waiting.remove(reply.id());
      if (answer != null) {
        answer.complete(reply.answer());
      }
    }
    feed.add(turn.local(), true);
    feed.add(turn.remote(), false);
  }

  private void answerAll() {
    for (Long id : List.copyOf(waiting.keySet())) {
      CompletableFuture<TwinAnswer> answer = waiting.remove(id);
      if (answer != null) {
        answer.complete(Twins.stopping());
      }
    }
  }

  private static int cost(TwinEvent event) {
    return event instanceof TwinEvent.Arrived arrived ? cost(arrived.bundle()) : 0;
  }

  private static int cost(HeldBundle bundle) {
    return (int) Math.min(CREDIT_KIB, 1 + bundle.sizes().payload() / 1024);
  }

  private void fetch(String name, Eid endpoint) {
    Request.Fetch fetch = new Request.Fetch(endpoint, FETCHED, LEASE_MILLIS, WAIT_MILLIS);
    try {
      while (!stopped) {
        switch (ways.node().apply(fetch).get()) {
          case Answer.Fetched(List<Answer.Delivery> deliveries) -> {
            for (Answer.Delivery delivery : deliveries) {
              take(name, delivery.bundle());
            }
          }
          case Answer _ -> {
            return; // The node is stopping.
          }
        }
      }
    } catch (InterruptedException e) {
      // It is to end, and does.
    } catch (ExecutionException | RuntimeException | Error e) {
      if (!stopped) {
        fatal.accept(e);
      }
    }
  }

  private void take(String name, HeldBundle bundle) throws InterruptedException {
    int cost = cost(bundle);
    credit.acquire(cost);
    KeyRing ring = Objects.requireNonNull(rings.get(name));
    long wall = ways.clock().now().wall().millis();
    Optional<TwinEvent.Arrived> arrived = ways.intake().read(name, bundle, ring, wall);
    arrived.ifPresentOrElse(this::put, () -> credit.release(cost));
  }

  private void seal() {
    try {
      TwinAnswer _ = ask(new TwinRequest.Seal()).get(SEAL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It stays pending, as after a crash.
    }
  }

  /** Ends; what is pending is in blocks before, as long as that can be committed. */
  @Override
  public void close() {
    if (!stopped && threads.getFirst().isAlive()) {
      seal();
    }
    stopped = true;
    threads.forEach(Thread::interrupt);
    answerAll();
  }
}
