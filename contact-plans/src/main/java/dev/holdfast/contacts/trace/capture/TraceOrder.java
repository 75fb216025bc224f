package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.TraceEvent;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Puts events in order of time that become known later than they happen: the mean rate of a bin at
 * its end, the crossing of a bundle with its last byte.
 */
final class TraceOrder {
  /** An event that waits; {@code order} is that in which they became known. */
  private record Waiting(long order, TraceEvent event) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int first = Long.compare(event.nanos(), other.event.nanos());
      return first != 0 ? first : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private long known;

  void add(long nanos, String from, String to, LinkChange change) {
    waiting.add(new Waiting(known++, new TraceEvent(nanos, from, to, change)));
  }

  int size() {
    return waiting.size();
  }

  /** The next event, if nothing can become known any more that happened before it. */
  Optional<TraceEvent> poll(long knownUntil) {
    Waiting next = waiting.peek();
    if (next == null || next.event().nanos() > knownUntil) {
      return Optional.empty();
    }
    waiting.remove();
    return Optional.of(next.event());
  }
}
