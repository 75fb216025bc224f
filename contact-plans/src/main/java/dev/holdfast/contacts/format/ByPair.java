package dev.holdfast.contacts.format;

import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What a file declares for directed pairs, by the start of its window, so that later commands find
 * it again.
 */
final class ByPair<T> {
  private record Pair(NodeNumber from, NodeNumber to) {}

  private final Map<Pair, TreeMap<Long, List<T>>> declared = new LinkedHashMap<>();
  private int size;

  void add(NodeNumber from, NodeNumber to, long start, T value) {
    declared
        .computeIfAbsent(new Pair(from, to), _ -> new TreeMap<>())
        .computeIfAbsent(start, _ -> new ArrayList<>(1))
        .add(value);
    size++;
  }

  int size() {
    return size;
  }

  /** Changes what starts at {@code start}; false if nothing does. */
  boolean change(NodeNumber from, NodeNumber to, long start, UnaryOperator<T> change) {
    TreeMap<Long, List<T>> ofPair = declared.get(new Pair(from, to));
    List<T> found = ofPair == null ? null : ofPair.get(start);
    if (found == null) {
      return false;
    }
    found.replaceAll(change);
    return true;
  }

  /** Removes what starts at {@code start}; false if nothing does. */
  boolean remove(NodeNumber from, NodeNumber to, long start) {
    TreeMap<Long, List<T>> ofPair = declared.get(new Pair(from, to));
    List<T> found = ofPair == null ? null : ofPair.remove(start);
    size -= found == null ? 0 : found.size();
    return found != null;
  }

  /** Removes everything of a pair; false if there is nothing. */
  boolean removeAll(NodeNumber from, NodeNumber to) {
    TreeMap<Long, List<T>> ofPair = declared.remove(new Pair(from, to));
    if (ofPair == null || ofPair.isEmpty()) {
      return false;
    }
    ofPair.values().forEach(found -> size -= found.size());
    return true;
  }

  List<T> values() {
    List<T> all = new ArrayList<>(size);
    declared.values().forEach(ofPair -> ofPair.values().forEach(all::addAll));
    return all;
  }
}
