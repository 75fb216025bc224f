package dev.holdfast.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an element of a list stands, said without any other element: a path in the tree of "The art
 * of the Fugue" (Weidner and Kleppmann 2023), so that it holds when its neighbours are deleted and
 * forgotten. There is always room for another one on either side.
 *
 * <p>A writer opens a waypoint, named by a dot, beside the element it writes next to, and from
 * there goes on in either direction: what it writes behind its last element stands at a higher
 * index of that waypoint, what it writes before it at a lower one. The index is the distance of the
 * two dots, so that none is ever given twice and a run of typing has one path. Of one waypoint only
 * its own writer makes use, so an element's dot follows from its position.
 *
 * <pre>
 *   below an element (waypoint, index), in the order of the list:
 *     waypoints on its left | the element | waypoints on its right
 *   along a waypoint:   … -7  -3  0  1  2  9 …    all of an index before the next one
 * </pre>
 *
 * @param path the elements passed on the way and on which side it goes on; empty at the top
 * @param waypoint the dot of the first element written at this waypoint
 * @param index 0 for that element, else how many writes of its writer later, negative before it
 */
record Position(List<Step> path, Dot waypoint, long index) implements Comparable<Position> {
  /** From how many steps on a writer looks for a way further up. */
  static final int DEEP = 32;

  /** Before or behind an element. */
  enum Side {
    /** Before it. */
    LEFT,
    /** Behind it. */
    RIGHT
  }

  /**
   * An element on the way to another one, which may long be deleted.
   *
   * @param waypoint its waypoint
   * @param index its index there
   * @param side on which side of it the way goes on
   */
  record Step(Dot waypoint, long index, Side side) {
    /** Checks the range. */
    Step {
      checkIndex(waypoint, index);
    }
  }

  /** Checks the range. */
  Position {
    checkIndex(waypoint, index);
    path = List.copyOf(path);
  }

  private static void checkIndex(Dot waypoint, long index) {
    if (index == Long.MIN_VALUE || Math.abs(index) > Long.MAX_VALUE - waypoint.sequence()) {
      throw new IllegalArgumentException("no index at " + waypoint + ": " + index);
    }
  }

  /** At the top, beside nothing. */
  static Position first(Dot dot) {
    return new Position(List.of(), dot, 0);
  }

  /**
   * Behind this and, deep in the tree, before {@code limit}; else before all that is behind this
   * and not below it.
   */
  Position after(Dot dot, Optional<Position> limit) {
    if (waypoint.actor().equals(dot.actor()) && index >= 0) {
      return new Position(path, waypoint, distance(dot));
    }
    return backUp(dot, Side.RIGHT)
        .filter(up -> limit.isEmpty() || up.compareTo(limit.get()) < 0)
        .orElseGet(() -> beside(dot, Side.RIGHT));
  }

  /**
   * Before this and, deep in the tree, behind {@code limit}; else behind all that is before this
   * and not below it.
   */
  Position before(Dot dot, Optional<Position> limit) {
    if (waypoint.actor().equals(dot.actor()) && index <= 0) {
      return new Position(path, waypoint, -distance(dot));
    }
    return backUp(dot, Side.LEFT)
        .filter(up -> limit.isEmpty() || up.compareTo(limit.get()) > 0)
        .orElseGet(() -> beside(dot, Side.LEFT));
  }

  /**
   * From deep in the tree, on along the highest waypoint on the way that is the writer's own. Where
   * two write by turns, each behind the other's last element, each turn would go one step deeper
   * for ever. The price: what others write there at the same time may come between two turns, and
   * between the first element of a run written backwards and the rest of it.
   */
  private Optional<Position> backUp(Dot dot, Side side) {
    for (int i = 0; i < path.size() && path.size() >= DEEP; i++) {
      Step step = path.get(i);
      boolean along = side == Side.RIGHT ? step.index() >= 0 : step.index() <= 0;
      if (along && step.side() == side && step.waypoint().actor().equals(dot.actor())) {
        long distance = dot.sequence() - step.waypoint().sequence();
        return Optional.of(
            new Position(
                path.subList(0, i), step.waypoint(), side == Side.RIGHT ? distance : -distance));
      }
    }
    return Optional.empty();
  }

  private long distance(Dot dot) {
    long distance = dot.sequence() - waypoint.sequence();
    if (distance <= Math.abs(index)) {
      throw new IllegalArgumentException(dot + " is no new dot beside " + dot());
    }
    return distance;
  }

  private Position beside(Dot dot, Side side) {
    List<Step> longer = new ArrayList<>(path);
    longer.add(new Step(waypoint, index, side));
    return new Position(longer, dot, 0);
  }

  /** The dot of the element that stands here. */
  Dot dot() {
    return new Dot(waypoint.actor(), waypoint.sequence() + Math.abs(index));
  }

  /** Whether {@code other} stands below this in the tree, be it along the same waypoint. */
  boolean isAbove(Position other) {
    int depth = path.size();
    if (other.path.size() < depth || !other.path.subList(0, depth).equals(path)) {
      return false;
    }
    boolean deeper = other.path.size() > depth;
    if (!other.waypointAt(depth).equals(waypoint)) {
      return false;
    }
    long there = other.indexAt(depth);
    if (there == index) {
      return deeper;
    }
    return index == 0 || (index > 0 ? there > index : there < index);
  }

  private Dot waypointAt(int depth) {
    return depth < path.size() ? path.get(depth).waypoint() : waypoint;
  }

  private long indexAt(int depth) {
    return depth < path.size() ? path.get(depth).index() : index;
  }

  /** -1 where the way goes on to the left, 1 to the right, 0 where it ends. */
  private int turnAt(int depth) {
    if (depth == path.size()) {
      return 0;
    }
    return path.get(depth).side() == Side.LEFT ? -1 : 1;
  }

  /** In the order of the list. */
  @Override
  @SuppressWarnings("ReferenceEquality") // a shortcut: elements of one run share their path
  public int compareTo(Position other) {
    int depths = Math.min(path.size(), other.path.size());
    int depth = path == other.path ? depths : 0;
    for (; depth <= depths; depth++) {
      int order = waypointAt(depth).compareTo(other.waypointAt(depth));
      order = order != 0 ? order : Long.compare(indexAt(depth), other.indexAt(depth));
      order = order != 0 ? order : turnAt(depth) - other.turnAt(depth);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
