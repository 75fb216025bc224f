package dev.holdfast.contacts.route;

import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Tries every chain of contacts that visits no node twice. For tiny plans. */
final class ExhaustiveSearch {
  private static final long MILLI = 1_000_000L;

  /** The four keys of one chain, in nanoseconds and numbers. */
  record Keys(long arrival, int hops, long termination, NodeNumber entry)
      implements Comparable<Keys> {
    private static final Comparator<Keys> SABR =
        Comparator.comparingLong(Keys::arrival)
            .thenComparingInt(Keys::hops)
            .thenComparing(Comparator.comparingLong(Keys::termination).reversed())
            .thenComparing(Keys::entry);

    @Override
    public int compareTo(Keys other) {
      return SABR.compare(this, other);
    }

    static Keys of(Route route) {
      return new Keys(
          route.arrival().millis() * MILLI,
          route.hops().size(),
          route.termination().millis() * MILLI,
          route.entryNode());
    }
  }

  private final ContactPlan plan;
  private final RouteQuery query;
  private final List<Booking> booked;
  private final Deque<NodeNumber> visited = new ArrayDeque<>();
  private final List<Contact> chain = new ArrayList<>();
  private final List<Keys> found = new ArrayList<>();

  private ExhaustiveSearch(ContactPlan plan, RouteQuery query, List<Booking> booked) {
    this.plan = plan;
    this.query = query;
    this.booked = booked;
  }

  static Optional<Keys> best(ContactPlan plan, RouteQuery query, List<Booking> booked) {
    return all(plan, query, booked).stream().findFirst();
  }

  /** The keys of every chain that arrives, best first. */
  static List<Keys> all(ContactPlan plan, RouteQuery query, List<Booking> booked) {
    ExhaustiveSearch search = new ExhaustiveSearch(plan, query, booked);
    search.from(query.from(), query.at().millis() * MILLI);
    return search.found.stream().sorted().toList();
  }

  private void from(NodeNumber node, long time) {
    if (node.equals(query.to())) {
      long termination = chain.stream().mapToLong(Contact::endNanos).min().orElseThrow();
      found.add(new Keys(time, chain.size(), termination, chain.getFirst().to()));
      return;
    }
    visited.push(node);
    for (Contact contact : plan.contactsFrom(node)) {
      boolean refused = chain.isEmpty() && query.excluded().contains(contact.to());
      long first = firstByte(contact, time);
      if (!visited.contains(contact.to()) && !refused && first >= 0) {
        chain.add(contact);
        long across = first + transfer(contact) + query.margin().lagNanos(contact.owltNanos());
        from(contact.to(), (across + MILLI - 1) / MILLI * MILLI);
        chain.removeLast();
      }
    }
    visited.pop();
  }

  private long transfer(Contact contact) {
    return (query.sizeBytes() * 1_000_000_000L + contact.bytesPerSecond() - 1)
        / contact.bytesPerSecond();
  }

  /** Tries the arrival, the start, and the end of every booking. */
  private long firstByte(Contact contact, long time) {
    long length = transfer(contact);
    List<Booking> busy =
        query.sizeBytes() == 0
            ? List.of()
            : booked.stream().filter(b -> b.contact().equals(contact)).toList();
    List<Long> starts = new ArrayList<>(busy.stream().map(Booking::lastNanos).toList());
    starts.add(Math.max(time, contact.startNanos()));
    return starts.stream()
        .filter(start -> start >= time && start >= contact.startNanos())
        .filter(
            start ->
                query.contactEnd() == ContactEnd.CLOSED
                    ? start <= contact.endNanos()
                    : start < contact.endNanos())
        .filter(start -> start + length <= contact.endNanos())
        .filter(
            start ->
                busy.stream()
                    .noneMatch(b -> b.firstNanos() < start + length && start < b.lastNanos()))
        .min(Comparator.naturalOrder())
        .orElse(-1L);
  }
}
