package dev.holdfast.crdt.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.SyncSettings;
import dev.holdfast.crdt.sync.SyncWork;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A region that can be told and can tell nothing is repaired all the same. */
final class OneWayTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;
  private static final long OWLT = 20 * MINUTE;

  private static SyncWorld world(int count, long seed, long roundBytes) {
    SyncSettings normal = SyncSettings.DEFAULT;
    return new SyncWorld(
        count,
        seed,
        new SyncSettings(
            8_192,
            normal.budgetBytes(),
            normal.coldDifferences(),
            normal.partEntries(),
            normal.quietMillis(),
            normal.driftMillis(),
            normal.again(),
            new SyncSettings.OneWay(roundBytes, HOUR),
            SyncWork.DEFAULT));
  }

  private static Leaf leaf(int number) {
    return new Leaf("org.acme:thing-" + number % 50, "attributes/a" + number / 50, Kind.REGISTER);
  }

  private static Edit write(int number, String value) {
    return new Edit.Write(leaf(number), Octets.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static void downlink(SyncWorld world) {
    world.downlink(0, 1, world.now, 30 * MINUTE, OWLT);
    world.runUntil(world.now + 2 * HOUR);
  }

  private static void truncate(SimRegion region) {
    region.sync.seal();
    region.replica.streams().forEach(it -> region.replica.truncate(it, Long.MAX_VALUE));
    region.edit(0);
  }

  private static ClassSync.PeerView seenBy(SyncWorld world, int region, int of) {
    return world.region(region).sync.peers().stream()
        .filter(it -> it.region().equals(world.region(of).id))
        .findFirst()
        .orElseThrow();
  }

  /** Whether what says that they are equal has come, too, and was not lost. */
  private static boolean isKnown(SyncWorld world) {
    return world.hasHeardTheSame() && seenBy(world, 1, 0).inStep();
  }

  private static void checkEqual(SyncWorld world) {
    assertThat(world.isSame()).as(world.messages::toString).isTrue();
    assertThat(world.hasHeardTheSame()).isTrue();
    assertThat(seenBy(world, 1, 0).inStep()).as("and the receiver knows it").isTrue();
    assertThat(world.sentBy.getOrDefault(1, 0)).isZero();
  }

  @Test
  void whatIsWrittenIsThereAfterALightTime() {
    SyncWorld world = world(2, 1, 100_000);
    world.region(0).edit(world.now, write(1, "21"));
    world.downlink(0, 1, world.now, 4 * HOUR, OWLT);
    world.runUntil(world.now + OWLT);
    checkEqual(world);
    world.runUntil(world.now + HOUR);
    world.region(0).edit(world.now, write(1, "22"));
    world.tell(0);
    world.runUntil(world.now + OWLT);
    checkEqual(world);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void fiveYearsOfLostAndDoubledBundles(long seed) {
    SyncWorld world = world(2, seed, 60_000);
    world.loss = 0.3;
    world.doubling = 0.2;
    world.jitter = HOUR;
    SimRegion earth = world.region(0);
    SimRegion mars = world.region(1);
    for (int i = 0; i < 300; i++) {
      earth.edit(world.now, write(i, "before"));
    }
    downlink(world);
    MemoryTwinStore copy = mars.store.copy();
    long end = world.now + 5 * YEAR;
    for (int week = 0; world.now < end; week++) {
      for (int i = 0; i < 6; i++) {
        int number = world.random.nextInt(300);
        earth.edit(
            world.now,
            world.random.nextInt(4) == 0 ? new Edit.Clear(leaf(number)) : write(number, "" + week));
      }
      if (week % 4 == 0) {
        downlink(world);
      }
      if (week % 50 == 10) {
        truncate(earth);
      }
      if (week == 130) {
        mars.restore(copy);
      }
      world.runUntil(world.now + 7 * DAY);
    }
    for (int contact = 0; contact < 20 && !world.isSame(); contact++) {
      downlink(world);
    }
    for (int contact = 0; contact < 20 && !isKnown(world); contact++) {
      downlink(world);
    }
    checkEqual(world);
  }

  /** Blocks are no longer there, so that nothing but cells can repair it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void historyIsForgotten(long seed) {
    SyncWorld world = world(2, seed, 400_000);
    SimRegion earth = world.region(0);
    for (int i = 0; i < 2_000; i++) {
      earth.edit(world.now, write(i, "before"));
    }
    downlink(world);
    checkEqual(world);
    for (int i = 0; i < 100; i++) {
      earth.edit(world.now, i % 4 == 0 ? new Edit.Clear(leaf(7 * i)) : write(7 * i, "after"));
      if (i % 25 == 0) {
        earth.sync.seal();
      }
    }
    truncate(earth);
    assertThat(world.isSame()).isFalse();
    world.loss = 0.1;
    world.bytes.clear();
    world.messages.clear();
    downlink(world);
    assertThat(world.isSame()).isTrue();
    for (int contact = 0; contact < 3 && !isKnown(world); contact++) {
      downlink(world);
    }
    checkEqual(world);
    assertThat(world.messages).containsKey(MessageKind.SIDECAST);
    world.loss = 0;
    earth.edit(world.now, write(3, "later"));
    world.downlink(0, 1, world.now, HOUR, OWLT);
    world.runUntil(world.now + OWLT);
    checkEqual(world);
  }

  /** Cells begin anew with each write, so that who lacks everything would never find it by them. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoLacksEverythingIsToldTheStateInPartsThoughItChanges(long seed) {
    SyncWorld world = world(2, seed, 30_000);
    SimRegion earth = world.region(0);
    for (int i = 0; i < 600; i++) {
      earth.edit(world.now, write(i, "before"));
    }
    truncate(earth);
    world.loss = 0.1;
    for (int contact = 0; contact < 40; contact++) {
      earth.edit(world.now, write(world.random.nextInt(600), "after " + contact));
      downlink(world);
    }
    assertThat(world.region(1).replica.size()).isBetween(595L, 605L);
    for (int contact = 0; contact < 40 && !isKnown(world); contact++) {
      downlink(world);
    }
    checkEqual(world);
  }

  /** Blocks that were lost come round again, and with them the history that states do not have. */
  @Test
  void whatWasLostComesRoundAgain() {
    SyncWorld world = world(2, 1, 40_000);
    SimRegion earth = world.region(0);
    for (int i = 0; i < 400; i++) {
      earth.edit(world.now, write(i, "before"));
      if (i % 40 == 0) {
        earth.sync.seal();
      }
    }
    world.loss = 1;
    downlink(world);
    world.loss = 0;
    int contacts = 0;
    for (; !world.isSame() || !world.region(1).replica.telling().isWhole(); contacts++) {
      assertThat(contacts).isLessThan(6);
      downlink(world);
    }
    checkEqual(world);
    assertThat(world.region(1).replica.telling().blockAt(earth.stream, 200)).isPresent();
  }

  /** The receiver holds much that is gone, and the sender nearly nothing that it could be told. */
  @Test
  void nearlyEverythingIsGone() {
    SyncWorld world = world(2, 1, 400_000);
    SimRegion earth = world.region(0);
    for (int i = 0; i < 1_500; i++) {
      earth.edit(world.now, write(i, "before"));
    }
    downlink(world);
    checkEqual(world);
    for (int i = 3; i < 1_500; i++) {
      earth.edit(world.now, new Edit.Clear(leaf(i)));
    }
    truncate(earth);
    for (int contact = 0; contact < 30 && !world.isSame(); contact++) {
      downlink(world);
    }
    downlink(world);
    checkEqual(world);
    earth.edit(
        world.now, new Edit.Clear(leaf(0)), new Edit.Clear(leaf(1)), new Edit.Clear(leaf(2)));
    truncate(earth);
    downlink(world);
    checkEqual(world);
    assertThat(world.region(1).replica.size()).isZero();
  }

  /** Two regions talk to each other, a third one hears both; values of all kinds. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void twoThatAreHeardAndTalkToEachOther(long seed) {
    SyncWorld world = world(3, seed, 80_000);
    world.loss = 0.25;
    world.doubling = 0.2;
    world.jitter = HOUR;
    MemoryTwinStore copy = world.region(1).store.copy();
    for (int day = 0; day < 60; day++) {
      for (int i = world.random.nextInt(8); i > 0; i--) {
        world.region(world.random.nextBoolean() ? 0 : 2).edit(world.now, edit(world.random));
      }
      meet(world);
      switch (world.random.nextInt(12)) {
        case 0 -> truncate(world.region(0));
        case 1 -> truncate(world.region(2));
        case 2 -> world.region(world.random.nextInt(3)).open();
        case 3 -> copy = world.region(1).store.copy();
        case 4 -> world.region(1).restore(copy);
        default -> {}
      }
    }
    world.loss = 0.1;
    for (int day = 0; day < 30 && !(world.isSame() && world.hasHeardTheSame()); day++) {
      meet(world);
    }
    assertThat(world.isSame()).isTrue();
    assertThat(world.hasHeardTheSame()).isTrue();
    assertThat(world.sentBy.getOrDefault(1, 0)).isZero();
  }

  private static void meet(SyncWorld world) {
    world.contact(0, 2, world.now, 4 * HOUR, OWLT);
    world.downlink(0, 1, world.now + 5 * HOUR, HOUR / 2, OWLT);
    world.downlink(2, 1, world.now + 7 * HOUR, HOUR / 2, OWLT);
    world.runUntil(world.now + DAY);
  }

  private static Edit edit(SplittableRandom random) {
    Leaf register = new Leaf("thing-" + random.nextInt(6), "r" + random.nextInt(4), Kind.REGISTER);
    Octets value = Octets.wrap(new byte[] {(byte) random.nextInt(5)});
    return switch (random.nextInt(7)) {
      case 0 -> new Edit.Clear(register);
      case 1 -> new Edit.Count(new Leaf("thing-0", "c", Kind.COUNTER), random.nextInt(9) - 4);
      case 2 -> new Edit.Make(new Leaf("thing-1", "k", Kind.STOCK), 1 + random.nextInt(5));
      case 3 -> new Edit.Add(new Leaf("thing-2", "s", Kind.SET), value);
      default -> new Edit.Write(register, value);
    };
  }

  @Test
  void itsOwnWritesStayAndCostNothing() {
    SyncWorld world = world(2, 1, 100_000);
    SimRegion earth = world.region(0);
    SimRegion mars = world.region(1);
    for (int i = 0; i < 200; i++) {
      earth.edit(world.now, write(i, "earth"));
    }
    for (int i = 1_000; i < 4_000; i++) {
      mars.edit(world.now, write(i, "mars"));
    }
    downlink(world);
    mars.edit(world.now, write(5, "mars"), new Edit.Clear(leaf(6)));
    earth.edit(world.now, write(7, "later"), new Edit.Clear(leaf(8)));
    truncate(earth);
    downlink(world);
    assertThat(mars.replica.leaf(leaf(7))).isEqualTo(earth.replica.leaf(leaf(7)));
    assertThat(mars.replica.leaf(leaf(8)).isEmpty()).isTrue();
    assertThat(mars.replica.leaf(leaf(5))).isNotEqualTo(earth.replica.leaf(leaf(5)));
    assertThat(mars.replica.leaf(leaf(6)).isEmpty()).isTrue();
    assertThat(mars.replica.size()).isEqualTo(3_000 + 200 - 2);
    assertThat(mars.replica.chain(earth.stream).last())
        .isEqualTo(earth.replica.chain(earth.stream).last());
    assertThat(world.sentBy.getOrDefault(1, 0)).isZero();
  }

  /** In a contact without end, rounds come again; a region that was set back is repaired. */
  @Test
  void aContactThatNeverEnds() {
    SyncWorld world = world(2, 1, 50_000);
    SimRegion earth = world.region(0);
    for (int i = 0; i < 100; i++) {
      earth.edit(world.now, write(i, "earth"));
    }
    MemoryTwinStore nothing = world.region(1).store.copy();
    world.downlink(0, 1, world.now, YEAR, OWLT);
    world.runUntil(world.now + HOUR);
    checkEqual(world);
    world.region(1).restore(nothing);
    assertThat(world.isSame()).isFalse();
    world.runUntil(world.now + HOUR);
    world.tell(0);
    world.runUntil(world.now + HOUR);
    checkEqual(world);
    long told = world.total();
    world.tell(0);
    assertThat(world.total()).as("once an hour, and no more often").isLessThan(told + 60_000);
    world.tell(0);
    long after = world.total();
    world.tell(0);
    assertThat(world.total()).isEqualTo(after);
  }
}
