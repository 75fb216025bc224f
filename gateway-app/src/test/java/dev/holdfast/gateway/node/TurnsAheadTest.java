package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the node decides while the turns before are not in the store yet. */
class TurnsAheadTest {
  private static final Eid APP = IpnEid.of(1, 5);
  private static final Moment START =
      new Moment(1_000_000_000L, new DtnTime(830_000_000_000L), 10, true);

  private final MemoryBundleStore store = new MemoryBundleStore();
  private final Node node = new Node(Net.alone(APP), store, 1, START);
  private final List<Turn> unwritten = new ArrayList<>();
  private long requests;

  private Answer ask(Request request) {
    RequestId id = new RequestId(++requests);
    Turn turn = node.on(List.of(new NodeEvent.Asked(id, request)), START);
    unwritten.add(turn);
    return turn.effects().stream()
        .filter(e -> e instanceof Effect.Reply reply && reply.id().equals(id))
        .map(e -> ((Effect.Reply) e).answer())
        .findFirst()
        .orElseThrow();
  }

  private void writeAll() {
    for (Turn turn : unwritten) {
      store.commit(turn.changes(), BundleStore.Durability.SYNCED);
      turn.written();
    }
    unwritten.clear();
  }

  private BundleId submitted() {
    return switch (ask(Net.submit(APP, APP, 100, TrafficClass.NORMAL))) {
      case Answer.Submitted(BundleId id) -> id;
      case Answer other -> throw new AssertionError(other.toString());
    };
  }

  private int cancelled(BundleId id) {
    return switch (ask(new Request.Cancel(id))) {
      case Answer.Done(int count) -> count;
      case Answer other -> throw new AssertionError(other.toString());
    };
  }

  @Test
  void aBundleIsFoundBeforeItIsWritten() {
    BundleId id = submitted();
    assertThat(store.find(id)).isEmpty();
    assertThat(cancelled(id)).isEqualTo(1);
    writeAll();
    assertThat(store.stats().bundles()).isZero();
    assertThat(store.remembers(id)).isTrue();
  }

  @Test
  void whatWasLetGoOfIsGoneBeforeThatIsWritten() {
    BundleId id = submitted();
    writeAll();
    assertThat(cancelled(id)).isEqualTo(1);
    assertThat(store.find(id)).isPresent();
    assertThat(cancelled(id)).isZero();
    writeAll();
    assertThat(store.stats().bundles()).isZero();
  }

  @Test
  void aCountOfFetchesGoesOnFromAnUnwrittenOne() {
    submitted();
    writeAll();
    Answer first = ask(new Request.Fetch(APP, 1, 0, 0));
    Answer second = ask(new Request.Fetch(APP, 1, 0, 0));
    assertThat(deliveries(first)).singleElement().matches(d -> !d.repeated());
    assertThat(deliveries(second)).singleElement().matches(Answer.Delivery::repeated);
    assertThat(unwritten.getFirst().changes()).hasOnlyElementsOfType(StoreChange.Update.class);
    writeAll();
    assertThat(store.list(Optional.empty(), 1).getFirst().progress().fetches()).isPositive();
  }

  private static List<Answer.Delivery> deliveries(Answer answer) {
    return switch (answer) {
      case Answer.Fetched(List<Answer.Delivery> found) -> found;
      case Answer other -> throw new AssertionError(other.toString());
    };
  }

  /** The same answers whether the writer is at once, or far behind. */
  @Test
  void theDecisionsAreThoseOfANodeWhoseTurnsAreWrittenAtOnce() {
    List<String> behind = story(false);
    assertThat(behind).isEqualTo(new TurnsAheadTest().story(true)).hasSize(60);
  }

  private List<String> story(boolean atOnce) {
    List<String> told = new ArrayList<>();
    List<BundleId> ids = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      BundleId id = submitted();
      ids.add(id);
      told.add(id.toString());
      if (atOnce) {
        writeAll();
      }
      told.add("cancelled " + cancelled(ids.get(i * 7 % (i + 1))));
      if (atOnce || i % 11 == 10) {
        writeAll();
      }
    }
    writeAll();
    assertThat(store.stats().bundles())
        .isEqualTo(30 - told.stream().filter("cancelled 1"::equals).count());
    return told;
  }
}
