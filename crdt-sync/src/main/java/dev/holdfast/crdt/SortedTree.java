package dev.holdfast.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map that shares what did not change with the one it was made of: a change
 * costs a path, not a copy. Also knows what stands at an index.
 *
 * <p>A weight-balanced tree (Adams 1993, with the parameters that Hirai and Yamamoto 2011 proved).
 * Its shape depends on how it came about, its contents, order and equality do not. Any thread.
 */
final class SortedTree<K extends Comparable<K>, V> {
  /** How many times as heavy one side may be as the other. */
  private static final int DELTA = 3;

  /** From which ratio of the inner to the outer grandchild on one rotation is not enough. */
  private static final int GAMMA = 2;

  private record Node<K, V>(
      K key, V value, int size, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {}

  private final @Nullable Node<K, V> root;

  private SortedTree(@Nullable Node<K, V> root) {
    this.root = root;
  }

  static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
    return new SortedTree<>(null);
  }

  static <K extends Comparable<K>, V> SortedTree<K, V> of(K key, V value) {
    return new SortedTree<>(new Node<>(key, value, 1, null, null));
  }

  int size() {
    return size(root);
  }

  boolean isEmpty() {
    return root == null;
  }

  /** The value of {@code key}; null if it has none. */
  @Nullable V get(K key) {
    Node<K, V> at = root;
    while (at != null) {
      int order = key.compareTo(at.key);
      if (order == 0) {
        return at.value;
      }
      at = order < 0 ? at.left : at.right;
    }
    return null;
  }

  boolean containsKey(K key) {
    return get(key) != null;
  }

  /** This with {@code value} for {@code key}, in place of any it had. */
  SortedTree<K, V> put(K key, V value) {
    return new SortedTree<>(put(root, key, value));
  }

  /** This without {@code key}. */
  SortedTree<K, V> remove(K key) {
    return containsKey(key) ? new SortedTree<>(remove(root, key)) : this;
  }

  /** The entry that has {@code index} entries before it, 0 to {@link #size()} - 1. */
  Map.Entry<K, V> at(int index) {
    Node<K, V> at = root;
    int left = index;
    while (at != null) {
      int before = size(at.left);
      if (left == before) {
        return Map.entry(at.key, at.value);
      }
      if (left < before) {
        at = at.left;
      } else {
        left -= before + 1;
        at = at.right;
      }
    }
    throw new IndexOutOfBoundsException("index " + index + " of " + size());
  }

  /** All entries in the order of their keys. */
  void forEach(BiConsumer<? super K, ? super V> action) {
    forEach(root, action);
  }

  /** The entries from {@code first} to {@code last}, both included, in order. */
  void range(K first, K last, BiConsumer<? super K, ? super V> action) {
    range(root, first, last, action);
  }

  List<K> keys() {
    List<K> keys = new ArrayList<>(size());
    forEach((key, _) -> keys.add(key));
    return keys;
  }

  List<V> values() {
    List<V> values = new ArrayList<>(size());
    forEach((_, value) -> values.add(value));
    return values;
  }

  private static int size(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  private static <K, V> Node<K, V> node(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    return new Node<>(key, value, size(left) + size(right) + 1, left, right);
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> at, K key, V value) {
    if (at == null) {
      return new Node<>(key, value, 1, null, null);
    }
    int order = key.compareTo(at.key);
    if (order == 0) {
      return new Node<>(key, value, at.size, at.left, at.right);
    }
    return order < 0
        ? balanced(at.key, at.value, put(at.left, key, value), at.right)
        : balanced(at.key, at.value, at.left, put(at.right, key, value));
  }

  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> at, K key) {
    if (at == null) {
      return null;
    }
    int order = key.compareTo(at.key);
    if (order < 0) {
      return balanced(at.key, at.value, remove(at.left, key), at.right);
    }
    if (order > 0) {
      return balanced(at.key, at.value, at.left, remove(at.right, key));
    }
    if (at.left == null) {
      return at.right;
    }
    if (at.right == null) {
      return at.left;
    }
    Node<K, V> next = first(at.right);
    return balanced(next.key, next.value, at.left, remove(at.right, next.key));
  }

  private static <K, V> Node<K, V> first(Node<K, V> node) {
    Node<K, V> at = node;
    while (at.left != null) {
      at = at.left;
    }
    return at;
  }

  private static <K, V> Node<K, V> balanced(
      K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int leftWeight = size(left) + 1;
    int rightWeight = size(right) + 1;
    if (right != null && rightWeight > DELTA * leftWeight) {
      Node<K, V> inner = right.left;
      if (inner == null || inner.size + 1 < GAMMA * (size(right.right) + 1)) {
        return node(right.key, right.value, node(key, value, left, inner), right.right);
      }
      return node(
          inner.key,
          inner.value,
          node(key, value, left, inner.left),
          node(right.key, right.value, inner.right, right.right));
    }
    if (left != null && leftWeight > DELTA * rightWeight) {
      Node<K, V> inner = left.right;
      if (inner == null || inner.size + 1 < GAMMA * (size(left.left) + 1)) {
        return node(left.key, left.value, left.left, node(key, value, inner, right));
      }
      return node(
          inner.key,
          inner.value,
          node(left.key, left.value, left.left, inner.left),
          node(key, value, inner.right, right));
    }
    return node(key, value, left, right);
  }

  private static <K, V> void forEach(
      @Nullable Node<K, V> at, BiConsumer<? super K, ? super V> action) {
    if (at != null) {
      forEach(at.left, action);
      action.accept(at.key, at.value);
      forEach(at.right, action);
    }
  }

  private static <K extends Comparable<K>, V> void range(
      @Nullable Node<K, V> at, K first, K last, BiConsumer<? super K, ? super V> action) {
    if (at == null) {
      return;
    }
    boolean fromFirst = at.key.compareTo(first) >= 0;
    boolean toLast = at.key.compareTo(last) <= 0;
    if (fromFirst) {
      range(at.left, first, last, action);
    }
    if (fromFirst && toLast) {
      action.accept(at.key, at.value);
    }
    if (toLast) {
      range(at.right, first, last, action);
    }
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SortedTree<?, ?> that
            && size() == that.size()
            && keys().equals(that.keys())
            && values().equals(that.values()));
  }

  @Override
  public int hashCode() {
    return 31 * keys().hashCode() + values().hashCode();
  }

  @Override
  public String toString() {
    var text = new StringBuilder("{");
    forEach(
        (key, value) ->
            text.append(text.length() == 1 ? "" : ", ").append(key).append('=').append(value));
    return text.append('}').toString();
  }
}
