package dev.holdfast.contacts.route;

import java.util.Arrays;

/** The nodes whose labels are open, least label first: a binary heap that can lower a label. */
final class LabelHeap {
  private static final int ABSENT = -1;

  private final int[] heap;
  private final int[] place;
  private final long[] labels;
  private int size;

  /**
   * An empty heap.
   *
   * @param labels the label of each node, which the caller lowers before it calls {@link #lowered}
   */
  LabelHeap(long[] labels) {
    this.labels = labels;
    this.heap = new int[labels.length];
    this.place = new int[labels.length];
    Arrays.fill(place, ABSENT);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The node with the least label, which stays. */
  int peek() {
    return heap[0];
  }

  /** Takes the node with the least label. */
  int poll() {
    int least = heap[0];
    place[least] = ABSENT;
    int moved = heap[--size];
    if (size > 0) {
      sink(moved);
    }
    return least;
  }

  void clear() {
    while (size > 0) {
      place[heap[--size]] = ABSENT;
    }
  }

  /** Adds the node, or moves it up after its label became less. */
  void lowered(int node) {
    int hole = place[node] == ABSENT ? size++ : place[node];
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (labels[heap[parent]] <= labels[node]) {
        break;
      }
      put(hole, heap[parent]);
      hole = parent;
    }
    put(hole, node);
  }

  private void sink(int node) {
    int hole = 0;
    for (int child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && labels[heap[child + 1]] < labels[heap[child]]) {
        child++;
      }
      if (labels[heap[child]] >= labels[node]) {
        break;
      }
      put(hole, heap[child]);
      hole = child;
    }
    put(hole, node);
  }

  private void put(int hole, int node) {
    heap[hole] = node;
    place[node] = hole;
  }
}
