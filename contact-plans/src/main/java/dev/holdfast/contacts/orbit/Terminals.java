package dev.holdfast.contacts.orbit;

import dev.holdfast.contacts.orbit.Session.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Gives each node no more links at once than it has terminals: first come, first served, and of
 * those that begin in the same second the longer. Who comes while all are taken gets what is left
 * after the first becomes free.
 *
 * <p>Sending and hearing are counted apart, since between planets they are minutes apart.
 */
final class Terminals {
  private final List<PlannedNode> nodes;
  private final int shortest;
  private final List<List<Span>> sending = new ArrayList<>();
  private final List<List<Span>> hearing = new ArrayList<>();

  /**
   * None taken yet.
   *
   * @param shortest seconds below which what is left is not used
   */
  Terminals(List<PlannedNode> nodes, int shortest) {
    this.nodes = nodes;
    this.shortest = shortest;
    for (PlannedNode _ : nodes) {
      sending.add(new ArrayList<>());
      hearing.add(new ArrayList<>());
    }
  }

  /** The sessions that can be held, some of them shortened. */
  List<Session> grant(List<Session> wanted) {
    PriorityQueue<Session> waiting = new PriorityQueue<>(Session.FIRST_COME);
    waiting.addAll(wanted);
    List<Session> granted = new ArrayList<>();
    for (Session next = waiting.poll(); next != null; next = waiting.poll()) {
      int from = next.span().start();
      int free = freeFrom(next);
      if (free <= from) {
        take(next);
        granted.add(next);
      } else if (next.span().end() - free >= Math.max(1, shortest)) {
        waiting.add(next.from(free));
      }
    }
    return granted;
  }

  /** The earliest start at which both ends may have a terminal. */
  private int freeFrom(Session session) {
    Span here = session.span();
    Span there = here.later(session.light());
    int free = Math.max(free(session.from(), sending, here), here.start());
    free = Math.max(free, free(session.to(), hearing, there) - session.light());
    if (session.both()) {
      free = Math.max(free, free(session.to(), sending, here));
      free = Math.max(free, free(session.from(), hearing, there) - session.light());
    }
    return free;
  }

  private int free(int node, List<List<Span>> uses, Span span) {
    int terminals = nodes.get(node).terminals();
    if (terminals == PlannedNode.UNLIMITED) {
      return span.start();
    }
    List<Integer> ends = new ArrayList<>();
    for (Span use : uses.get(node)) {
      if (use.meets(span)) {
        ends.add(use.end());
      }
    }
    ends.sort(null);
    return ends.size() < terminals ? span.start() : ends.get(ends.size() - terminals);
  }

  private void take(Session session) {
    Span there = session.span().later(session.light());
    use(session.from(), sending, session.span());
    use(session.to(), hearing, there);
    if (session.both()) {
      use(session.to(), sending, session.span());
      use(session.from(), hearing, there);
    }
  }

  private void use(int node, List<List<Span>> uses, Span span) {
    if (nodes.get(node).terminals() != PlannedNode.UNLIMITED) {
      uses.get(node).add(span);
    }
  }
}
