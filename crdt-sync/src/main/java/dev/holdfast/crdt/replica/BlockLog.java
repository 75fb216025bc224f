package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.BlockLimits;
import dev.holdfast.crdt.block.ForkProof;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.SignedHeader;
import dev.holdfast.crdt.block.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.bouncycastle.crypto.digests.Blake3Digest;

/**
 * The blocks that are kept: whole as long as somebody may need them in their order, then redacted
 * to the operations that are still live, so that what is there can always be proved.
 */
final class BlockLog {
  private static final int VARIANT = 4;
  private static final Octets WHOLE = Octets.wrap(new byte[VARIANT]);

  private final Layout layout;
  private final Overlay store;
  private final BlockLimits limits;

  BlockLog(Layout layout, Overlay store, BlockLimits limits) {
    this.layout = layout;
    this.store = store;
    this.limits = limits;
  }

  /**
   * Keeps a block, unless it is kept whole already. Of a stream that was forked, one of each branch
   * may end with the same number: the first that came whole keeps its place.
   */
  void put(Block block) {
    Octets octets = block.encode();
    Optional<Octets> whole = store.get(wholeKey(block));
    if (whole.isEmpty()) {
      store.put(key(block, octets), octets);
    } else if (!decode(whole.get()).header().id().equals(block.header().id())) {
      store.put(variantKey(block, octets), octets);
    }
  }

  private Octets wholeKey(Block block) {
    return layout.key(
        Layout.BLOCK,
        block.header().stream().name(),
        Layout.number(block.header().covers().last()),
        WHOLE);
  }

  private Octets key(Block block, Octets octets) {
    return block.hidden() == 0 ? wholeKey(block) : variantKey(block, octets);
  }

  private Octets variantKey(Block block, Octets octets) {
    return layout.key(
        Layout.BLOCK,
        block.header().stream().name(),
        Layout.number(block.header().covers().last()),
        variant(octets));
  }

  /** Two redactions of one block are two records. */
  private static Octets variant(Octets octets) {
    var blake3 = new Blake3Digest();
    byte[] out = new byte[VARIANT];
    blake3.update(octets.toByteArray(), 0, octets.size());
    blake3.doFinal(out, 0, VARIANT);
    out[0] |= (byte) 0x80;
    return Octets.wrap(out);
  }

  private Block decode(Octets octets) {
    return switch (Block.decode(octets, limits)) {
      case Parsed.Good<Block>(Block block) -> block;
      case Parsed.Bad<Block> bad ->
          throw new IllegalStateException("a block that was kept cannot be read: " + bad);
    };
  }

  @FunctionalInterface
  private interface Visitor {
    boolean visit(Octets key, Block block);
  }

  /** Blocks that end with {@code from} or later, in order. */
  private void scan(StreamId stream, long from, Visitor visitor) {
    store.scan(
        layout.key(Layout.BLOCK, stream.name(), Layout.number(from)),
        Layout.after(layout.key(Layout.BLOCK, stream.name())),
        (key, value) -> visitor.visit(key, decode(value)));
  }

  /**
   * The whole blocks of a stream from one number on.
   *
   * @param first the number that the first one begins with
   * @param bytes of blocks after which it is enough; one is always given if there is one
   */
  List<Block> wholeFrom(StreamId stream, long first, long bytes) {
    List<Block> blocks = new ArrayList<>();
    long[] left = {bytes};
    store.scan(
        layout.key(Layout.BLOCK, stream.name(), Layout.number(first)),
        Layout.after(layout.key(Layout.BLOCK, stream.name())),
        (_, value) -> {
          Block block = decode(value);
          if (block.hidden() == 0 && block.header().covers().first() >= first) {
            if (!blocks.isEmpty() && value.size() > left[0]) {
              return false;
            }
            blocks.add(block);
            left[0] -= value.size();
          }
          return true;
        });
    return blocks;
  }

  /** All blocks that are kept, by stream and last number. */
  void forEach(Consumer<Block> visitor) {
    Octets all = layout.key(Layout.BLOCK);
    store.scan(
        all,
        Layout.after(all),
        (_, value) -> {
          visitor.accept(decode(value));
          return true;
        });
  }

  /** The header of a block that covers that number, if one is kept. */
  Optional<SignedHeader> header(StreamId stream, long number) {
    return at(stream, number).map(Block::signed);
  }

  /** What a header proves together with that of a block that is kept; empty if both can be true. */
  Optional<ForkProof> contradiction(SignedHeader signed) {
    Interval covers = signed.header().covers();
    List<ForkProof> found = new ArrayList<>();
    scan(
        signed.header().stream(),
        covers.first(),
        (_, block) -> {
          ForkProof.of(signed, block.signed()).ifPresent(found::add);
          return found.isEmpty() && block.header().covers().first() <= covers.last();
        });
    return found.stream().findFirst();
  }

  /** A block that covers that number, if one is kept: the whole one if there is one. */
  Optional<Block> at(StreamId stream, long number) {
    List<Block> found = new ArrayList<>();
    scan(
        stream,
        number,
        (_, block) -> {
          if (block.header().covers().contains(number)) {
            found.add(block);
          }
          return false;
        });
    return found.stream().findFirst();
  }

  /**
   * Blocks that show these operations and no others.
   *
   * @param dots of live entries, each in a block that is kept
   * @param forked streams of which two blocks of one number may have come, and one be kept: what
   *     the other wrote cannot be shown, and goes
   */
  List<Block> showing(SortedSet<Dot> dots, Predicate<StreamId> forked) {
    List<Block> blocks = new ArrayList<>();
    var left = new TreeSet<>(dots);
    for (Dot dot : dots) {
      if (left.contains(dot)) {
        show(dot, left, blocks, it -> left.contains(dot) && it.first() <= dot.sequence());
      }
    }
    // Of two branches one may have wider blocks: then those that show the rest stand further on.
    for (Octets actor : left.stream().map(Dot::actor).distinct().toList()) {
      Dot first = left.stream().filter(it -> it.actor().equals(actor)).findFirst().orElseThrow();
      show(first, left, blocks, _ -> left.stream().anyMatch(it -> it.actor().equals(actor)));
    }
    left.removeIf(dot -> forked.test(new StreamId(dot.actor())));
    if (!left.isEmpty()) {
      throw new IllegalStateException("no block is kept of " + left.first());
    }
    return blocks;
  }

  /** Blocks of a stream that show something that is left, from a number on. */
  private void show(Dot from, SortedSet<Dot> left, List<Block> blocks, Predicate<Interval> goesOn) {
    scan(
        new StreamId(from.actor()),
        from.sequence(),
        (_, block) -> {
          Block shown = block.redact(it -> left.contains(it.dot()));
          if (!shown.operations().isEmpty()) {
            blocks.add(shown);
            shown.operations().forEach(it -> left.remove(it.dot()));
          }
          return goesOn.test(block.header().covers());
        });
  }

  /**
   * What came of a part of a sweep.
   *
   * @param next the number with which it is to go on
   * @param done whether nothing is left up to where it was to go
   * @param saved bytes
   */
  record Swept(long next, boolean done, long saved) {}

  /**
   * Keeps of blocks what is live only.
   *
   * @param from a number: those that end before it are not looked at
   * @param through the last number of the last of them
   * @param most how many are looked at
   */
  Swept redact(StreamId stream, long from, long through, int most, Predicate<Operation> live) {
    long[] next = {from};
    int[] seen = new int[1];
    SortedMap<Octets, Block> found = new TreeMap<>();
    scan(
        stream,
        from,
        (key, block) -> {
          if (block.header().covers().last() > through || seen[0] == most) {
            return false;
          }
          seen[0]++;
          next[0] = block.header().covers().last() + 1;
          if (block.operations().isEmpty() || !block.operations().stream().allMatch(live)) {
            found.put(key.compact(), block);
          }
          return true;
        });
    // What is being scanned must not change meanwhile.
    long saved = 0;
    for (Map.Entry<Octets, Block> one : found.entrySet()) {
      Block less = one.getValue().redact(live);
      saved += one.getValue().encode().size();
      store.remove(one.getKey());
      if (!less.operations().isEmpty()) {
        Octets octets = less.encode();
        store.put(key(less, octets), octets);
        saved -= octets.size();
      }
    }
    return new Swept(next[0], seen[0] < most, saved);
  }
}
