package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How the operations that a block shows are proved to be those of its header. Each leaf of the tree
 * is salted: the hash of an operation that is not shown tells nothing of it, however few values it
 * could have.
 *
 * <pre>
 *   whole      [0, seed]
 *   redacted   [1, which are shown, their salts, hashes of the rest]
 *              which: how many are not, then how many are, and so on
 * </pre>
 */
sealed interface Opening {
  /** Bytes of a salt. */
  int SALT = 16;

  /**
   * All operations are shown.
   *
   * @param seed what their salts follow from, {@value Blake3#SIZE} bytes
   */
  record Whole(Octets seed) implements Opening {}

  /**
   * Some are shown.
   *
   * @param shown which, in order
   * @param salts theirs, one after the other
   * @param hidden the hashes of the largest subtrees of which nothing is shown
   */
  record Redacted(List<Integer> shown, Octets salts, List<Octets> hidden) implements Opening {
    /** Keeps its own copies. */
    public Redacted {
      shown = List.copyOf(shown);
      hidden = List.copyOf(hidden);
    }
  }

  /**
   * The seed of a block: nobody without the secret can guess it, and it needs no randomness, so
   * that a stream's blocks follow from its operations.
   */
  static Octets seed(Octets secret, StreamId stream, long first) {
    return Blake3.keyed(secret).use("holdfast seed 1").add(stream.name()).addLong(first).end();
  }

  /** The salts of a block's operations, one after the other; each by itself tells of no other. */
  static Octets salts(Octets seed, int count) {
    return count == 0
        ? Octets.EMPTY
        : Blake3.keyed(seed).use("holdfast salts 1").end(Math.multiplyExact(SALT, count));
  }

  /** Which of {@code size} operations are shown. */
  default BitSet shown(int size) {
    BitSet shown = new BitSet();
    switch (this) {
      case Whole _ -> shown.set(0, size);
      case Redacted redacted -> redacted.shown.forEach(shown::set);
    }
    return shown;
  }

  /** The salts of what is shown. */
  default Octets shownSalts(int size) {
    return switch (this) {
      case Whole whole -> salts(whole.seed, size);
      case Redacted redacted -> redacted.salts;
    };
  }

  /** The tree, of which these are the shown operations. */
  default Merkle tree(int size, List<Octets> operations) {
    Octets salts = shownSalts(size);
    List<Octets> leaves = new ArrayList<>(operations.size());
    for (int i = 0; i < operations.size(); i++) {
      leaves.add(Merkle.leaf(salt(salts, i), operations.get(i)));
    }
    return switch (this) {
      case Whole _ -> Merkle.whole(leaves);
      case Redacted redacted -> new Merkle(size, shown(size), leaves, redacted.hidden);
    };
  }

  private static Octets salt(Octets salts, int index) {
    return salts.slice(SALT * index, SALT * (index + 1));
  }

  /**
   * Shows less.
   *
   * @param size how many operations the block has
   * @param operations the canonical octets of those shown
   * @param keep which of those shown remain, by their place among them
   */
  default Redacted redact(int size, List<Octets> operations, BitSet keep) {
    int[] indices = shown(size).stream().toArray();
    Octets salts = shownSalts(size);
    List<Integer> kept = new ArrayList<>();
    List<Octets> keptSalts = new ArrayList<>();
    BitSet show = new BitSet();
    keep.stream()
        .forEach(
            i -> {
              kept.add(indices[i]);
              keptSalts.add(salt(salts, i));
              show.set(indices[i]);
            });
    List<Octets> hidden = tree(size, operations).without(show);
    return new Redacted(kept, Octets.concat(keptSalts), hidden);
  }

  /**
   * Shows each by itself.
   *
   * @param size how many operations the block has, 2 or more
   * @param operations the canonical octets of those shown
   * @return in their order
   */
  default List<Redacted> each(int size, List<Octets> operations) {
    int[] indices = shown(size).stream().toArray();
    Octets salts = shownSalts(size);
    List<List<Octets>> beside = tree(size, operations).besideEach();
    List<Redacted> each = new ArrayList<>(indices.length);
    for (int i = 0; i < indices.length; i++) {
      each.add(new Redacted(List.of(indices[i]), salt(salts, i), beside.get(i)));
    }
    return each;
  }

  /** Writes one item. */
  default void write(CborWriter to) {
    switch (this) {
      case Whole whole -> to.array(2).unsigned(0).bytes(whole.seed).end();
      case Redacted redacted ->
          to.array(4)
              .unsigned(1)
              .bytes(runs(redacted.shown))
              .bytes(redacted.salts)
              .bytes(Octets.concat(redacted.hidden))
              .end();
    }
  }

  private static Octets runs(List<Integer> shown) {
    var runs = new Numbers();
    int end = 0;
    for (int i = 0; i < shown.size(); ) {
      int begin = shown.get(i);
      int next = i;
      while (next < shown.size() && shown.get(next) == begin + next - i) {
        next++;
      }
      runs.put(begin - end);
      runs.put(next - i);
      end = begin + next - i;
      i = next;
    }
    return runs.octets();
  }

  /** Reads one item, of a block with that many operations. */
  static Opening read(CborReader from, int size) {
    int where = from.offset();
    int items = from.array();
    int form = from.unsigned(1);
    if (items != (form == 0 ? 2 : 4)) {
      throw from.fault(where, "an array of " + items + " items is neither whole nor redacted");
    }
    if (form == 0) {
      return new Whole(from.bytes(Blake3.SIZE).compact());
    }
    List<Integer> shown = shown(from.embedded(), size);
    Octets salts = from.bytes(SALT * shown.size()).compact();
    where = from.offset();
    Octets hashes = from.bytes().compact();
    BitSet leaves = new BitSet();
    shown.forEach(leaves::set);
    int needed = Merkle.hashesBeside(leaves, size);
    if (hashes.size() != needed * Blake3.SIZE) {
      throw from.fault(where, hashes.size() + " bytes are not the " + needed + " hashes needed");
    }
    List<Octets> hidden = new ArrayList<>();
    for (int at = 0; at < hashes.size(); at += Blake3.SIZE) {
      hidden.add(hashes.slice(at, at + Blake3.SIZE));
    }
    return new Redacted(shown, salts, hidden);
  }

  private static List<Integer> shown(CborReader from, int size) {
    List<Integer> shown = new ArrayList<>();
    int end = 0;
    while (!from.atEnd()) {
      int where = from.offset();
      int begin = end + Numbers.read(from, size - end, "a gap");
      int count = Numbers.read(from, size - begin, "a run");
      if (count == 0 || (begin == end && end > 0)) {
        throw from.fault(where, "a run of " + count + " after a gap of " + (begin - end));
      }
      end = begin + count;
      for (int i = begin; i < end; i++) {
        shown.add(i);
      }
    }
    if (shown.size() == size) {
      throw from.fault(from.offset(), "a redacted block of which everything is shown");
    }
    return shown;
  }
}
