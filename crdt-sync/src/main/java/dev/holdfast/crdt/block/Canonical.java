package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.ContentCodec;
import dev.holdfast.crdt.CrdtLimits;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
        .unsigned(Leaf.code(operation.leaf().kind()))
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

  /**
   * Reads one.
   *
   * @throws dev.holdfast.bpv7.wire.WireException if the octets are none
   */
  static Operation read(CborReader from, StreamId stream, BlockLimits limits) {
    int where = from.offset();
    from.array(ITEMS);
    long sequence = number(from);
    String thing = from.text(limits.thingBytes());
    String path = from.text(limits.pathBytes());
    Kind kind = Leaf.KINDS.get(from.unsigned(Leaf.KINDS.size() - 1));
    Hlc at = Hlc.unpack(from.unsigned());
    CausalContext replaced = context(from);
    if (thing.isEmpty() || replaced.highest(stream.name()) >= sequence) {
      throw from.fault(where, "no operation: '" + thing + "', " + replaced + " replaced");
    }
    Dot dot = stream.dot(sequence);
    DotStore written = ContentCodec.plain(limits.contents()).read(from, kind, dot, at);
    return new Operation(dot, new Leaf(thing, path, kind), at, written, replaced);
  }

  private static CausalContext context(CborReader from) {
    var all = new TreeMap<Octets, List<Interval>>();
    int actors = from.array();
    for (int i = 0; i < actors; i++) {
      from.array(2);
      Octets actor = from.bytes(Dot.ACTOR_SIZE).compact();
      int itemsAt = from.offset();
      int items = from.array();
      if (items % 2 != 0) {
        throw from.fault(itemsAt, items + " items, not two for each interval");
      }
      List<Interval> intervals = new ArrayList<>();
      for (int j = 0; j < items; j += 2) {
        int where = from.offset();
        long first = number(from);
        long last = number(from);
        long least = intervals.isEmpty() ? 1 : intervals.getLast().last() + 1;
        if (first < least || last < first) {
          throw from.fault(where, "no intervals in order: " + first + " to " + last);
        }
        intervals.add(new Interval(first, last));
      }
      all.put(actor, intervals);
    }
    return CausalContext.of(all);
  }

  private static long number(CborReader from) {
    int where = from.offset();
    long number = from.unsigned();
    if (number < 1 || number == Long.MAX_VALUE) {
      throw from.fault(where, Long.toUnsignedString(number) + " is not within 1 and 2^63 - 2");
    }
    return number;
  }
}
