package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Draft;
import dev.holdfast.crdt.block.Operation;
import dev.holdfast.crdt.block.Pending;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is written here and in no block yet. */
final class OwnStream {
  private final StreamId id;
  private final Layout layout;
  private final Overlay store;
  private final ReplicaLimits limits;
  private Pending pending;

  /**
   * As the store has it.
   *
   * @param next what the next operation follows on
   */
  OwnStream(
      StreamId id, Layout layout, Overlay store, ReplicaLimits limits, Chain chain, Next next) {
    this.id = id;
    this.layout = layout;
    this.store = store;
    this.limits = limits;
    List<Operation> left = new ArrayList<>();
    Octets prefix = layout.key(Layout.PENDING);
    store.scan(prefix, Layout.after(prefix), (_, value) -> left.add(decode(value)));
    this.pending = Pending.restore(id, chain.last() + 1, next.number(), next.clock(), left);
  }

  /**
   * What the next operation follows on.
   *
   * @param number its number
   * @param clock the time of the one before
   */
  record Next(long number, Hlc clock) {}

  private Operation decode(Octets octets) {
    return switch (Operation.decode(id, octets, limits.blocks())) {
      case Parsed.Good<Operation>(Operation operation) -> operation;
      case Parsed.Bad<Operation> bad ->
          throw new IllegalStateException("an operation that was kept cannot be read: " + bad);
    };
  }

  StreamId id() {
    return id;
  }

  Next next() {
    return new Next(pending.next(), pending.clock());
  }

  /** Takes an operation. */
  void add(Operation operation) {
    Pending.Added added = pending.add(operation);
    added.gone().forEach(number -> store.remove(key(number)));
    added.kept().ifPresent(kept -> store.put(key(kept.sequence()), kept.encode()));
  }

  /** What is left of what is in no block yet, in order. */
  List<Operation> operations() {
    return pending.operations();
  }

  /** The numbers that are in no block yet; empty if none. */
  Optional<Interval> unsealed() {
    long next = pending.next();
    return numbers() == 0
        ? Optional.empty()
        : Optional.of(new Interval(next - numbers(), next - 1));
  }

  /** What is in no block yet is given up. */
  void drop() {
    operations().forEach(it -> store.remove(key(it.sequence())));
  }

  /** The next operation comes after that time. */
  void follow(Hlc clock) {
    pending.witness(clock, clock.millis(), 0);
  }

  private Octets key(long number) {
    return layout.key(Layout.PENDING, Layout.number(number));
  }

  /** Follows a clock that was seen. */
  void witness(Hlc other, long wallMillis, long driftMillis) {
    pending.witness(other, wallMillis, driftMillis);
  }

  /** Makes blocks of all that is pending. */
  List<Sealer.Sealed> seal(Sealer sealer, Chain chain) {
    Octets prefix = layout.key(Layout.PENDING);
    List<Octets> keys = new ArrayList<>();
    store.scan(prefix, Layout.after(prefix), (key, _) -> keys.add(key));
    keys.forEach(store::remove);
    List<Sealer.Sealed> sealed = new ArrayList<>();
    Chain after = chain;
    for (Draft draft : pending.drain(limits.sealOperations(), limits.sealBytes())) {
      Sealer.Sealed next = sealer.seal(after, draft);
      after = next.chain();
      sealed.add(next);
    }
    return sealed;
  }

  /** How many numbers are in no block yet. */
  long numbers() {
    return pending.numbers();
  }
}
