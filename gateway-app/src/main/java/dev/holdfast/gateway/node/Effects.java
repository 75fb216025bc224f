package dev.holdfast.gateway.node;

import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.RequestId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries out what a turn decided, once it is committed. Called on the thread that commits, where
 * it must not wait: cutting fragments, reading the store and forecasts happen on three platform
 * threads of its own, whose answers come back to the node as events. What is thrown there ends the
 * node.
 */
public final class Effects {
  private final LinkDirectory links;
  private final BundleStore store;
  private final Journal journal;
  private final Transmitter transmitter;
  private final StoreReader reader;
  private final Map<RequestId, CompletableFuture<Answer>> waiting = new ConcurrentHashMap<>();
  private final CountDownLatch drained = new CountDownLatch(1);
  private final ExecutorService sending =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("transmit").daemon().factory());
  private final ScheduledExecutorService reading =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("store-read").daemon().factory());
  private final ExecutorService foreseeing =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("forecast").daemon().factory());
  private volatile Consumer<NodeEvent> answers = event -> {};
  private volatile Consumer<Throwable> failures = failure -> {};

  /** Effects on these links and this store. */
  public Effects(LinkDirectory links, BundleStore store, GatewayClock clock, Journal journal) {
    this.links = links;
    this.store = store;
    this.journal = journal;
    this.transmitter = new Transmitter(store, clock);
    this.reader = new StoreReader(store);
  }

  /** Where answers to the node go, and what ends it. */
  void answersTo(Consumer<NodeEvent> node, Consumer<Throwable> failed) {
    answers = node;
    failures = failed;
  }

  /** Expects the answer to a request. */
  CompletableFuture<Answer> expect(RequestId id) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    return answer;
  }

  /** A batch is in the store: what will be sent at once need not be read from there. */
  void committed(List<StoreChange> changes) {
    transmitter.committed(changes);
  }

  /** Carries them out in order, but acknowledgements first and what is noted last. */
  void perform(List<Effect> effects) {
    Map<LinkId, List<Inbound>> accepted = new LinkedHashMap<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Accept(Inbound inbound)) {
        accepted.computeIfAbsent(inbound.link(), l -> new ArrayList<>()).add(inbound);
      }
    }
    accepted.forEach((name, inbound) -> on(name, link -> link.accept(inbound)));
    List<JournalEntry> notes = new ArrayList<>();
    effects.forEach(effect -> perform(effect, notes));
    if (!notes.isEmpty()) {
      journal.add(notes);
    }
  }

  private void perform(Effect effect, List<JournalEntry> notes) {
    switch (effect) {
      case Effect.Accept _ -> {} // It has gone to its link together with the others.
      case Effect.Refuse(var inbound, Link.Refusal refusal) ->
          on(inbound.link(), link -> link.refuse(inbound, refusal));
      case Effect.Discard(Payload payload) -> discard(payload);
      case Effect.OpenLink(LinkId name, Link.OpenOrder order) -> on(name, l -> l.open(order));
      case Effect.CloseLink(LinkId name, Link.CloseOrder order) -> on(name, l -> l.close(order));
      case Effect.Transmit transmit ->
          beside(sending, () -> transmitter.transmit(transmit, links, answers));
      case Effect.Read read -> beside(reading, () -> read(read));
      case Effect.Foresee foresee ->
          beside(foreseeing, () -> answers.accept(NodeEvent.Foreseen.of(foresee)));
      case Effect.Reply(RequestId id, Answer answer) -> {
        CompletableFuture<Answer> future = waiting.remove(id);
        if (future != null) {
          future.complete(answer);
        }
      }
      case Effect.Note(JournalEntry entry) -> notes.add(entry);
      case Effect.Drained() -> drained.countDown();
    }
  }

  private void beside(ExecutorService thread, Runnable work) {
    thread.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException | Error failure) {
            failures.accept(failure);
          }
        });
  }

  /** What there is no room for is tried again later; other reads go on meanwhile. */
  private void read(Effect.Read read) {
    reader
        .answer(read)
        .ifPresentOrElse(
            answers,
            () -> {
              var _ =
                  reading.schedule(
                      () -> beside(reading, () -> read(read)),
                      StoreReader.AGAIN_NANOS,
                      TimeUnit.NANOSECONDS);
            });
  }

  private void on(LinkId name, Consumer<Link> action) {
    links
        .find(name)
        .ifPresent(action); // A neighbour that was not configured may be gone meanwhile.
  }

  private void discard(Payload payload) {
    if (payload instanceof Payload.Spooled spooled) {
      beside(reading, () -> store.discard(spooled));
    }
  }

  /** Waits until everything in flight has ended; false if that took longer than {@code millis}. */
  boolean awaitDrained(long millis) throws InterruptedException {
    return drained.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Nothing more is carried out; whoever waits for an answer gets told. */
  void stop() {
    sending.shutdown();
    reading.shutdown();
    foreseeing.shutdownNow();
    Answer last = new Answer.Refused(Answer.Reason.STOPPING, "the gateway has stopped");
    waiting.values().forEach(future -> future.complete(last));
    waiting.clear();
  }
}
