package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;

/**
 * What the signature of a block is over, in deterministic CBOR: all that must not change under way,
 * and nothing that must, such as a hop count or a lifetime.
 *
 * <pre>
 *   [1, stream, first, last - first, previous, key, clock, operations, root]
 * </pre>
 *
 * @param stream whose operations
 * @param covers the numbers that are said by it and need not be waited for any more; not each of
 *     them has an operation
 * @param previous the id of the stream's block before; zeros if it begins with number 1
 * @param key which of the writer's keys signed it, 0 to {@value #KEY_MAX}
 * @param clock the stream's clock at {@code covers.last()}: no operation in it is later
 * @param tree of the operations
 */
public record Header(
    StreamId stream, Interval covers, Octets previous, int key, Hlc clock, Tree tree) {
  /** Length of an id in bytes. */
  public static final int ID_SIZE = Blake3.SIZE;

  /** The highest number that a block can cover. */
  public static final long LAST_MAX = Long.MAX_VALUE - 1;

  /** The highest index of a key: one a day for 179 years. */
  public static final int KEY_MAX = 0xffff;

  /** Stands for the block before the first one. */
  public static final Octets NO_PREVIOUS = Octets.wrap(new byte[ID_SIZE]);

  private static final int VERSION = 1;
  private static final int ITEMS = 9;

  /** About how many bytes a header has. */
  static final int EXPECTED_BYTES = 128;

  /**
   * The hash tree over the operations.
   *
   * @param size how many operations, at most one for each number
   * @param root its root, {@value Header#ID_SIZE} bytes
   */
  public record Tree(int size, Octets root) {
    /** Checks the ranges. */
    public Tree {
      if (size < 0 || root.size() != ID_SIZE) {
        throw new IllegalArgumentException("no tree: " + size + " operations, " + root);
      }
    }
  }

  /** Checks the ranges. */
  public Header {
    if (previous.size() != ID_SIZE || key < 0 || key > KEY_MAX) {
      throw new IllegalArgumentException("no header: previous " + previous + ", key " + key);
    }
    if ((covers.first() == 1) != previous.equals(NO_PREVIOUS)) {
      throw new IllegalArgumentException(covers + " does not follow on " + previous);
    }
    if (covers.last() > LAST_MAX || tree.size() - 1 > covers.last() - covers.first()) {
      throw new IllegalArgumentException(tree.size() + " operations in " + covers);
    }
  }

  /** Its octets. */
  public Octets encode() {
    return new CborWriter(EXPECTED_BYTES)
        .array(ITEMS)
        .unsigned(VERSION)
        .bytes(stream.name())
        .unsigned(covers.first())
        .unsigned(covers.last() - covers.first())
        .bytes(previous)
        .unsigned(key)
        .unsigned(clock.packed())
        .unsigned(tree.size())
        .bytes(tree.root())
        .end()
        .finish();
  }

  /** The block's name: BLAKE3-256 of what is signed. */
  public Octets id() {
    return Blake3.plain().use("holdfast block 1").add(encode()).end();
  }

  /**
   * Reads one.
   *
   * @throws dev.holdfast.bpv7.wire.WireException if the octets are none
   */
  static Header read(CborReader from) {
    from.in("crdt-sync/docs/0002, header").array(ITEMS);
    int where = from.offset();
    int version = from.unsigned(Integer.MAX_VALUE);
    if (version != VERSION) {
      throw from.fault(where, "a block of version " + version + ", not " + VERSION);
    }
    StreamId stream = new StreamId(from.bytes(StreamId.SIZE).compact());
    Interval covers = covers(from);
    where = from.offset();
    Octets previous = from.bytes(ID_SIZE).compact();
    if ((covers.first() == 1) != previous.equals(NO_PREVIOUS)) {
      throw from.fault(
          where, "only the first block of a stream, from number 1 on, follows on zeros");
    }
    int key = from.unsigned(KEY_MAX);
    Hlc clock = Hlc.unpack(from.unsigned());
    where = from.offset();
    int size = from.unsigned(Integer.MAX_VALUE);
    if (size - 1 > covers.last() - covers.first()) {
      throw from.fault(where, size + " operations have not each a number of " + covers);
    }
    Tree tree = new Tree(size, from.bytes(ID_SIZE).compact());
    return new Header(stream, covers, previous, key, clock, tree);
  }

  private static Interval covers(CborReader from) {
    int where = from.offset();
    long first = from.unsigned();
    long more = from.unsigned();
    if (first < 1 || more < 0 || more >= Long.MAX_VALUE - first) {
      throw from.fault(
          where,
          Long.toUnsignedString(first)
              + " and "
              + Long.toUnsignedString(more)
              + " more are not within 1 and 2^63 - 2");
    }
    return new Interval(first, first + more);
  }
}
