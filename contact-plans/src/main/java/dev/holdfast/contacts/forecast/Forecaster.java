package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.ContactVolume;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Forecast.Cause;
import dev.holdfast.contacts.forecast.Forecast.FullContact;
import dev.holdfast.contacts.forecast.Forecast.Unserved;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Hop;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteCache;
import dev.holdfast.contacts.route.RouteQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/** Runs traffic over a plan: each bundle, in order of time, on its best route. */
public final class Forecaster {
  /** A forecast looks at no more bundles; it takes some 100 bytes of memory for each hop. */
  public static final int MOST_BUNDLES = 2_000_000;

  /** A batch that does not fit whole goes in parts down to this share of it. */
  private static final long MOST_PARTS = 32;

  private static final long LEAST_PART = 1024;

  private final Present present;
  private final Bookings bookings;
  private final RouteCache cache;
  private final RouteCache empty;
  private final Holdings holdings = new Holdings();
  private final Map<Sort, Unserved> unserved = new TreeMap<>();
  private final Map<Contact, DtnTime> fullAt = new TreeMap<>();
  private final Map<Contact, Long> missed = new TreeMap<>();
  private long steps;
  private long bundles;
  private long bytes;
  private long carried;

  private record Sort(NodeNumber from, NodeNumber to, Cause cause) implements Comparable<Sort> {
    private static final Comparator<Sort> ORDER =
        Comparator.comparing(Sort::from).thenComparing(Sort::to).thenComparing(Sort::cause);

    @Override
    public int compareTo(Sort other) {
      return ORDER.compare(this, other);
    }
  }

  /** A flow, and when its next bundle is there. */
  private record Next(DtnTime at, int order, Flow flow, long left) {
    static final Comparator<Next> BY_TIME =
        Comparator.comparing(Next::at).thenComparingInt(Next::order);
  }

  private Forecaster(Present present) {
    this.present = present;
    this.bookings = present.bookings();
    EarliestArrival search = new EarliestArrival(bookings.plan());
    Bookings nothing = new Bookings(bookings.plan());
    for (Present.Pair pair : present.unused()) {
      for (Contact contact : bookings.plan().contactsBetween(pair.from(), pair.to())) {
        bookings.close(contact, true);
        nothing.close(contact, true);
      }
    }
    this.cache = new RouteCache(search, bookings);
    this.empty = new RouteCache(search, nothing);
  }

  /** The forecast for a plan, until it says nothing more. */
  public static Forecast of(ContactPlan plan, Demand demand) {
    return of(new Bookings(plan), demand);
  }

  /** The forecast for what is left of a plan; what it carries is booked there too. */
  public static Forecast of(Bookings bookings, Demand demand) {
    return of(Present.of(bookings), demand);
  }

  /** The forecast from how things stand. */
  public static Forecast of(Present present, Demand demand) {
    return new Forecaster(present).run(demand);
  }

  private Forecast run(Demand demand) {
    for (Present.Held held : present.held()) {
      holdings.hold(held.node(), held.bytes(), present.at(), held.until());
    }
    bookings.bookedBytes().keySet().forEach(contact -> noteIfFull(contact, present.at()));
    DtnTime end = present.until();
    PriorityQueue<Next> queue = new PriorityQueue<>(Next.BY_TIME);
    for (Flow flow : demand.flows()) {
      queue.add(new Next(flow.first(), queue.size(), flow, flow.count()));
    }
    DtnTime now = present.at();
    while (!queue.isEmpty() && queue.peek().at().isBefore(end) && steps < MOST_BUNDLES) {
      Next next = queue.poll();
      now = next.at();
      carry(next.flow(), now);
      if (next.left() > 1) {
        DtnTime again = now.plus(next.flow().everyMillis());
        queue.add(new Next(again, next.order(), next.flow(), next.left() - 1));
      }
    }
    boolean cut = !queue.isEmpty() && queue.peek().at().isBefore(end);
    return new Forecast(
        bundles,
        bytes,
        carried,
        cut,
        now,
        unserved.values().stream()
            .sorted(Comparator.comparingLong(Unserved::bytes).reversed())
            .toList(),
        full(),
        holdings.loads(demand.stores()));
  }

  /** A batch goes whole, or as much of it as can in halves; the rest does not arrive. */
  private void carry(Flow flow, DtnTime at) {
    steps++;
    bundles += flow.batch();
    bytes += flow.batchBytes();
    long rest = flow.batchBytes();
    if (flow.from().equals(flow.to())) {
      holdings.hold(flow.from(), rest, at, at.plus(flow.lifetimeMillis()));
      rest = 0;
    }
    long least = leastPart(flow);
    long part = rest;
    while (rest > 0 && part >= least) {
      part = Math.min(part, rest);
      if (isCarried(flow, part, at)) {
        rest -= part;
      } else {
        part /= 2;
      }
    }
    long left = Math.ceilDiv(rest, flow.bytes());
    carried += flow.batch() - left;
    if (rest > 0) {
      fail(flow, rest, left, at);
    }
  }

  private static long leastPart(Flow flow) {
    long whole = flow.batchBytes();
    long least = flow.mayCut() ? Math.min(LEAST_PART, flow.bytes()) : flow.bytes();
    return Math.min(whole, Math.max(least, whole / MOST_PARTS));
  }

  private boolean isCarried(Flow flow, long part, DtnTime at) {
    DtnTime expiry = at.plus(flow.lifetimeMillis());
    Optional<Route> route =
        cache.route(query(flow, at, part)).filter(r -> r.arrival().isBefore(expiry));
    if (route.isEmpty() || route.get().book(bookings).isEmpty()) {
      return false;
    }
    DtnTime here = at;
    for (Hop hop : route.get().hops()) {
      Contact contact = hop.contact();
      // Whoever sends holds it until the receiver's confirmation is back.
      holdings.hold(contact.from(), part, here, hop.lastByte().plus(2 * contact.owltMillis()));
      here = hop.arrival();
      noteIfFull(contact, at);
    }
    return true;
  }

  /** A contact that is open at the start counts by what is left of it, unless that is little. */
  private void noteIfFull(Contact contact, DtnTime at) {
    double capacity = contact.bytesFrom(present.at());
    if (capacity >= (1 - Forecast.FULL) * contact.volumeBytes()
        && bookings.volume(contact).bookedBytes() >= Forecast.FULL * capacity) {
      fullAt.putIfAbsent(contact, at);
    }
  }

  private RouteQuery query(Flow flow, DtnTime at, long part) {
    return new RouteQuery(
        flow.from(),
        flow.to(),
        at,
        consumption(flow, part),
        flow.trafficClass(),
        List.of(),
        present.margin());
  }

  private long consumption(Flow flow, long part) {
    long whole = present.consumption(flow.bytes()) * flow.batch();
    return part == flow.batchBytes()
        ? whole
        : (long) Math.ceil((double) part * whole / flow.batchBytes());
  }

  private void fail(Flow flow, long rest, long count, DtnTime at) {
    DtnTime expiry = at.plus(flow.lifetimeMillis());
    holdings.hold(flow.from(), rest, at, expiry);
    RouteQuery least = query(flow, at, leastPart(flow));
    Optional<Route> way = empty.route(least);
    Cause cause =
        way.isEmpty()
            ? Cause.NO_WAY
            : way.get().arrival().isBefore(expiry) ? Cause.NO_ROOM : Cause.TOO_LATE;
    Optional<Contact> bottleneck =
        way.filter(_ -> cause == Cause.NO_ROOM).map(route -> tightest(route, flow, at));
    if (bottleneck.isPresent()) {
      missed.merge(bottleneck.get(), rest, Long::sum);
      fullAt.putIfAbsent(bottleneck.get(), at);
    }
    unserved.merge(
        new Sort(flow.from(), flow.to(), cause),
        new Unserved(flow.from(), flow.to(), cause, count, rest, at, bottleneck),
        (first, more) ->
            new Unserved(
                first.from(),
                first.to(),
                first.cause(),
                first.bundles() + more.bundles(),
                first.bytes() + more.bytes(),
                first.first(),
                first.bottleneck()));
  }

  private Contact tightest(Route route, Flow flow, DtnTime at) {
    return route.hops().stream()
        .map(Hop::contact)
        .min(
            Comparator.comparingLong(
                c -> bookings.volume(c).remainingBytes(at, flow.trafficClass())))
        .orElseThrow();
  }

  private List<FullContact> full() {
    List<FullContact> full = new ArrayList<>();
    fullAt.forEach(
        (contact, at) -> {
          ContactVolume volume = bookings.volume(contact);
          full.add(
              new FullContact(
                  contact,
                  volume.bookedBytes(),
                  volume.overbookedBytes(),
                  missed.getOrDefault(contact, 0L),
                  at));
        });
    full.sort(Comparator.comparing(c -> c.contact().start()));
    return full;
  }
}
