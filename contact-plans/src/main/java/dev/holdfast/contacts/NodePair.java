package dev.holdfast.contacts;

/**
 * A sender and a receiver.
 *
 * @param from the sender
 * @param to the receiver
 */
record NodePair(NodeNumber from, NodeNumber to) implements Comparable<NodePair> {
  @Override
  public int compareTo(NodePair other) {
    int order = from.compareTo(other.from);
    return order != 0 ? order : to.compareTo(other.to);
  }
}
