package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rows of counters and stocks that this writer has told others of, and that what is pending
 * replaced: they are put back if that is given up. One that somebody else takes away meanwhile is
 * gone.
 */
final class Bases {
  private final Layout layout;
  private final Overlay store;
  private boolean any;

  /** As the store has them. */
  Bases(Layout layout, Overlay store) {
    this.layout = layout;
    this.store = store;
    this.any = !all().isEmpty();
  }

  /** Keeps a row. */
  void put(Octets leaf, Dot dot, Octets value) {
    store.put(key(leaf, dot), value);
    any = true;
  }

  private Octets key(Octets leaf, Dot dot) {
    return layout.key(Layout.BASE, leaf, dot.actor(), Layout.number(dot.sequence()));
  }

  /** A leaf begins from nothing. */
  void remove(Octets leaf) {
    dots(leaf).forEach(dot -> store.remove(key(leaf, dot)));
  }

  /** What others have taken away at a leaf. */
  void remove(Octets leaf, CausalContext replaced) {
    if (any) {
      dots(leaf).stream().filter(replaced::contains).forEach(dot -> store.remove(key(leaf, dot)));
    }
  }

  private List<Dot> dots(Octets leaf) {
    List<Dot> dots = new ArrayList<>();
    if (any) {
      Octets prefix = layout.key(Layout.BASE, leaf);
      store.scan(
          prefix,
          Layout.after(prefix),
          (key, _) -> {
            dots.add(Layout.dotAtEnd(key));
            return true;
          });
    }
    return dots;
  }

  /** Whether a row is kept. */
  boolean contains(Dot dot) {
    return any && all().values().stream().anyMatch(rows -> rows.containsKey(dot));
  }

  /** All rows, by leaf as it stands in keys. */
  SortedMap<Octets, SortedMap<Dot, Octets>> all() {
    var all = new TreeMap<Octets, SortedMap<Dot, Octets>>();
    Octets prefix = layout.key(Layout.BASE);
    store.scan(
        prefix,
        Layout.after(prefix),
        (key, value) -> {
          all.computeIfAbsent(Layout.leafOf(key), _ -> new TreeMap<>())
              .put(Layout.dotAtEnd(key), value);
          return true;
        });
    return all;
  }

  /** What is pending is told, or given up. */
  void clear() {
    if (any) {
      all().forEach((leaf, rows) -> rows.keySet().forEach(dot -> store.remove(key(leaf, dot))));
      any = false;
    }
  }
}
