package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The two threads of a node, over a store that fills up or fails. */
class CommitLoopTest {
  private static final Eid APP = IpnEid.of(1, 5);
  private static final Eid OTHER = IpnEid.of(1, 6);

  private final SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 60_000));
  private final MemoryBundleStore store = new MemoryBundleStore();
  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  private final NodeLoop loop =
      new NodeLoop(
          new Node(Net.alone(APP), store, clock.bootId(), clock.now()),
          store,
          clock,
          new Effects(new LinkDirectory(), store, clock, new Journal(100)),
          fatal::add);

  @AfterEach
  void close() {
    loop.close();
  }

  private CompletableFuture<Answer> submit() {
    return loop.ask(Net.submit(APP, APP, 100, TrafficClass.NORMAL));
  }

  private boolean accepts() throws Exception {
    return switch (loop.ask(new Request.Look()).get(20, TimeUnit.SECONDS)) {
      case Answer.Status(NodeStatus status) -> status.accepting();
      case Answer other -> throw new AssertionError(other.toString());
    };
  }

  @Test
  void manyTurnsAreWrittenInTheirOrderAndEachIsAnsweredOnceItIsIn() throws Exception {
    loop.start();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      answers.add(submit());
    }
    for (CompletableFuture<Answer> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Submitted.class);
    }
    assertThat(store.stats().bundles()).isEqualTo(5_000);
    assertThat(store.unsyncedBatches()).isZero();
  }

  @Test
  void whileTheStoreIsFullNothingIsAnsweredThatIsNotInAndQuestionsAre() throws Exception {
    loop.start();
    store.fault(MemoryBundleStore.Fault.FULL);
    CompletableFuture<Answer> held = submit();
    await().until(loop::isFull);
    await().until(() -> !accepts());
    assertThat(submit().get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Refused.class);
    assertThat(held).isNotDone();
    store.fault(MemoryBundleStore.Fault.NONE);
    assertThat(held.get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Submitted.class);
    await().until(this::accepts);
    assertThat(submit().get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Submitted.class);
    assertThat(loop.isFull()).isFalse();
    assertThat(fatal).isEmpty();
  }

  @Test
  void whileTheStoreIsFullATurnThatSpeaksOfWhatIsStoredWaits() throws Exception {
    loop.start();
    Answer first = submit().get(20, TimeUnit.SECONDS);
    store.fault(MemoryBundleStore.Fault.FULL);
    CompletableFuture<Answer> held = submit();
    await().until(() -> !accepts());
    // A question that is answered is not of the same turn as what was asked before it.
    CompletableFuture<Answer> cancelled =
        loop.ask(new Request.Cancel(((Answer.Submitted) first).id()));
    await().until(this::answersWithin100Millis);
    CompletableFuture<Answer> nothingThere = loop.ask(new Request.Fetch(OTHER, 1, 1_000, 0));
    await().until(this::answersWithin100Millis);
    assertThat(List.of(held, cancelled, nothingThere)).noneMatch(CompletableFuture::isDone);
    store.fault(MemoryBundleStore.Fault.NONE);
    assertThat(held.get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Submitted.class);
    assertThat(cancelled.get(20, TimeUnit.SECONDS)).isEqualTo(new Answer.Done(1));
    assertThat(nothingThere.get(20, TimeUnit.SECONDS)).isEqualTo(new Answer.Fetched(List.of()));
    assertThat(fatal).isEmpty();
  }

  private boolean answersWithin100Millis() throws Exception {
    try {
      return loop.ask(new Request.Look()).get(100, TimeUnit.MILLISECONDS) instanceof Answer.Status;
    } catch (TimeoutException e) {
      return false;
    }
  }

  @Test
  void aStoreThatFailsStopsTheNode() throws Exception {
    loop.start();
    store.fault(MemoryBundleStore.Fault.FAILING);
    Answer answer = submit().get(20, TimeUnit.SECONDS);
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    await().until(() -> !loop.isRunning());
    assertThat(fatal).hasSize(1);
    assertThat(submit().get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void whatWasDecidedIsWrittenWhenTheLoopIsClosed() {
    loop.start();
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(submit());
    }
    loop.close();
    long kept =
        answers.stream().filter(a -> a.isDone() && a.join() instanceof Answer.Submitted).count();
    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThat(store.stats().bundles()).isEqualTo(kept);
  }

  @Test
  void itEndsEvenIfTheStoreStaysFull() throws Exception {
    loop.start();
    store.fault(MemoryBundleStore.Fault.FULL);
    CompletableFuture<Answer> held = submit();
    await().until(loop::isFull);
    loop.close();
    assertThat(held.get(20, TimeUnit.SECONDS)).isInstanceOf(Answer.Refused.class);
    assertThat(store.stats().bundles()).isZero();
  }
}
