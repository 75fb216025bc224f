package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.ContentCodec;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.Kind;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads what {@link Columns} writes, and nothing else: for the same operations there is one form.
 */
final class ColumnReader {
  private record Path(String path, Kind kind) {}

  private final Header header;
  private final int count;
  private final BlockLimits limits;

  private ColumnReader(Header header, int count, BlockLimits limits) {
    this.header = header;
    this.count = count;
    this.limits = limits;
  }

  /**
   * Reads one item.
   *
   * @param count how many operations there must be
   */
  static List<Operation> read(CborReader from, Header header, int count, BlockLimits limits) {
    from.in("crdt-sync/docs/0002, operations");
    return new ColumnReader(header, count, limits).read(from);
  }

  private List<Operation> read(CborReader from) {
    from.array(4);
    CborReader texts = from.embedded();
    List<String> things = things(texts);
    List<Path> paths = paths(texts);
    texts.expectEnd();
    int actorsAt = from.offset();
    ActorTable actors = ActorTable.read(from, header.stream());

    CborReader numbers = from.embedded();
    long[] sequences = runs(numbers);
    List<String> thing = indices(numbers, things);
    List<Path> path = indices(numbers, paths);
    List<Hlc> clocks = clocks(numbers);
    List<CausalContext> replaced = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      replaced.add(replaced(numbers, sequences[i], actors));
    }
    numbers.expectEnd();

    from.array(count);
    ContentCodec contents = ContentCodec.compact(actors::write, actors::read, limits.contents());
    List<Operation> operations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Dot dot = header.stream().dot(sequences[i]);
      Leaf leaf = new Leaf(thing.get(i), path.get(i).path(), path.get(i).kind());
      DotStore written = contents.read(from, leaf.kind(), dot, clocks.get(i));
      operations.add(new Operation(dot, leaf, clocks.get(i), written, replaced.get(i)));
    }
    if (!actors.allUsed()) {
      throw from.fault(actorsAt, "a writer is named of whom nothing is said");
    }
    return operations;
  }

  private List<String> things(CborReader from) {
    int where = from.offset();
    List<String> things = new ArrayList<>();
    for (Octets text : Texts.read(from, count, limits.thingBytes())) {
      if (text.isEmpty()) {
        throw from.fault(where, "a thing without a name");
      }
      things.add(text(from, where, text));
    }
    return things;
  }

  private List<Path> paths(CborReader from) {
    int where = from.offset();
    List<Path> paths = new ArrayList<>();
    for (Octets text : Texts.read(from, count, limits.pathBytes() + 1)) {
      int code = text.isEmpty() ? Leaf.KINDS.size() : text.unsigned(text.size() - 1);
      if (code >= Leaf.KINDS.size()) {
        throw from.fault(where, "a path without a kind");
      }
      paths.add(new Path(text(from, where, text.slice(0, text.size() - 1)), Leaf.KINDS.get(code)));
    }
    return paths;
  }

  private static String text(CborReader from, int where, Octets utf8) {
    try {
      ByteBuffer bytes = utf8.asByteBuffer();
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException _) {
      throw from.fault(where, "a text is no valid UTF-8");
    }
  }

  private long[] runs(CborReader from) {
    long[] sequences = new long[count];
    long last = header.covers().last();
    long expected = header.covers().first();
    for (int i = 0; i < count; ) {
      int where = from.offset();
      long begin = expected + Numbers.read(from, last - expected, "a gap");
      int many = Numbers.read(from, count - i, "a run");
      if (many == 0 || (i > 0 && begin == expected) || many - 1 > last - begin) {
        throw from.fault(where, "a run of " + many + " from " + begin + " on, to " + last);
      }
      for (int j = 0; j < many; j++) {
        sequences[i++] = begin + j;
      }
      expected = begin + many;
      if (i < count && expected > last) {
        throw from.fault(where, "no number is left for the next operation");
      }
    }
    return sequences;
  }

  private <T> List<T> indices(CborReader from, List<T> of) {
    int where = from.offset();
    BitSet used = new BitSet();
    List<T> each = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int index = Numbers.read(from, of.size() - 1, "the number of a text");
      used.set(index);
      each.add(of.get(index));
    }
    if (used.cardinality() < of.size()) {
      throw from.fault(where, "a text of which nothing is said");
    }
    return each;
  }

  private List<Hlc> clocks(CborReader from) {
    List<Hlc> clocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int where = from.offset();
      if (i == 0) {
        long back = Numbers.read(from, header.clock().millis(), "milliseconds before");
        int counter = Numbers.read(from, Hlc.COUNTER_MAX, "a counter");
        clocks.add(new Hlc(header.clock().millis() - back, counter));
      } else {
        clocks.add(after(from, where, clocks.getLast()));
      }
      if (clocks.getLast().compareTo(header.clock()) > 0) {
        throw from.fault(where, "an operation is later than the header's clock");
      }
    }
    return clocks;
  }

  private Hlc after(CborReader from, int where, Hlc before) {
    long coded = Numbers.read(from);
    long step = coded >>> 1;
    if (step > header.clock().millis() - before.millis()) {
      throw from.fault(where, "an operation is later than the header's clock");
    }
    if (coded == 0) {
      throw from.fault(where, "an operation is not later than the one before");
    }
    int base = step == 0 ? before.counter() : 0;
    int counter =
        (coded & 1) == 0
            ? 0
            : base + 1 + Numbers.read(from, Hlc.COUNTER_MAX - base - 1, "a counter's step");
    return new Hlc(before.millis() + step, counter);
  }

  private CausalContext replaced(CborReader from, long sequence, ActorTable actors) {
    int where = from.offset();
    long coded = Numbers.read(from);
    if (coded == 0) {
      return CausalContext.EMPTY;
    }
    Octets own = header.stream().name();
    if (coded > Columns.IN_FULL) {
      long replaced = sequence - (coded - Columns.IN_FULL);
      checkOwn(from, where, replaced);
      return CausalContext.EMPTY.add(new Dot(own, Math.max(replaced, 1)));
    }
    SortedMap<Octets, List<Interval>> all = new TreeMap<>();
    int many = Numbers.read(from, actors.highest() + 1, "the count of writers");
    int left = limits.replaced();
    for (int i = 0; i < many; i++) {
      int actorAt = from.offset();
      Octets actor = actors.actor(Numbers.read(from, actors.highest(), "the number of a writer"));
      if (!all.isEmpty() && all.lastKey().compareTo(actor) >= 0) {
        throw from.fault(actorAt, "writers come in the order of their names, each once");
      }
      List<Interval> intervals = intervals(from, left);
      left -= intervals.size();
      if (actor.equals(own)) {
        checkOwn(from, actorAt, intervals.getLast().last());
      }
      all.put(actor, intervals);
    }
    CausalContext replaced = CausalContext.of(all);
    if (replaced.isEmpty() || Columns.isOneOwn(replaced, own)) {
      throw from.fault(where, "what is replaced has a shorter form");
    }
    return replaced;
  }

  /** Of its own stream it replaces what came before this block; what came since is left out. */
  private void checkOwn(CborReader from, int where, long replaced) {
    if (replaced < 1 || replaced >= header.covers().first()) {
      throw from.fault(where, replaced + " is replaced, which is not before this block");
    }
  }

  private static List<Interval> intervals(CborReader from, int most) {
    int where = from.offset();
    int many = Numbers.read(from, most, "the count of intervals");
    List<Interval> intervals = new ArrayList<>(Math.min(many, from.remaining()));
    long end = 0;
    for (int i = 0; i < many; i++) {
      where = from.offset();
      long first = end + 1 + Numbers.read(from, Long.MAX_VALUE - end - 1, "a gap");
      if (i > 0 && first == end + 1) {
        throw from.fault(where, "two intervals touch");
      }
      end = first + Numbers.read(from, Long.MAX_VALUE - 1 - first, "the length of an interval");
      intervals.add(new Interval(first, end));
    }
    if (intervals.isEmpty()) {
      throw from.fault(where, "a writer without intervals");
    }
    return intervals;
  }
}
