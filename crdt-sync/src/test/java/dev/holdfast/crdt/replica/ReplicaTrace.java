package dev.holdfast.crdt.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Causal;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Regions that write, send blocks that are lost, doubled and late, take each other's states over,
 * compare sketches, forget blocks and crash: at last all hold what the plain join of all operations
 * holds.
 */
final class ReplicaTrace {
  private static final int STEPS = 60;
  private static final List<Leaf> LEAVES =
      List.of(
          new Leaf("a", "r", Kind.REGISTER),
          new Leaf("a", "r2", Kind.REGISTER),
          new Leaf("a", "s", Kind.SET),
          new Leaf("b", "c", Kind.COUNTER),
          new Leaf("b", "k", Kind.STOCK),
          new Leaf("c", "b", Kind.BLOB),
          new Leaf("c", "l", Kind.LIST));

  private record Sent(int to, Block block) {}

  private final List<Region> regions;
  private final SplittableRandom random;
  private final List<Sent> sent = new ArrayList<>();
  private final Map<Leaf, Causal<DotStore>> plain = new TreeMap<>();

  ReplicaTrace(long seed) {
    random = new SplittableRandom(seed);
    regions = Region.several(2 + random.nextInt(3));
  }

  void run() {
    for (int step = 0; step < STEPS; step++) {
      Region region = any();
      Region other = any();
      switch (random.nextInt(20)) {
        case 0 -> region.open();
        case 1 -> region.takeState(other, 1 + random.nextInt(4));
        case 2 -> region.compare(other, 20 + random.nextInt(60));
        case 3 -> forget(region);
        case 4 -> takeSomeRanges(region, other);
        case 5, 6, 7, 8 -> send(region);
        case 9, 10, 11, 12 -> deliver();
        default -> write(region);
      }
    }
    converge();
  }

  private Region any() {
    return regions.get(random.nextInt(regions.size()));
  }

  private void write(Region region) {
    List<Edit> edits = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      edits.add(edit(region, LEAVES.get(random.nextInt(LEAVES.size()))));
    }
    if (region.edit(edits.toArray(Edit[]::new)) instanceof Edited.Done(List<Operation> done)) {
      done.forEach(
          operation -> plain.merge(operation.leaf(), operation.delta(), Causal<DotStore>::join));
    }
  }

  private Edit edit(Region region, Leaf leaf) {
    Octets value = Octets.wrap(new byte[] {(byte) random.nextInt(4)});
    boolean clear = random.nextInt(6) == 0;
    return switch (leaf.kind()) {
      case REGISTER -> clear ? new Edit.Clear(leaf) : new Edit.Write(leaf, value);
      case SET ->
          clear
              ? new Edit.Clear(leaf)
              : random.nextBoolean() ? new Edit.Add(leaf, value) : new Edit.Remove(leaf, value);
      case COUNTER -> clear ? new Edit.Clear(leaf) : new Edit.Count(leaf, random.nextInt(9) - 4);
      case STOCK ->
          switch (random.nextInt(3)) {
            case 0 -> new Edit.Take(leaf, 1 + random.nextInt(3));
            case 1 -> new Edit.Give(leaf, any().stream.name(), 1 + random.nextInt(3));
            default -> new Edit.Make(leaf, 1 + random.nextInt(5));
          };
      case BLOB -> clear ? new Edit.Clear(leaf) : new Edit.Upload(leaf, value);
      case LIST -> {
        int size = ((CrdtList) region.replica.leaf(leaf)).size();
        yield clear
            ? new Edit.Clear(leaf)
            : size > 0 && random.nextInt(3) == 0
                ? new Edit.Delete(leaf, random.nextInt(size))
                : new Edit.Insert(leaf, random.nextInt(size + 1), value);
      }
      case MAP -> throw new AssertionError();
    };
  }

  private void send(Region region) {
    Region other = any();
    Frontier told = random.nextBoolean() ? other.frontier() : other.replica.telling().frontier(0);
    region.blocksFor(told).ifPresent(blocks -> blocks.forEach(it -> send(other, it)));
  }

  private void send(Region to, Block block) {
    for (int copies = random.nextInt(3); copies > 0; copies--) {
      sent.add(random.nextInt(sent.size() + 1), new Sent(to.number, block));
    }
  }

  private void deliver() {
    for (int i = random.nextInt(4); i >= 0 && !sent.isEmpty(); i--) {
      Sent message = sent.remove(random.nextInt(sent.size()));
      Receipt receipt = regions.get(message.to).receive(message.block);
      assertTrue(
          receipt instanceof Receipt.Applied
              || receipt instanceof Receipt.Known
              || receipt instanceof Receipt.Early,
          () -> receipt.toString());
    }
  }

  private void forget(Region region) {
    region.seal();
    Region other = any();
    region.replica.truncate(other.stream, random.nextInt(20));
    region.commit();
  }

  private void takeSomeRanges(Region region, Region from) {
    from.seal();
    Octets id = from.nextState();
    Optional<Leaf> next = Optional.empty();
    do {
      from.seal();
      StatePart part = from.replica.telling().range(from.frontier(), next, 1 + random.nextInt(3));
      if (random.nextInt(3) > 0) {
        region.take(
            id,
            part,
            from.replica.telling().headsBeyond(region.replica.telling().frontier(region.now)));
      }
      next = ((Cover.Range) part.cover()).to();
      if (random.nextInt(3) == 0) {
        write(from);
      }
      if (random.nextInt(3) == 0) {
        write(region);
      }
      deliver();
    } while (next.isPresent());
  }

  private void converge() {
    for (int round = 0; round < 4; round++) {
      for (Region region : regions) {
        for (Region other : regions) {
          if (region != other) {
            Optional<List<Block>> blocks = region.blocksFor(other.frontier());
            if (blocks.isPresent()) {
              blocks.get().forEach(other::receive);
            } else {
              other.takeState(region, 3);
            }
            if (!region.frontier().root().equals(other.frontier().root())) {
              other.compare(region, 200);
            }
          }
        }
      }
    }
    Region first = regions.getFirst();
    for (Region region : regions) {
      assertEquals(first.frontier().root(), region.frontier().root(), "root of " + region.number);
      assertEquals(
          first.frontier().heard(), region.frontier().heard(), "heard by " + region.number);
      assertEquals(Map.of(), Map.copyOf(awaited(region)));
      region.open();
      for (Leaf leaf : LEAVES) {
        DotStore there = region.replica.leaf(leaf);
        Causal<DotStore> expected = plain.get(leaf);
        if (expected == null) {
          assertTrue(there.isEmpty());
        } else {
          assertEquals(expected.store(), there, leaf.toString());
        }
      }
      Frontier frontier = region.replica.telling().frontier(0);
      for (var reach : frontier.streams().values()) {
        assertTrue(reach.isWhole(), () -> frontier.toString());
      }
    }
  }

  private static Map<Octets, Octets> awaited(Region region) {
    Map<Octets, Octets> left = new TreeMap<>();
    region
        .store
        .records()
        .forEach(
            (key, value) -> {
              if (key.unsigned(0) == Layout.AWAITED) {
                left.put(key, value);
              }
            });
    return left;
  }
}
