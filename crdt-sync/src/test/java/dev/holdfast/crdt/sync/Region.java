package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Draft;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.Pending;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.replica.Frontier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A region with one stream; everything follows from its seed. */
public final class Region {
  public static final String CLASS = "open";
  public static final ClassId CLASS_ID = ClassId.of(CLASS);
  public static final long START = 850_000_000_000L;

  public final int seed;
  public final SigningKey key;
  public final RegionId id;
  public StreamId stream;
  public Chain chain;
  private long clock = START;

  public Region(int seed) {
    this.seed = seed;
    key = key(0);
    id = RegionId.of(key.verifyKey());
    begin(0);
  }

  public static Octets hash(long seed) {
    return HashUse.MESSAGE.hash(Octets.wrap(Long.toString(seed).getBytes(StandardCharsets.UTF_8)));
  }

  /** What could be a signature. */
  public static Octets hash64(long seed) {
    return Octets.concat(List.of(hash(seed), hash(seed + 1)));
  }

  /** The key with that index. */
  public SigningKey key(int index) {
    return new SigningKey(hash(seed * 1_000L + index));
  }

  public void begin(long incarnation) {
    stream = StreamId.of(key.verifyKey(), incarnation, CLASS);
    chain = Chain.of(stream);
  }

  public Block seal(int numbers, SigningKey with, int index) {
    Block block = block(chain, numbers, with, index, "v");
    chain = new Chain(stream, Optional.of(block.signed()), false, chain.fork());
    return block;
  }

  public Block seal(int numbers) {
    return seal(numbers, key, 0);
  }

  /** A block of so many numbers that follows on a chain. */
  public Block block(Chain on, int numbers, SigningKey with, int index, String value) {
    long first = on.last() + 1;
    Pending pending = new Pending(stream, first, Hlc.ZERO);
    for (int i = 0; i < numbers; i++) {
      Leaf leaf = new Leaf("org.acme:pump-" + i, "a/ü", Kind.REGISTER);
      Hlc at = new Hlc(++clock, 0);
      Octets octets = Octets.wrap((value + i).getBytes(StandardCharsets.UTF_8));
      pending.add(
          Operation.of(leaf, at, MvRegister.EMPTY.write(stream.dot(first + i), at, octets)));
    }
    return new Sealer(stream, with, index, hash(seed))
        .seal(on, pending.drain(Integer.MAX_VALUE, Integer.MAX_VALUE).getFirst())
        .block();
  }

  /** A block without operations over a range of numbers. */
  public Block empty(Chain on, long last, SigningKey with, int index) {
    var draft = new Draft(new Interval(on.last() + 1, last), List.of(), new Hlc(++clock, 0));
    return new Sealer(stream, with, index, hash(seed)).seal(on, draft).block();
  }

  public Chain after(Block block) {
    return new Chain(stream, Optional.of(block.signed()), false, Optional.empty());
  }

  Envelope envelope() {
    return new Envelope(CLASS_ID, id, 0, new Hlc(++clock, 3));
  }

  Signed sign(Claim claim) {
    return Signed.sign(envelope(), claim, key);
  }

  public static KeyRing ring(Region... regions) {
    KeyRing ring = KeyRing.of(CLASS);
    for (Region region : regions) {
      ring = ring.with(region.key.verifyKey());
    }
    return ring;
  }

  public static Frontier.Reach reach(Block head, long ageSeconds) {
    Header header = head.header();
    return new Frontier.Reach(
        header.covers().last(),
        header.id().slice(0, Frontier.HEAD_SIZE),
        List.of(new Interval(1, header.covers().last())),
        ageSeconds);
  }

  public static CausalContext dots(StreamId stream, long... sequences) {
    CausalContext all = CausalContext.EMPTY;
    for (long sequence : sequences) {
      all = all.add(stream.dot(sequence));
    }
    return all;
  }
}
