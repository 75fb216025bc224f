package dev.holdfast.contacts.route;

import java.util.Arrays;

/** Nodes and when each is due, earliest first: a binary heap in which a time can be lowered. */
final class LabelHeap {
  private static final int ABSENT = -1;

  private final int[] heap;
  private final int[] place;
  private final long[] due;
  private int size;

  /** An empty heap for nodes 0..{@code nodes}-1. */
  LabelHeap(int nodes) {
    this.due = new long[nodes];
    this.heap = new int[nodes];
    this.place = new int[nodes];
    Arrays.fill(place, ABSENT);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The earliest time at which a node is due. */
  long least() {
    return due[heap[0]];
  }

  /** Takes the node that is due first. */
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

  /** Adds the node, or moves it up: it is due at {@code time}, not later than it was. */
  void lower(int node, long time) {
    due[node] = time;
    int hole = place[node] == ABSENT ? size++ : place[node];
    while (hole > 0) {
      int parent = (hole - 1) >>> 1;
      if (due[heap[parent]] <= due[node]) {
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
      if (child + 1 < size && due[heap[child + 1]] < due[heap[child]]) {
        child++;
      }
      if (due[heap[child]] >= due[node]) {
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
