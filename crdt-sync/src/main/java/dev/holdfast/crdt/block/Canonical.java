package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.ContentCodec;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of an operation that is hashed: plain, by itself, in deterministic CBOR. The stream is
 * not said, since the header says it.
 *
 * <pre>
 *   [number, thing, path, kind, clock, [[actor, [first, last, first, last, ...]], ...], content]
 * </pre>
 */
final class Canonical {
  private static final int ITEMS = 7;
  private static final int EXPECTED_BYTES = 128;

  private Canonical() {}

  /** Of each operation its octets. */
  static List<Octets> of(List<Operation> operations) {
    var writer = new CborWriter(EXPECTED_BYTES * operations.size() + EXPECTED_BYTES);
    ContentCodec contents = ContentCodec.plain(CrdtLimits.DEFAULT);
    int[] ends = new int[operations.size()];
    for (int i = 0; i < ends.length; i++) {
      write(writer, operations.get(i), contents);
      ends[i] = writer.position();
    }
    Octets all = writer.finish();
    List<Octets> each = new ArrayList<>(ends.length);
    int from = 0;
    for (int end : ends) {
      each.add(all.slice(from, end));
      from = end;
    }
    return each;
  }

  private static void write(CborWriter to, Operation operation, ContentCodec contents) {
    to.array(ITEMS)
        .unsigned(operation.sequence())
        .text(operation.leaf().thing())
        .text(operation.leaf().path())
        .unsigned(code(operation.leaf().kind()))
        .unsigned(operation.at().packed());
    CausalContext replaced = operation.replaced();
    to.array(replaced.actors().size());
    for (Octets actor : replaced.actors()) {
      List<Interval> intervals = replaced.intervals(actor);
      to.array(2).bytes(actor).array(2 * intervals.size());
      for (Interval interval : intervals) {
        to.unsigned(interval.first()).unsigned(interval.last());
      }
      to.end().end();
    }
    to.end();
    contents.write(to, operation.written());
    to.end();
  }

  /** The number that stands for a kind in blocks. */
  static int code(Kind kind) {
    return switch (kind) {
      case REGISTER -> 0;
      case SET -> 1;
      case COUNTER -> 2;
      case STOCK -> 3;
      case BLOB -> 4;
      case LIST -> 5;
      case MAP -> throw new IllegalArgumentException("operations are written to leaves, not maps");
    };
  }
}
