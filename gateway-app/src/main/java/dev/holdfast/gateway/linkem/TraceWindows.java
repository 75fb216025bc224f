package dev.holdfast.gateway.linkem;

import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The link between two nodes as a link trace describes it: forward what it says of the link from
 * the one to the other, backward what it says of the way back. A direction of which it says nothing
 * is closed. Pure.
 */
public final class TraceWindows {
  /** Links that are told if the one asked for is not among them. */
  private static final int MOST_TOLD = 8;

  private final Node from;
  private final Node to;
  private final WindowsOfLink forward;
  private final WindowsOfLink backward;
  private final Set<String> others = new TreeSet<>();

  /** A node by its name; numbers may be written in any form that a plan takes. */
  private record Node(String name, String number) {
    static Node named(String name) {
      return new Node(name, NodeNumber.parse(name).map(NodeNumber::toString).orElse(name));
    }

    boolean is(String inTrace) {
      return inTrace.equals(name) || inTrace.equals(number);
    }
  }

  private TraceWindows(String from, String to, long offsetNanos, LinkQuality otherwise) {
    this.from = Node.named(from);
    this.to = Node.named(to);
    this.forward = new WindowsOfLink(offsetNanos, otherwise);
    this.backward = new WindowsOfLink(offsetNanos, otherwise);
  }

  /**
   * Follows a trace to its end.
   *
   * @param from the node on the connecting side
   * @param to the node on the other side
   * @param offsetNanos when the trace starts, in nanoseconds since the epoch of the relay
   * @param otherwise what holds as long as the trace does not say
   * @throws IllegalArgumentException if there is no such link in it, or too much is said of it
   */
  public static LinkSchedule between(
      LinkTrace trace, String from, String to, long offsetNanos, LinkQuality otherwise) {
    TraceWindows link = new TraceWindows(from, to, offsetNanos, otherwise);
    trace.forEachRemaining(link::take);
    return link.schedule();
  }

  private void take(TraceEvent event) {
    if (from.is(event.from()) && to.is(event.to())) {
      forward.take(event);
    } else if (to.is(event.from()) && from.is(event.to())) {
      backward.take(event);
    } else if (others.size() <= MOST_TOLD) {
      others.add(event.from() + ">" + event.to());
    }
  }

  private LinkSchedule schedule() {
    if (forward.isEmpty() && backward.isEmpty()) {
      List<String> told = new ArrayList<>(others);
      if (told.size() > MOST_TOLD) {
        told.set(MOST_TOLD, "others");
      }
      throw new IllegalArgumentException(
          "nothing is said of a link between "
              + from.name
              + " and "
              + to.name
              + "; it has "
              + (told.isEmpty() ? "no links" : String.join(", ", told)));
    }
    LinkTimeline there = forward.timeline();
    LinkTimeline back = backward.timeline();
    return new LinkSchedule(
        there,
        back,
        Stream.concat(forward.resets().stream(), backward.resets().stream())
            .sorted()
            .distinct()
            .toList());
  }
}
