package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Sealer;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.digest.Cells;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.digest.SketchSize;
import dev.holdfast.crdt.replica.ClassId;
import dev.holdfast.crdt.replica.Compared;
import dev.holdfast.crdt.replica.Comparison;
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

  static final String CLASS = "bench";
  static final ClassId CLASS_ID = ClassId.of(CLASS);
  static final SigningKey KEY = new SigningKey(Octets.wrap(new byte[SigningKey.SIZE]));

  /** Milliseconds since 2000 after all writes. */
  static final long END_MILLIS = 860_000_000_000L;

  private static final int MESSAGE_BYTES = 65_536;
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
    StreamId stream = StreamId.of(KEY.verifyKey(), 0, CLASS);
    sealer = new Sealer(stream, KEY, 0, Octets.wrap(new byte[SigningKey.SIZE]));
    overlay = new Overlay(new StoredTwins(store));
    replica = new Replica(CLASS_ID, stream, overlay, ReplicaLimits.DEFAULT);
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

  /**
   * The first blocks that were signed, in messages.
   *
   * @param bytes of all, about
   */
  List<List<Octets>> messages(long bytes) {
    List<Block> blocks = replica.telling().blocksAfter(replica.own(), 0, bytes).orElseThrow();
    List<List<Octets>> messages = new ArrayList<>();
    long left = 0;
    for (Block block : blocks) {
      Octets octets = block.encode();
      if (octets.size() > left) {
        messages.add(new ArrayList<>());
        left = MESSAGE_BYTES;
      }
      messages.getLast().add(octets);
      left -= octets.size();
    }
    return messages;
  }

  /** A sketch of all registers in which so many differences can be found. */
  Comparison.Sketched sketch(SketchKey key, int differences) {
    return replica.telling().sketch(key, 0, SketchSize.cells(differences), 1);
  }

  /** How many differences are found between what is here now and what a sketch was made of. */
  int differences(SketchKey key, Comparison.Sketched theirs) {
    Cells cells = theirs.cells().getFirst();
    Comparison comparison =
        replica.telling().comparison(key, theirs.whole(), cells.range().count(), 1);
    return comparison.add(cells) instanceof Compared.Whole whole ? whole.differences() : -1;
  }

  /** Reads a thing with all its registers. */
  void read(long number) {
    int leaves = replica.thing(thing(number)).size();
    if (leaves != LEAVES) {
      throw new BenchException("thing " + number + " has " + leaves + " registers, not " + LEAVES);
    }
  }
}
