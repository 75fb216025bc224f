package dev.holdfast.crdt.sim;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.SyncSettings;
import dev.holdfast.crdt.sync.SyncWork;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A year of a world in which nothing can be relied on: messages are lost, doubled and late, regions
 * crash, forget blocks, replace their keys, and are away for months. All from one seed.
 */
final class SyncChaos {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private static final Leaf LOG = new Leaf("log", "written", Kind.SET);

  private final SplittableRandom random;
  private final SyncWorld world;
  private final int count;
  private final boolean lies;
  private final Map<Integer, Copy> copies = new TreeMap<>();
  private final SortedSet<Octets> lasting = new TreeSet<>();
  private final SortedSet<Integer> restored = new TreeSet<>();
  private int written;
  private boolean rotating;

  private record Copy(MemoryTwinStore store, List<Octets> log) {}

  /**
   * Some regions.
   *
   * @param most how many, at most
   * @param lies whether regions whose store was set back do not know it
   */
  SyncChaos(long seed, int most, boolean lies) {
    this.lies = lies;
    random = new SplittableRandom(seed);
    count = 3 + random.nextInt(most - 2);
    var settings =
        new SyncSettings(
            1_024 + random.nextInt(20_000),
            1L << 30,
            random.nextInt(200),
            1 + random.nextInt(40),
            random.nextInt(20_000),
            60_000,
            random.nextInt(5),
            SyncSettings.OneWay.DEFAULT,
            SyncWork.DEFAULT);
    world = new SyncWorld(count, seed, settings);
    world.loss = random.nextInt(3) == 0 ? 0 : random.nextDouble() * 0.5;
    world.doubling = random.nextDouble() * 0.3;
    world.jitter = random.nextInt(3) == 0 ? 0 : random.nextLong(2 * HOUR);
  }

  /**
   * From now on regions replace their keys, too, their machines are booted, and what is too long
   * ago is forgotten.
   */
  SyncChaos rotating() {
    rotating = true;
    return this;
  }

  SyncWorld world() {
    return world;
  }

  /** Runs; whether all are equal at last, after region 0 has heard each so often. */
  boolean run(int passes) {
    int days = 20 + random.nextInt(60);
    for (int day = 0; day < days; day++) {
      for (int i = random.nextInt(8); i > 0; i--) {
        int who = random.nextInt(count);
        world.at(world.now + random.nextLong(DAY), () -> step(who));
      }
      for (int i = random.nextInt(3); i > 0; i--) {
        contact(world.now + random.nextLong(DAY));
      }
      world.runUntil(world.now + DAY * (1 + random.nextInt(4)));
    }
    return settle(passes);
  }

  private void contact(long from) {
    int a = random.nextInt(count);
    int b = (a + 1 + random.nextInt(count - 1)) % count;
    long owlt = random.nextInt(2) == 0 ? 1_000 : random.nextLong(HOUR);
    world.contact(a, b, from, 10 * MINUTE + random.nextLong(5 * HOUR), owlt);
  }

  private void step(int who) {
    SimRegion region = world.region(who);
    if (rotating) {
      long unconfirmed = random.nextLong(40);
      region.sync.forget(
          new ClassSync.History(random.nextLong(unconfirmed + 1), unconfirmed, 1 + who));
    }
    if (rotating && random.nextInt(12) == 0 && !restored.contains(who)) {
      if (region.keys.size() < 4) {
        region.keys.add(region.key(region.keys.size()));
      }
      region.open();
      return;
    }
    switch (random.nextInt(16)) {
      case 0 -> {
        if (rotating && random.nextBoolean()) {
          region.reboot();
        } else {
          region.open();
        }
      }
      case 12, 13 -> copies.put(who, new Copy(region.store.copy(), log(region)));
      case 14 -> {
        Copy copy = copies.get(who);
        if (copy != null && who > 0 && region.keys.size() == 1) {
          restored.add(who);
          restore(region, copy);
        }
      }
      case 1 -> {
        for (StreamId stream : region.replica.streams()) {
          region.replica.truncate(stream, random.nextInt(30));
        }
        region.edit(world.now);
      }
      default -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          region.edit(world.now, edit());
        }
        written++;
        region.edit(world.now, new Edit.Add(LOG, text("" + written)));
        world.tell(who);
      }
    }
  }

  private static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private void restore(SimRegion region, Copy copy) {
    region.lies = lies;
    region.restore(copy.store);
    if (!log(region).equals(copy.log)) {
      throw new AssertionError("what was in the copy is not in what goes on with it");
    }
  }

  private static List<Octets> log(SimRegion region) {
    return ((OrSet) region.replica.leaf(LOG)).elements();
  }

  /** What must be there at last and is not, in any region. */
  SortedSet<Octets> lost() {
    var lost = new TreeSet<>(lasting);
    log(world.region(0)).forEach(lost::remove);
    return lost;
  }

  /** Whether anybody was told of a fork. */
  boolean forks() {
    return world.regions.stream()
        .flatMap(it -> it.notices.stream())
        .anyMatch(it -> it.what() == Notice.What.FORK);
  }

  private Edit edit() {
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

  private boolean settle(int passes) {
    if (!lies) {
      world.regions.forEach(it -> lasting.addAll(log(it)));
    }
    world.loss = 0;
    world.jitter = 0;
    world.runUntil(world.now + 30 * DAY);
    for (int round = 0; round < passes; round++) {
      for (int other = 1; other < count; other++) {
        world.contact(0, other, world.now, 2 * HOUR, 10 * MINUTE);
        world.runUntil(world.now + 3 * HOUR);
      }
    }
    return world.isSame() && (lies || world.hasHeardTheSame());
  }
}
