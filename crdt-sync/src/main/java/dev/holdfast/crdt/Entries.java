package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value for each dot: what all types but the map are made of. */
abstract sealed class Entries<V> extends DotStore
    permits Versions, OrSet, PnCounter, BoundedCounter, CrdtList {
  final SortedTree<Dot, V> entries;

  Entries(SortedTree<Dot, V> entries) {
    this.entries = entries;
  }

  /** This without what is {@code gone}, with what has {@code come}. */
  abstract Entries<V> changed(List<Dot> gone, SortedTree<Dot, V> come);

  @Override
  public final boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public final CausalContext dots() {
    return CausalContext.of(entries.keys());
  }

  /** This with all of another one of the same kind. */
  @SuppressWarnings("unchecked") // each kind is one class
  final DotStore plus(DotStore other) {
    if (other.kind() != kind()) {
      throw new IllegalArgumentException("a " + other.kind() + " among " + kind());
    }
    return changed(List.of(), ((Entries<V>) other).entries);
  }

  @Override
  boolean removable() {
    return true;
  }

  /**
   * What the other knows and does not hold goes; what it holds and this does not know comes. The
   * work grows with the other side, so that a small delta is cheap for a large state.
   */
  @Override
  @SuppressWarnings("unchecked") // Causal and OrMap join equal kinds only
  final DotStore join(Knowledge mine, DotStore other, Knowledge theirs) {
    SortedTree<Dot, V> others = ((Entries<V>) other).entries;
    List<Dot> gone = new ArrayList<>();
    collectGone(theirs.heard(), others, gone);
    collectGone(theirs.replaced(), others, gone);
    List<Dot> coming = new ArrayList<>();
    others.forEach(
        (dot, _) -> {
          if (!mine.contains(dot)) {
            coming.add(dot);
          }
        });
    if (gone.isEmpty() && coming.isEmpty()) {
      return this;
    }
    SortedTree<Dot, V> come = SortedTree.empty();
    for (Dot dot : coming) {
      V value = others.get(dot);
      if (value != null) {
        come = come.put(dot, value);
      }
    }
    return changed(gone, come);
  }

  private void collectGone(CausalContext known, SortedTree<Dot, V> others, List<Dot> gone) {
    if (entries.isEmpty()) {
      return;
    }
    for (Octets actor : known.actors()) {
      for (Interval interval : known.intervals(actor)) {
        entries.range(
            new Dot(actor, interval.first()),
            new Dot(actor, interval.last()),
            (dot, _) -> {
              if (!others.containsKey(dot)) {
                gone.add(dot);
              }
            });
      }
    }
  }

  final SortedTree<Dot, V> with(List<Dot> gone, SortedTree<Dot, V> come) {
    SortedTree<Dot, V> result = entries;
    for (Dot dot : gone) {
      result = result.remove(dot);
    }
    for (int i = 0; i < come.size(); i++) {
      result = result.put(come.at(i).getKey(), come.at(i).getValue());
    }
    return result;
  }

  /**
   * Of each writer the latest, for types where each write of a writer replaces its earlier ones: an
   * earlier one that is here too only waits for the deltas between to arrive, and must not count.
   */
  final List<Map.Entry<Dot, V>> latest() {
    List<Map.Entry<Dot, V>> latest = new ArrayList<>();
    entries.forEach(
        (dot, value) -> {
          if (!latest.isEmpty() && latest.getLast().getKey().actor().equals(dot.actor())) {
            latest.removeLast();
          }
          latest.add(Map.entry(dot, value));
        });
    return latest;
  }

  /** What {@code actor} has here, in the order of its writes. */
  final SortedTree<Dot, V> of(Octets actor) {
    List<Dot> dots = new ArrayList<>();
    List<V> values = new ArrayList<>();
    entries.range(
        new Dot(actor, 1),
        new Dot(actor, Long.MAX_VALUE),
        (dot, value) -> {
          dots.add(dot);
          values.add(value);
        });
    SortedTree<Dot, V> own = SortedTree.empty();
    for (int i = 0; i < dots.size(); i++) {
      own = own.put(dots.get(i), values.get(i));
    }
    return own;
  }

  @Override
  public final boolean equals(Object other) {
    return this == other
        || (other instanceof Entries<?> that
            && kind() == that.kind()
            && entries.equals(that.entries));
  }

  @Override
  public final int hashCode() {
    return entries.hashCode();
  }

  @Override
  public final String toString() {
    return kind() + entries.toString();
  }
}
