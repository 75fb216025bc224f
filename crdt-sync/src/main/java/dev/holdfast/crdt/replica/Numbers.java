package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Hlc;

/**
 * The one record of a replica as a whole.
 *
 * @param own name of the stream that is written here; empty if none ever was
 * @param next the number of the next operation
 * @param clock the time of the last one
 * @param live how many entries there are
 * @param awaited how many records of what was replaced and not heard
 */
record Numbers(Octets own, long next, Hlc clock, long live, long awaited) {
  /** Of a replica without a record. */
  static final Numbers NONE = new Numbers(Octets.EMPTY, 1, Hlc.ZERO, 0, 0);

  private static final int ITEMS = 5;
  private static final int EXPECTED_BYTES = 64;

  Octets encode() {
    return new CborWriter(EXPECTED_BYTES)
        .array(ITEMS)
        .bytes(own)
        .unsigned(next)
        .unsigned(clock.packed())
        .unsigned(live)
        .unsigned(awaited)
        .end()
        .finish();
  }

  static Numbers decode(Octets record) {
    var from = new CborReader(record);
    from.array(ITEMS);
    return new Numbers(
        from.bytes().compact(),
        from.unsigned(),
        Hlc.unpack(from.unsigned()),
        from.unsigned(),
        from.unsigned());
  }
}
