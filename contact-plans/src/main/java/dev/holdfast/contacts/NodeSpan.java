package dev.holdfast.contacts;

/**
 * Consecutive node numbers, both ends included.
 *
 * @param first the lowest
 * @param last the highest, not below the first
 */
public record NodeSpan(NodeNumber first, NodeNumber last) implements Comparable<NodeSpan> {
  /** The ends are in order. */
  public NodeSpan {
    if (last.compareTo(first) < 0) {
      throw new IllegalArgumentException(last + " comes before " + first);
    }
  }

  /** One node. */
  public static NodeSpan of(NodeNumber node) {
    return new NodeSpan(node, node);
  }

  /** Whether the node is one of them. */
  public boolean contains(NodeNumber node) {
    return first.compareTo(node) <= 0 && node.compareTo(last) <= 0;
  }

  /** Whether nothing lies between this span and a later one, or both share nodes. */
  boolean reaches(NodeSpan later) {
    return later.first.compareTo(last) <= 0 || later.first.value() == last.value() + 1;
  }

  @Override
  public int compareTo(NodeSpan other) {
    int order = first.compareTo(other.first);
    return order != 0 ? order : last.compareTo(other.last);
  }

  /** {@code 31} or {@code 100..199}. */
  @Override
  public String toString() {
    return first.equals(last) ? first.toString() : first + ".." + last;
  }
}
