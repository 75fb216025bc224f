package dev.holdfast.crdt.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.SyncSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all have confirmed, or is too much, is redacted to what is live. */
class ForgettingTest {
  private static final long HOUR = 3_600_000;
  private static final Leaf SECRET = new Leaf("thing", "secret", Kind.REGISTER);
  private static final Leaf OTHER = new Leaf("thing", "other", Kind.REGISTER);
  private static final String HIDDEN = "what nobody may know any more";
  private static final ClassSync.History ALL = new ClassSync.History(0, 1_000_000, 7);

  private final SyncWorld world = new SyncWorld(3, 1, SyncSettings.DEFAULT);

  private SimRegion region(int number) {
    return world.region(number);
  }

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(int region, Leaf leaf, String value) {
    region(region).edit(world.now, new Edit.Write(leaf, text(value)));
  }

  private void meetAll() {
    for (int round = 0; round < 3; round++) {
      for (int other = 1; other < 3; other++) {
        world.contact(0, other, world.now, 4 * HOUR, 60_000);
        world.runUntil(world.now + 5 * HOUR);
        world.contact(1, 2, world.now, 4 * HOUR, 60_000);
        world.runUntil(world.now + 5 * HOUR);
      }
    }
    assertThat(world.isSame()).isTrue();
  }

  /** Lets a region forget all that it may; how many bytes that saved. */
  private long forget(int region, ClassSync.History history) {
    long saved = 0;
    for (int i = 0; i < 1_000; i++) {
      saved += region(region).sync.forget(history);
      region(region).edit(world.now);
    }
    return saved;
  }

  private static boolean holds(List<Octets> all, String text) {
    return all.stream()
        .anyMatch(it -> new String(it.toByteArray(), StandardCharsets.ISO_8859_1).contains(text));
  }

  private boolean storeHolds(int region, String text) {
    List<Octets> records = new ArrayList<>();
    region(region)
        .store
        .scan(
            Octets.EMPTY,
            Octets.ofHex("ff"),
            (_, value) -> {
              records.add(value);
              return true;
            });
    return holds(records, text);
  }

  /** A region begins anew, with nothing. */
  private List<Octets> newcomer() {
    world.watched = 2;
    world.sentToWatched.clear();
    region(2).restore(new MemoryTwinStore());
    meetAll();
    return world.sentToWatched;
  }

  @Test
  void whoComesAnewNeverGetsWhatWasDeleted() {
    write(1, SECRET, HIDDEN);
    write(1, OTHER, "stays");
    meetAll();
    write(0, SECRET, "replaced");
    meetAll();
    region(0).edit(world.now, new Edit.Clear(SECRET));
    meetAll();
    assertThat(holds(newcomer(), HIDDEN)).isTrue();
    assertThat(storeHolds(0, HIDDEN)).isTrue();
    for (int n = 0; n < 3; n++) {
      assertThat(forget(n, ALL)).isPositive();
      assertThat(storeHolds(n, HIDDEN)).isFalse();
      assertThat(storeHolds(n, "stays")).isTrue();
    }
    List<Octets> sent = newcomer();
    assertThat(holds(sent, HIDDEN)).isFalse();
    assertThat(holds(sent, "replaced")).isFalse();
    assertThat(holds(sent, "stays")).isTrue();
    assertThat(region(2).replica.root()).isEqualTo(region(0).replica.root());
  }

  /** What was live when it was looked at is redacted once it is not. */
  @Test
  void whatIsDeletedLaterIsForgottenThen() {
    write(1, SECRET, HIDDEN);
    write(1, OTHER, "stays");
    meetAll();
    assertThat(forget(0, ALL)).isZero();
    region(0).edit(world.now, new Edit.Clear(SECRET));
    meetAll();
    region(0).open();
    assertThat(forget(0, ALL)).isPositive();
    assertThat(storeHolds(0, HIDDEN)).isFalse();
    assertThat(region(0).sync.forget(ALL)).isZero();
  }

  @Test
  void forWhoHasNotConfirmedItIsKeptUpToAMeasure() {
    world.contact(0, 1, world.now, 4 * HOUR, 60_000);
    for (int i = 0; i < 100; i++) {
      write(0, OTHER, HIDDEN + i);
      world.tell(0);
      world.runUntil(world.now + 60_000);
    }
    world.runUntil(world.now + 9 * HOUR);
    StreamId stream = region(0).stream;
    assertThat(forget(0, ALL)).isZero();
    assertThat(region(0).replica.telling().isWhole()).isTrue();
    ClassSync.History little = new ClassSync.History(0, 30, 7);
    assertThat(forget(0, little)).isPositive();
    assertThat(forget(1, little)).isPositive();
    assertThat(region(0).replica.telling().blocksAfter(stream, 20, 1 << 20)).isEmpty();
    assertThat(region(0).replica.telling().blocksAfter(stream, 75, 1 << 20).orElseThrow())
        .isNotEmpty();
    assertThat(storeHolds(0, HIDDEN + 20)).isFalse();
    assertThat(storeHolds(0, HIDDEN + 80)).isTrue();
    meetAll();
    assertThat(world.messages).containsKey(MessageKind.SNAPSHOT);
  }

  @Test
  void whatIsConfirmedLaterIsForgottenThen() {
    for (int i = 0; i < 2; i++) {
      write(0, OTHER, HIDDEN + i);
      world.contact(0, 1, world.now, HOUR, 60_000);
      world.runUntil(world.now + 2 * HOUR);
    }
    assertThat(forget(0, ALL)).isZero();
    world.contact(0, 2, world.now, HOUR, 60_000);
    world.runUntil(world.now + 2 * HOUR);
    assertThat(forget(0, ALL)).isPositive();
  }

  @Test
  void theLastOfEachStreamIsKeptInItsOrder() {
    for (int i = 0; i < 20; i++) {
      write(0, OTHER, HIDDEN + i);
      world.contact(0, 1, world.now, HOUR, 60_000);
      world.runUntil(world.now + 2 * HOUR);
    }
    meetAll();
    assertThat(forget(0, new ClassSync.History(5, 1_000, 1))).isPositive();
    var telling = region(0).replica.telling();
    assertThat(telling.blocksAfter(region(0).stream, 10, 1 << 20)).isEmpty();
    assertThat(telling.blocksAfter(region(0).stream, 16, 1 << 20).orElseThrow()).isNotEmpty();
  }
}
