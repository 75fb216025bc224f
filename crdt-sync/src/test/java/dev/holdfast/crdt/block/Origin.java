package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Blob;
import dev.holdfast.crdt.BoundedCounter;
import dev.holdfast.crdt.Causal;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.CrdtList;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.Knowledge;
import dev.holdfast.crdt.MvRegister;
import dev.holdfast.crdt.OrMap;
import dev.holdfast.crdt.OrSet;
import dev.holdfast.crdt.PnCounter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A writer with one stream, its state and what it has sealed; everything follows from its seed. */
final class Origin {
  static final long START = 850_000_000_000L;
  static final long DRIFT = 60_000;

  final SigningKey key;
  final StreamId stream;
  final Sealer sealer;
  final Map<Leaf, DotStore> stores = new TreeMap<>();
  Pending pending;
  Chain chain;
  private Knowledge known = Knowledge.NONE;
  private long sequence;
  private Hlc clock = new Hlc(START, 0);

  Origin(int seed, String exportClass) {
    key = new SigningKey(secret(seed));
    stream = StreamId.of(key.verifyKey(), 1, exportClass);
    sealer = new Sealer(stream, key, 0, Blake3.keyed(secret(seed)).add(stream.name()).end());
    pending = new Pending(stream, 1, Hlc.ZERO);
    chain = Chain.of(stream);
  }

  static Octets secret(int seed) {
    return Blake3.plain().addLong(seed).end();
  }

  /** As if {@code numbers} of its operations had been sealed long ago. */
  void skip(long numbers) {
    sequence = numbers;
    pending = new Pending(stream, numbers + 1, Hlc.ZERO);
    Header header =
        new Header(
            stream,
            new Interval(1, numbers),
            Header.NO_PREVIOUS,
            0,
            clock,
            new Header.Tree(0, Merkle.whole(List.of()).root().orElseThrow()));
    chain = chain.after(new SignedHeader(header, key.sign(header.id())));
  }

  Leaf leaf(String thing, String path, Kind kind) {
    return new Leaf(thing, path, kind);
  }

  void write(String thing, String path, String value) {
    write(leaf(thing, path, Kind.REGISTER), value);
  }

  void write(Leaf leaf, String value) {
    tick(1_000);
    MvRegister store = (MvRegister) at(leaf);
    put(leaf, store.write(dot(), clock, text(value)));
  }

  /** One random operation of a type. */
  void random(SplittableRandom random, Leaf leaf) {
    tick(random.nextInt(3) == 0 ? 0 : random.nextInt(2_000));
    Octets value = text(Integer.toString(random.nextInt(4)));
    boolean clear = random.nextInt(4) == 0;
    Dot dot = dot();
    put(
        leaf,
        switch (at(leaf)) {
          case MvRegister it -> clear ? it.clear(dot) : it.write(dot, clock, value);
          case Blob it -> clear ? it.clear(dot) : it.write(dot, clock, Blob.Content.of(value));
          case OrSet it -> clear ? it.remove(dot, value) : it.add(dot, value);
          case PnCounter it -> clear ? it.reset(dot) : it.add(dot, random.nextInt(-500, 500));
          case BoundedCounter it -> stock(random, dot, it);
          case CrdtList it ->
              clear && it.size() > 0
                  ? it.delete(dot, random.nextInt(it.size()))
                  : it.insert(dot, random.nextInt(it.size() + 1), value);
          case OrMap _ -> throw new IllegalArgumentException("no leaf");
        });
  }

  private Causal<BoundedCounter> stock(SplittableRandom random, Dot dot, BoundedCounter store) {
    StreamId other = StreamId.of(key.verifyKey(), 2 + random.nextInt(3), "given");
    BoundedCounter.Outcome outcome =
        switch (random.nextInt(3)) {
          case 0 -> store.decrement(dot, 1 + random.nextInt(5));
          case 1 -> store.transfer(dot, other.name(), 1 + random.nextInt(5));
          default -> new BoundedCounter.Done(store.increment(dot, 1 + random.nextInt(100)));
        };
    return switch (outcome) {
      case BoundedCounter.Done done -> done.delta();
      case BoundedCounter.Missing _ -> store.increment(dot, 7);
    };
  }

  private void tick(long millis) {
    clock = clock.next(clock.millis() + millis);
  }

  private Dot dot() {
    return stream.dot(++sequence);
  }

  private void put(Leaf leaf, Causal<? extends DotStore> delta) {
    Operation operation = Operation.of(leaf, clock, delta);
    hear(operation);
    pending.add(operation);
  }

  void hear(Operation operation) {
    Causal<DotStore> joined = new Causal<>(at(operation.leaf()), known).join(operation.delta());
    stores.put(operation.leaf(), joined.store());
    known = joined.known();
  }

  void hear(VerifiedBlock block) {
    block.block().operations().forEach(this::hear);
    known = known.join(new Knowledge(block.heard(), CausalContext.EMPTY));
  }

  DotStore at(Leaf leaf) {
    return stores.getOrDefault(leaf, bottom(leaf.kind()));
  }

  /** All that is pending in one block. */
  Block seal() {
    List<Draft> drafts = pending.drain(Integer.MAX_VALUE, Integer.MAX_VALUE);
    Sealer.Sealed sealed = sealer.seal(chain, drafts.getFirst());
    chain = sealed.chain();
    return sealed.block();
  }

  VerifiedBlock genuine(Block block) {
    return switch (block.verify(key.verifyKey(), START, DRIFT)) {
      case Verdict.Genuine genuine -> genuine.block();
      case Verdict.BadSignature bad -> throw new AssertionError(bad);
      case Verdict.WrongRoot wrong -> throw new AssertionError(wrong);
    };
  }

  static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static DotStore bottom(Kind kind) {
    return switch (kind) {
      case REGISTER -> MvRegister.EMPTY;
      case MAP -> throw new IllegalArgumentException("no leaf");
      case SET -> OrSet.EMPTY;
      case COUNTER -> PnCounter.EMPTY;
      case STOCK -> BoundedCounter.EMPTY;
      case BLOB -> Blob.EMPTY;
      case LIST -> CrdtList.EMPTY;
    };
  }
}
