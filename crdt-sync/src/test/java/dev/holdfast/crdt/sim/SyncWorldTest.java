package dev.holdfast.crdt.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.SyncSettings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SyncWorldTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;
  private static final long OWLT = 20 * MINUTE;

  private static Leaf leaf(int number) {
    return new Leaf("org.acme:thing-" + number % 50, "attributes/a" + number / 50, Kind.REGISTER);
  }

  private static Edit write(int number, String value) {
    return new Edit.Write(leaf(number), Octets.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static SyncWorld two() {
    return new SyncWorld(2, 1, SyncSettings.DEFAULT);
  }

  @Test
  void coldTakesOneRoundTripAndWarmHalfOfOne() {
    SyncWorld world = two();
    SimRegion earth = world.region(0);
    SimRegion mars = world.region(1);
    earth.edit(world.now, write(1, "21"));
    mars.edit(world.now, write(2, "22"));
    long first = SyncWorld.START + HOUR;
    world.contact(0, 1, first, 4 * HOUR, OWLT);
    world.runUntil(first + 2 * OWLT - 1);
    assertFalse(world.isSame());
    world.runUntil(first + 2 * OWLT);
    assertTrue(world.isSame());
    world.runUntil(first + DAY);
    earth.edit(world.now, write(1, "31"));
    mars.edit(world.now, write(2, "32"));
    long second = first + DAY + HOUR;
    world.contact(0, 1, second, 4 * HOUR, OWLT);
    world.runUntil(second + OWLT - 1);
    assertFalse(world.isSame());
    world.runUntil(second + OWLT);
    assertTrue(world.isSame());
    assertEquals(0, world.messages.getOrDefault(MessageKind.SKETCH, 0));
  }

  @Test
  void whatIsWrittenWhileTheyHearEachOtherIsToldAtOnce() {
    SyncWorld world = two();
    world.contact(0, 1, world.now, DAY, OWLT);
    world.runUntil(world.now + HOUR * 2);
    world.region(0).edit(world.now, write(1, "21"));
    long then = world.now;
    world.tell(0);
    world.runUntil(then + OWLT);
    assertTrue(world.isSame());
  }

  @Test
  void lostBlocksComeAgainInTheNextContact() {
    SyncWorld world = two();
    world.contact(0, 1, world.now, HOUR, OWLT);
    world.runUntil(world.now + 2 * HOUR);
    world.region(0).edit(world.now, write(1, "21"));
    world.loss = 1;
    world.contact(0, 1, world.now, HOUR, OWLT);
    world.runUntil(world.now + 2 * HOUR);
    world.loss = 0;
    assertFalse(world.isSame());
    world.region(0).edit(world.now, write(2, "22"));
    long third = world.now;
    world.contact(0, 1, third, 4 * HOUR, OWLT);
    world.runUntil(third + 2 * OWLT);
    assertTrue(world.isSame());
  }

  /** A round trip of two seconds, a contact of a day: 43,200 times would be too often. */
  @Test
  void whoNeverAnswersIsToldAllEverMoreRarely() {
    SyncWorld world = two();
    world.contact(0, 1, world.now, HOUR, 1_000);
    world.runUntil(world.now + 2 * HOUR);
    world.loss = 1;
    world.region(0).edit(world.now, write(1, "21"));
    world.contact(0, 1, world.now, DAY, 1_000);
    long end = world.now + DAY;
    while (world.now < end) {
      world.runUntil(world.now + 1_000);
      world.tell(0);
    }
    int messages = world.messages.get(MessageKind.DELTA);
    assertTrue(messages >= 10 && messages <= 20, messages + " messages in a day");
  }

  @Test
  void fiveYearsAlone() {
    SyncWorld world = new SyncWorld(3, 1, SyncSettings.DEFAULT);
    for (int i = 0; i < 300; i++) {
      world.region(i % 3).edit(world.now, write(i, "before"));
    }
    for (int pass = 0; pass < 3; pass++) {
      world.contact(0, 1, world.now + 1, 4 * HOUR, OWLT);
      world.contact(0, 2, world.now + 1, 4 * HOUR, OWLT);
      world.contact(1, 2, world.now + 1, 4 * HOUR, OWLT);
      world.runUntil(world.now + DAY);
    }
    assertTrue(world.isSame());
    long end = world.now + 5 * YEAR;
    for (int day = 0; world.now < end; day++) {
      for (int n = 0; n < 2; n++) {
        int number = world.random.nextInt(300);
        world
            .region(n)
            .edit(
                world.now,
                world.random.nextInt(4) == 0
                    ? new Edit.Clear(leaf(number))
                    : write(number, "day " + day));
      }
      if (day % 5 == 0) {
        int number = world.random.nextInt(300);
        world
            .region(2)
            .edit(
                world.now,
                day % 10 == 0 ? new Edit.Clear(leaf(number)) : write(number, "island " + day));
      }
      if (day % 7 == 0) {
        world.contact(0, 1, world.now + HOUR, 4 * HOUR, OWLT);
      }
      world.runUntil(world.now + DAY);
      if (day % 30 == 0) {
        forget(world.region(0));
        forget(world.region(1));
      }
    }
    world.contact(0, 1, world.now, 4 * HOUR, OWLT);
    world.runUntil(world.now + DAY);
    assertFalse(world.isSame());
    world.contact(0, 2, world.now, 4 * HOUR, OWLT);
    world.contact(1, 2, world.now, 4 * HOUR, OWLT);
    world.runUntil(world.now + DAY);
    assertTrue(world.isSame(), () -> "after one contact: " + world.messages);
    world.region(2).edit(world.now, write(1, "again"));
    world.contact(0, 2, world.now, 4 * HOUR, OWLT);
    world.runUntil(world.now + OWLT);
    assertEquals(world.region(0).replica.root(), world.region(2).replica.root());
  }

  @Test
  void whatARegionWroteTwiceGoesAndAllOthersAreEqual() {
    SyncWorld world = new SyncWorld(4, 1, SyncSettings.DEFAULT);
    SimRegion liar = world.region(3);
    for (int i = 0; i < 4; i++) {
      world.region(i).edit(world.now, write(i, "before"));
    }
    everybody(world, 4);
    everybody(world, 4);
    MemoryTwinStore copy = liar.store.copy();
    liar.edit(world.now, write(3, "one"), write(0, "one"));
    meet(world, 3, 0);
    liar.store = copy;
    liar.lies = true;
    liar.open();
    liar.edit(world.now, write(3, "other"), write(1, "other"), write(7, "other"));
    meet(world, 3, 1);
    world.region(0).edit(world.now, write(10, "meanwhile"));
    for (int round = 0; round < 3; round++) {
      everybody(world, 3);
    }
    for (int i = 0; i < 3; i++) {
      SimRegion region = world.region(i);
      assertEquals(world.region(0).replica.root(), region.replica.root(), "region " + i);
      assertTrue(region.replica.leaf(leaf(3)).isEmpty());
      assertFalse(region.replica.leaf(leaf(7)).isEmpty(), "what it wrote once stays");
      assertFalse(region.replica.leaf(leaf(2)).isEmpty());
      assertFalse(region.replica.leaf(leaf(10)).isEmpty());
      assertTrue(
          region.notices.stream()
              .anyMatch(
                  it -> it.what() == Notice.What.FORK && it.region().equals(Optional.of(liar.id))));
    }
    world.region(2).edit(world.now, write(3, "mended"));
    everybody(world, 3);
    assertEquals(world.region(0).replica.root(), world.region(1).replica.root());
    assertFalse(world.region(1).replica.leaf(leaf(3)).isEmpty());
  }

  @Test
  void whoHasForkedItsStreamGoesOnWithAnother() {
    SyncWorld world = two();
    SimRegion earth = world.region(0);
    SimRegion liar = world.region(1);
    liar.edit(world.now, write(1, "before"));
    meet(world, 0, 1);
    MemoryTwinStore copy = liar.store.copy();
    liar.edit(world.now, write(1, "one"));
    meet(world, 0, 1);
    liar.store = copy;
    liar.lies = true;
    liar.open();
    liar.edit(world.now, write(1, "other"));
    meet(world, 0, 1);
    meet(world, 0, 1);
    assertTrue(liar.replica.chain(liar.stream).fork().isPresent());
    assertFalse(liar.replica.own().equals(liar.stream));
    liar.edit(world.now, write(2, "later"));
    meet(world, 0, 1);
    assertFalse(earth.replica.leaf(leaf(2)).isEmpty());
    meet(world, 0, 1);
    assertTrue(world.hasHeardTheSame());
    assertEquals(1, restored(liar));
  }

  private static long restored(SimRegion region) {
    return region.notices.stream().filter(it -> it.what() == Notice.What.RESTORED).count();
  }

  @Test
  void aClockIn2099OwnsNothingAndIsHeardAgainOnceItIsSetRight() {
    SyncWorld world = two();
    SimRegion earth = world.region(0);
    SimRegion mars = world.region(1);
    mars.ahead = 73 * YEAR;
    mars.edit(world.now, write(1, "of 2099"));
    earth.edit(world.now, write(2, "of now"));
    meet(world, 0, 1);
    assertTrue(world.isSame());
    assertEquals(-1, ageOf(earth, mars));
    earth.edit(world.now, write(1, "later"));
    assertTrue(
        earth.replica.leaf(leaf(1)).dots().actors().equals(List.of(earth.stream.name())),
        "who saw it and writes replaces it");
    mars.ahead = 0;
    mars.edit(world.now, write(3, "set right"));
    meet(world, 0, 1);
    assertTrue(world.isSame());
    mars.edit(world.now, write(3, "again"));
    meet(world, 0, 1);
    assertTrue(world.isSame());
  }

  private static long ageOf(SimRegion at, SimRegion of) {
    return at.replica.telling().frontier(SyncWorld.START).streams().get(of.stream).ageSeconds();
  }

  private static void everybody(SyncWorld world, int count) {
    for (int a = 0; a < count; a++) {
      for (int b = a + 1; b < count; b++) {
        meet(world, a, b);
      }
    }
  }

  private static void meet(SyncWorld world, int a, int b) {
    world.contact(a, b, world.now, 4 * HOUR, OWLT);
    world.runUntil(world.now + 5 * HOUR);
  }

  private static void forget(SimRegion region) {
    for (var stream : region.replica.streams()) {
      region.replica.truncate(stream, Long.MAX_VALUE);
    }
    region.edit(0);
  }
}
