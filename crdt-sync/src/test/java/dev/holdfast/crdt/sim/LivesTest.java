package dev.holdfast.crdt.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.sync.Envelope;
import dev.holdfast.crdt.sync.FrontierMessage;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.Opportunity;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.crdt.sync.Request;
import dev.holdfast.crdt.sync.Signed;
import dev.holdfast.crdt.sync.SyncCodec;
import dev.holdfast.crdt.sync.SyncSettings;
import dev.holdfast.crdt.sync.SyncWork;
import dev.holdfast.crdt.sync.WireFrontier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Several lives of one store, one after the other, and what of them others can tell. */
class LivesTest {
  private static final long HOUR = 3_600_000;
  private static final Leaf LOG = new Leaf("log", "written", Kind.SET);

  private final SyncWorld world = new SyncWorld(2, 1, SyncSettings.DEFAULT);
  private final SimRegion earth = world.region(0);
  private final SimRegion mars = world.region(1);
  private final StreamId first = mars.stream;

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(SimRegion region, String... words) {
    for (String word : words) {
      region.edit(world.now, new Edit.Add(LOG, text(word)));
    }
  }

  private static List<String> log(SimRegion region) {
    return ((OrSet) region.replica.leaf(LOG))
        .elements().stream()
            .map(it -> new String(it.toByteArray(), StandardCharsets.UTF_8))
            .toList();
  }

  private void meet() {
    world.contact(0, 1, world.now, 4 * HOUR, 60_000);
    world.runUntil(world.now + 5 * HOUR);
  }

  private void same(String... words) {
    assertEquals(List.of(words), log(earth));
    assertTrue(world.isSame());
    assertTrue(world.hasHeardTheSame());
  }

  private static long count(SimRegion region, Notice.What what) {
    return region.notices.stream().filter(it -> it.what() == what).count();
  }

  @Test
  void aCrashKeepsTheStream() {
    write(mars, "a");
    meet();
    write(mars, "b");
    mars.open();
    write(mars, "c");
    assertEquals(first, mars.replica.own());
    meet();
    same("a", "b", "c");
    assertEquals(1, earth.replica.streams().size());
    assertEquals(0, world.messages.getOrDefault(MessageKind.KEY, 0));
  }

  @Test
  void whoWritesNothingBeginsNothing() {
    write(mars, "a");
    meet();
    MemoryTwinStore copy = mars.store.copy();
    write(mars, "b");
    meet();
    mars.restore(copy);
    meet();
    same("a", "b");
    assertEquals(0, world.messages.getOrDefault(MessageKind.KEY, 0));
    assertEquals(List.of(first), mars.replica.streams());
    assertEquals(1, count(mars, Notice.What.RESTORED));
    write(mars, "c");
    meet();
    same("a", "b", "c");
    assertEquals(2, earth.replica.streams().size());
    assertNotEquals(first, mars.replica.own());
    StreamId second = mars.replica.own();
    mars.open();
    write(mars, "d");
    meet();
    same("a", "b", "c", "d");
    assertEquals(second, mars.replica.own());
    assertEquals(0, count(earth, Notice.What.FORK));
  }

  @Test
  void whatWasPendingInTheCopyIsToldByItAndWhatTheOtherLifeToldIsTaken() {
    write(mars, "a");
    meet();
    write(mars, "pending");
    MemoryTwinStore copy = mars.store.copy();
    write(mars, "b");
    meet();
    mars.restore(copy);
    assertEquals(List.of("a", "pending"), log(mars));
    write(mars, "c");
    meet();
    same("a", "b", "c", "pending");
    assertEquals(0, count(earth, Notice.What.FORK) + count(mars, Notice.What.FORK));
  }

  @Test
  void whatOthersDeletedDoesNotComeBackWithACopy() {
    write(mars, "a", "b");
    meet();
    MemoryTwinStore copy = mars.store.copy();
    earth.edit(world.now, new Edit.Remove(LOG, text("a")));
    meet();
    mars.edit(world.now, new Edit.Remove(LOG, text("b")));
    meet();
    mars.restore(copy);
    write(mars, "c");
    assertEquals(List.of("a", "b", "c"), log(mars));
    meet();
    same("c");
  }

  @Test
  void blocksOfOurOwnThatWeDoNotKnowAreEvidence() {
    write(mars, "a");
    meet();
    MemoryTwinStore copy = mars.store.copy();
    write(mars, "b");
    meet();
    mars.lies = true;
    mars.restore(copy);
    assertEquals(first, mars.replica.own());
    meet();
    assertNotEquals(first, mars.replica.own());
    assertEquals(1, count(mars, Notice.What.RESTORED));
    write(mars, "c");
    meet();
    same("a", "b", "c");
    assertEquals(0, count(earth, Notice.What.FORK));
  }

  @Test
  void headsInAStateAreEvidenceToo() {
    write(mars, "a");
    meet();
    MemoryTwinStore copy = mars.store.copy();
    write(mars, "b");
    meet();
    for (StreamId stream : earth.replica.streams()) {
      earth.replica.truncate(stream, Long.MAX_VALUE);
    }
    earth.edit(world.now);
    mars.lies = true;
    mars.restore(copy);
    meet();
    assertNotEquals(first, mars.replica.own());
    assertEquals(1, count(mars, Notice.What.RESTORED));
    write(mars, "c");
    meet();
    same("a", "b", "c");
    assertEquals(0, count(earth, Notice.What.FORK));
  }

  @Test
  void whoSaysThatWeWroteMoreProvesNothingAndIsAsked() {
    write(mars, "a");
    meet();
    mars.sync.opened(
        earth.id,
        new Opportunity(world.now + HOUR, 0, 1_000, world.now + HOUR, 1L << 30),
        world.now);
    List<Outgoing> asked = mars.receive(claim(1), world.now);
    assertEquals(1, asked.stream().filter(it -> it.kind() == MessageKind.REQUEST).count());
    asked = mars.receive(claim(2), world.now);
    assertEquals(0, asked.stream().filter(it -> it.kind() == MessageKind.REQUEST).count());
    assertEquals(first, mars.replica.own());
    assertEquals(0, count(mars, Notice.What.RESTORED));
  }

  @Test
  void whoAsksForEverythingAgainAndAgainIsNotAnswered() {
    write(mars, "a");
    meet();
    mars.sync.opened(
        earth.id,
        new Opportunity(world.now + HOUR, 0, 1_000, world.now + HOUR, 1L << 30),
        world.now);
    int states = 0;
    for (int i = 0; i < 9; i++) {
      var envelope =
          new Envelope(mars.sync.ring().exportClass(), earth.id, 0, new Hlc(world.now, i));
      var all = new Request(List.of(), Optional.empty(), false, true, 1_000);
      Octets payload = SyncCodec.encode(Signed.sign(envelope, all, earth.key));
      states +=
          (int)
              mars.receive(payload, world.now).stream()
                  .filter(it -> it.kind() == MessageKind.SNAPSHOT)
                  .count();
    }
    assertEquals(SyncWork.DEFAULT.snapshots(), states);
    assertEquals(5, count(mars, Notice.What.REFUSED));
  }

  private Octets claim(int counter) {
    var reaches = new TreeMap<StreamId, Frontier.Reach>();
    Octets head = Octets.wrap(new byte[Frontier.HEAD_SIZE]);
    reaches.put(first, new Frontier.Reach(99, head, List.of(new Interval(1, 99)), 0));
    var claim =
        new FrontierMessage(
            new FrontierMessage.Whole(WireFrontier.of(new Frontier(earth.replica.root(), reaches))),
            1_000);
    var envelope =
        new Envelope(mars.sync.ring().exportClass(), earth.id, 0, new Hlc(world.now, counter));
    return SyncCodec.encode(Signed.sign(envelope, claim, earth.key));
  }

  /** Both lives go on under the same numbers: what was written so goes, what comes later stays. */
  @Test
  void whatIsWrittenAfterAForkIsNotLost() {
    write(mars, "a");
    meet();
    MemoryTwinStore copy = mars.store.copy();
    write(mars, "b");
    meet();
    mars.lies = true;
    mars.restore(copy);
    write(mars, "twice");
    meet();
    assertTrue(earth.replica.chain(first).fork().isPresent());
    assertNotEquals(first, mars.replica.own());
    assertEquals(1, count(mars, Notice.What.RESTORED));
    write(mars, "later");
    meet();
    meet();
    assertTrue(world.isSame());
    assertTrue(log(earth).contains("later"));
    assertTrue(log(earth).contains("a"));
    assertFalse(log(earth).contains("twice"));
    StreamId second = mars.replica.own();
    mars.open();
    assertEquals(second, mars.replica.own());
  }

  @Test
  void whoLostWhatItWasToldIsToldAgain() {
    MemoryTwinStore copy = mars.store.copy();
    write(earth, "a", "b");
    meet();
    meet();
    mars.restore(copy);
    meet();
    meet();
    same("a", "b");
  }
}
