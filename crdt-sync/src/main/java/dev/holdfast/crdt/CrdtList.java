package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sequence: what two regions write at the same place stands side by side and is not mixed, be it
 * written forwards or backwards ("The art of the Fugue: minimizing interleaving in collaborative
 * text editing", Weidner and Kleppmann 2023).
 *
 * <p>Unlike there, nothing is kept of a deleted element: each {@link Position} says by itself where
 * it is. It costs a path per run of typing, see docs/0001.
 */
public final class CrdtList extends Entries<CrdtList.Element> {
  /** No element. */
  public static final CrdtList EMPTY = new CrdtList(SortedTree.empty(), SortedTree.empty());

  /**
   * An element.
   *
   * @param position where it stands
   * @param value what it is
   */
  record Element(Position position, Octets value) {}

  private final SortedTree<Position, Octets> order;

  private CrdtList(SortedTree<Dot, Element> entries, SortedTree<Position, Octets> order) {
    super(entries);
    this.order = order;
  }

  /**
   * Inserts an element before the one at {@code index}.
   *
   * @param dot new
   * @param index 0 to {@link #size()}, where it is the last one
   * @param value the element
   */
  public Causal<CrdtList> insert(Dot dot, int index, Octets value) {
    Position position = between(dot, index);
    var written =
        new CrdtList(
            SortedTree.of(dot, new Element(position, value)), SortedTree.of(position, value));
    return Causal.delta(dot, written, CausalContext.EMPTY);
  }

  private Position between(Dot dot, int index) {
    if (index < 0 || index > order.size()) {
      throw new IndexOutOfBoundsException("index " + index + " of " + order.size());
    }
    if (order.isEmpty()) {
      return Position.first(dot);
    }
    if (index == 0) {
      return order.at(0).getKey().before(dot, Optional.empty());
    }
    Position left = order.at(index - 1).getKey();
    if (index == order.size()) {
      return left.after(dot, Optional.empty());
    }
    Position right = order.at(index).getKey();
    return left.isAbove(right)
        ? right.before(dot, Optional.of(left))
        : left.after(dot, Optional.of(right));
  }

  /**
   * Deletes the element at {@code index}.
   *
   * @param dot new
   * @param index 0 to {@link #size()} - 1
   */
  public Causal<CrdtList> delete(Dot dot, int index) {
    Dot element = order.at(index).getKey().dot();
    return Causal.delta(dot, EMPTY, CausalContext.EMPTY.add(element));
  }

  /** Deletes all elements as far as seen. */
  public Causal<CrdtList> clear(Dot dot) {
    return Causal.delta(dot, EMPTY, dots());
  }

  /**
   * Elements written again under other dots, each where it stands.
   *
   * @param moved their dots, and those instead, which are new and of one stream, in the same order
   * @return by the dots of before, as far as they are here, what is written instead
   */
  public SortedMap<Dot, CrdtList> again(SortedMap<Dot, Dot> moved) {
    Map<Dot, Integer> places = new HashMap<>();
    BitSet present = new BitSet();
    for (Position position : order.keys()) {
      present.set(places.size(), !moved.containsKey(position.dot()));
      places.put(position.dot(), places.size());
    }
    CrdtList rest = changed(List.copyOf(moved.keySet()), SortedTree.empty());
    var written = new TreeMap<Dot, CrdtList>();
    for (Map.Entry<Dot, Dot> each : moved.entrySet()) {
      Element element = entries.get(each.getKey());
      Integer place = places.get(each.getKey());
      if (element != null && place != null) {
        int index = present.get(0, place).cardinality();
        CrdtList one = rest.insert(each.getValue(), index, element.value()).store();
        rest = rest.changed(List.of(), one.entries);
        present.set(place);
        written.put(each.getKey(), one);
      }
    }
    return written;
  }

  /** How many elements. */
  public int size() {
    return order.size();
  }

  /** The element at {@code index}, 0 to {@link #size()} - 1. */
  public Octets get(int index) {
    return order.at(index).getValue();
  }

  /** All elements in order. */
  public List<Octets> values() {
    return List.copyOf(order.values());
  }

  /** Where the elements stand, in order. */
  List<Position> positions() {
    return List.copyOf(order.keys());
  }

  @Override
  public Kind kind() {
    return Kind.LIST;
  }

  @Override
  CrdtList changed(List<Dot> gone, SortedTree<Dot, Element> come) {
    SortedTree<Position, Octets> places = order;
    for (Dot dot : gone) {
      Element element = entries.get(dot);
      places = element == null ? places : places.remove(element.position());
    }
    for (Element element : come.values()) {
      places = places.put(element.position(), element.value());
    }
    return new CrdtList(with(gone, come), places);
  }
}
