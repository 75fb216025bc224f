package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.ContentCodec;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Writes the operations of a block in the form they travel in: column by column, since those of one
 * block differ in little.
 *
 * <pre>
 *   [texts, actors, numbers, [content of each]]
 *   texts     the things; the paths, each with its kind as last byte ({@link Texts})
 *   actors    names of other streams, one after the other ({@link ActorTable})
 *   numbers   which numbers: how many are left out, then how many are there, and so on
 *             of each: its thing; its path; its clock; what it replaces
 *   clock     of the first: milliseconds before the header's clock, counter
 *             then: 2 * milliseconds after the one before, if the counter is 0
 *                   2 * milliseconds + 1, counter - 1; or 1, by how much more the counter is - 1
 *   replaced  0: nothing
 *             1: how many actors; of each: its number, how many intervals; of each interval: how
 *                far from the end of the one before, how long - 1
 *             n: only the own dot n - 1 before
 * </pre>
 */
final class Columns {
  /** What of the replaced is written in full. */
  static final int IN_FULL = 1;

  private final Header header;
  private final List<Operation> operations;
  private final Numbers numbers = new Numbers();

  private Columns(Header header, List<Operation> operations) {
    this.header = header;
    this.operations = operations;
  }

  /** Writes one item. */
  static void write(CborWriter to, Header header, List<Operation> operations) {
    new Columns(header, operations).write(to);
  }

  private void write(CborWriter to) {
    var things = new TreeSet<Octets>();
    var paths = new TreeSet<Octets>();
    operations.forEach(
        operation -> {
          things.add(thing(operation.leaf()));
          paths.add(path(operation.leaf()));
        });
    var texts = new Numbers();
    Texts.write(texts, things);
    Texts.write(texts, paths);

    ActorTable actors = new ActorTable(header.stream(), actors());
    runs();
    indices(List.copyOf(things), Columns::thing);
    indices(List.copyOf(paths), Columns::path);
    clocks();
    operations.forEach(operation -> replaced(operation, actors));

    to.array(4).bytes(texts.octets()).bytes(actors.others()).bytes(numbers.octets());
    to.array(operations.size());
    // What is written keeps the limits, or it was not let into the state.
    ContentCodec contents =
        ContentCodec.compact(actors::write, actors::read, BlockLimits.DEFAULT.contents());
    operations.forEach(operation -> contents.write(to, operation.written()));
    to.end().end();
  }

  static Octets thing(Leaf leaf) {
    return Octets.wrap(leaf.thing().getBytes(StandardCharsets.UTF_8));
  }

  static Octets path(Leaf leaf) {
    byte[] kind = {(byte) Leaf.code(leaf.kind())};
    byte[] path = leaf.path().getBytes(StandardCharsets.UTF_8);
    return Octets.concat(List.of(Octets.wrap(path), Octets.wrap(kind)));
  }

  private SortedSet<Octets> actors() {
    var actors = new TreeSet<Octets>();
    for (Operation operation : operations) {
      actors.addAll(operation.replaced().actors());
      actors.addAll(ContentCodec.actors(operation.written()));
    }
    return actors;
  }

  private void runs() {
    long expected = header.covers().first();
    for (int i = 0; i < operations.size(); ) {
      long begin = operations.get(i).sequence();
      int next = i;
      while (next < operations.size() && operations.get(next).sequence() == begin + next - i) {
        next++;
      }
      numbers.put(begin - expected);
      numbers.put(next - i);
      expected = begin + next - i;
      i = next;
    }
  }

  private void indices(List<Octets> texts, Function<Leaf, Octets> text) {
    for (Operation operation : operations) {
      numbers.put(Collections.binarySearch(texts, text.apply(operation.leaf())));
    }
  }

  private void clocks() {
    for (int i = 0; i < operations.size(); i++) {
      Hlc at = operations.get(i).at();
      if (i == 0) {
        numbers.put(header.clock().millis() - at.millis());
        numbers.put(at.counter());
        continue;
      }
      Hlc before = operations.get(i - 1).at();
      long step = at.millis() - before.millis();
      boolean counted = step == 0 || at.counter() > 0;
      numbers.put(2 * step + (counted ? 1 : 0));
      if (counted) {
        numbers.put(at.counter() - (step == 0 ? before.counter() : 0) - 1);
      }
    }
  }

  private void replaced(Operation operation, ActorTable actors) {
    CausalContext replaced = operation.replaced();
    Octets own = header.stream().name();
    if (replaced.isEmpty()) {
      numbers.put(0);
      return;
    }
    if (isOneOwn(replaced, own)) {
      numbers.put(operation.sequence() - replaced.highest(own) + IN_FULL);
      return;
    }
    numbers.put(IN_FULL);
    numbers.put(replaced.actors().size());
    for (Octets actor : replaced.actors()) {
      List<Interval> intervals = replaced.intervals(actor);
      numbers.put(actors.number(actor));
      numbers.put(intervals.size());
      long end = 0;
      for (Interval interval : intervals) {
        numbers.put(interval.first() - end - 1);
        numbers.put(interval.last() - interval.first());
        end = interval.last();
      }
    }
  }

  static boolean isOneOwn(CausalContext replaced, Octets own) {
    List<Interval> intervals = replaced.intervals(own);
    return replaced.actors().size() == 1
        && intervals.size() == 1
        && intervals.getFirst().first() == intervals.getFirst().last();
  }
}
