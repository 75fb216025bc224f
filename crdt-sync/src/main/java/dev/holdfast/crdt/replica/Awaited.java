package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes that are known to be replaced at a leaf and were not heard of: when they come, they are
 * not taken there. Kept by leaf, so that who says that he replaced what another is yet to write
 * spoils that one leaf, which he could anyway, and no other.
 */
final class Awaited {
  private static final int NUMBER = 8;

  private final Layout layout;
  private final Overlay store;
  private long records;

  /** With so many records. */
  Awaited(Layout layout, Overlay store, long records) {
    this.layout = layout;
    this.store = store;
    this.records = records;
  }

  /** How many intervals are awaited. */
  long records() {
    return records;
  }

  /** Whether that write is not to be taken at a leaf. */
  boolean contains(Octets leaf, Dot dot) {
    return records > 0 && of(leaf, dot.actor()).contains(dot);
  }

  /** What of one writer is not to be taken at a leaf. */
  private CausalContext of(Octets leaf, Octets actor) {
    Octets prefix = layout.key(Layout.AWAITED, leaf, actor);
    return read(prefix, actor);
  }

  private CausalContext read(Octets prefix, Octets actor) {
    List<Interval> intervals = new ArrayList<>();
    store.scan(
        prefix,
        Layout.after(prefix),
        (key, value) -> {
          long first = Layout.number(key, key.size() - NUMBER);
          intervals.add(new Interval(first, Layout.number(value, 0)));
          return true;
        });
    var all = new TreeMap<Octets, List<Interval>>();
    all.put(actor, intervals);
    return CausalContext.of(all);
  }

  /** What is not to be taken at a leaf. */
  CausalContext of(Octets leaf) {
    if (records == 0) {
      return CausalContext.EMPTY;
    }
    Octets prefix = layout.key(Layout.AWAITED, leaf);
    var all = new TreeMap<Octets, List<Interval>>();
    store.scan(
        prefix,
        Layout.after(prefix),
        (key, value) -> {
          Dot first = Layout.dotAtEnd(key);
          all.computeIfAbsent(first.actor(), _ -> new ArrayList<>())
              .add(new Interval(first.sequence(), Layout.number(value, 0)));
          return true;
        });
    return CausalContext.of(all);
  }

  /** These are not to be taken at a leaf either. */
  void add(Octets leaf, CausalContext more) {
    for (Octets actor : more.actors()) {
      CausalContext before = of(leaf, actor);
      CausalContext after = before;
      for (Interval interval : more.intervals(actor)) {
        after = after.add(actor, interval);
      }
      rewrite(leaf, actor, before, after);
    }
  }

  /** What was heard of a writer need not be awaited any more. */
  void heard(Octets actor, CausalContext heard) {
    if (records == 0) {
      return;
    }
    Octets prefix = layout.key(Layout.AWAITING, actor);
    var leaves = new TreeSet<Octets>();
    store.scan(
        prefix,
        layout.key(Layout.AWAITING, actor, Layout.number(heard.highest(actor) + 1)),
        (key, _) -> {
          leaves.add(key.from(prefix.size() + NUMBER).compact());
          return true;
        });
    for (Octets leaf : leaves) {
      CausalContext before = of(leaf, actor);
      rewrite(leaf, actor, before, before.minus(heard));
    }
  }

  private void rewrite(Octets leaf, Octets actor, CausalContext before, CausalContext after) {
    for (Interval interval : before.intervals(actor)) {
      Octets first = Layout.number(interval.first());
      store.remove(layout.key(Layout.AWAITED, leaf, actor, first));
      store.remove(layout.key(Layout.AWAITING, actor, first, leaf));
      records--;
    }
    for (Interval interval : after.intervals(actor)) {
      Octets first = Layout.number(interval.first());
      Octets last = Layout.number(interval.last());
      store.put(layout.key(Layout.AWAITED, leaf, actor, first), last);
      store.put(layout.key(Layout.AWAITING, actor, first, leaf), last);
      records++;
    }
  }

  /** Each leaf of a range at which something is awaited, as it stands in keys. */
  List<Octets> leavesBetween(Octets from, Octets to) {
    var leaves = new TreeSet<Octets>();
    if (records > 0) {
      Octets end =
          to.isEmpty() ? Layout.after(layout.key(Layout.AWAITED)) : layout.key(Layout.AWAITED, to);
      store.scan(
          layout.key(Layout.AWAITED, from),
          end,
          (key, _) -> {
            leaves.add(Layout.leafOf(key));
            return true;
          });
    }
    return List.copyOf(leaves);
  }
}
