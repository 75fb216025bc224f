package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Edited;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.twin.StoredTwins;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A replica in a store, with one writer's things: each with as many registers of short texts. */
final class TwinStoreLoad {
  /** Registers of a thing. */
  static final int LEAVES = 20;

  private static final String CLASS = "bench";
  private static final int SEAL_AT = 4_096;
  private static final long START_MILLIS = 850_000_000_000L;

  private final BundleStore store;
  private final Overlay overlay;
  private final Replica replica;
  private final Sealer sealer;
  private long written;

  /** What the store has. */
  TwinStoreLoad(BundleStore store) {
    this.store = store;
    SigningKey key = new SigningKey(Octets.wrap(new byte[SigningKey.SIZE]));
    StreamId stream = StreamId.of(key.verifyKey(), 0, CLASS);
    sealer = new Sealer(stream, key, 0, Octets.wrap(new byte[SigningKey.SIZE]));
    overlay = new Overlay(new StoredTwins(store));
    replica = new Replica(ClassId.of(CLASS), stream, overlay, ReplicaLimits.DEFAULT);
    written = replica.size();
  }

  /**
   * Writes registers of things one after the other, so many a batch, each batch durable; what is
   * written is signed in blocks now and then, as for contacts.
   *
   * @param first register, counted over all things
   * @param count how many
   */
  void write(long first, long count, int inBatch) {
    for (long at = first; at < first + count; at += inBatch) {
      List<Edit> edits = new ArrayList<>();
      for (long i = at; i < Math.min(first + count, at + inBatch); i++) {
        edits.add(edit(i));
      }
      written += edits.size();
      if (!(replica.edit(edits, START_MILLIS + written) instanceof Edited.Done)) {
        throw new BenchException("a register cannot be written");
      }
      if (replica.unsealed() >= SEAL_AT) {
        var _ = replica.seal(sealer);
      }
      commit();
    }
  }

  private Edit edit(long index) {
    String path = "/features/f" + index % LEAVES / 5 + "/properties/p" + index % LEAVES;
    Leaf leaf = new Leaf(thing(index / LEAVES), path, Kind.REGISTER);
    String value = "value " + (index * 7919 + written) % 100_003;
    return new Edit.Write(leaf, Octets.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static String thing(long number) {
    return "org.example.fleet:vehicle-" + number;
  }

  private void commit() {
    store.commit(StoredTwins.changes(overlay.drain()), BundleStore.Durability.SYNCED);
    overlay.committed(overlay.lastDrained());
  }

  /** Signs and commits what is left. */
  void seal() {
    var _ = replica.seal(sealer);
    commit();
  }

  /** Reads a thing with all its registers. */
  void read(long number) {
    int leaves = replica.thing(thing(number)).size();
    if (leaves != LEAVES) {
      throw new BenchException("thing " + number + " has " + leaves + " registers, not " + LEAVES);
    }
  }
}
