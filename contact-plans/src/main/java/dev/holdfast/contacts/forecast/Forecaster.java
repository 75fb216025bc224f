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
import dev.holdfast.contacts.route.OwltMargin;
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

  private final ContactPlan plan;
  private final EarliestArrival search;
  private final Bookings bookings;
  private final RouteCache cache;
  private final Holdings holdings = new Holdings();
  private final Map<Sort, Unserved> unserved = new TreeMap<>();
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

  private Forecaster(Bookings bookings) {
    this.plan = bookings.plan();
    this.search = new EarliestArrival(plan);
    this.bookings = bookings;
    this.cache = new RouteCache(search, bookings);
  }

  /** The forecast for a plan, until it says nothing more. */
  public static Forecast of(ContactPlan plan, Demand demand) {
    return of(new Bookings(plan), demand);
  }

  /** The forecast for what is left of a plan; what it carries is booked there too. */
  public static Forecast of(Bookings bookings, Demand demand) {
    return new Forecaster(bookings).run(demand);
  }

  private Forecast run(Demand demand) {
    DtnTime end = plan.end().orElse(DtnTime.UNKNOWN);
    PriorityQueue<Next> queue = new PriorityQueue<>(Next.BY_TIME);
    for (Flow flow : demand.flows()) {
      queue.add(new Next(flow.first(), queue.size(), flow, flow.count()));
    }
    DtnTime now = plan.start().orElse(DtnTime.UNKNOWN);
    while (!queue.isEmpty() && queue.peek().at().isBefore(end) && bundles < MOST_BUNDLES) {
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

  private void carry(Flow flow, DtnTime at) {
    bundles++;
    bytes += flow.bytes();
    DtnTime expiry = at.plus(flow.lifetimeMillis());
    RouteQuery query = query(flow, at, consumption(flow.bytes()));
    Optional<Route> route = cache.route(query).filter(r -> r.arrival().isBefore(expiry));
    if (route.isEmpty() || route.get().book(bookings).isEmpty()) {
      fail(flow, at, expiry);
      return;
    }
    carried++;
    DtnTime here = at;
    for (Hop hop : route.get().hops()) {
      holdings.hold(hop.contact().from(), flow.bytes(), here, hop.lastByte());
      here = hop.arrival();
    }
  }

  private static RouteQuery query(Flow flow, DtnTime at, long size) {
    return new RouteQuery(
        flow.from(), flow.to(), at, size, flow.trafficClass(), List.of(), OwltMargin.NONE);
  }

  /** As gateways count it by default: 3 percent more, at least 100 bytes (§2.4.3). */
  static long consumption(long bytes) {
    return bytes + Math.max(100, bytes / 100 * 3);
  }

  private void fail(Flow flow, DtnTime at, DtnTime expiry) {
    holdings.hold(flow.from(), flow.bytes(), at, expiry);
    Optional<Route> empty = search.route(query(flow, at, consumption(flow.bytes())));
    Cause cause =
        empty.isEmpty()
            ? Cause.NO_WAY
            : empty.get().arrival().isBefore(expiry) ? Cause.NO_ROOM : Cause.TOO_LATE;
    Unserved one =
        new Unserved(
            flow.from(),
            flow.to(),
            cause,
            1,
            flow.bytes(),
            at,
            empty.filter(_ -> cause == Cause.NO_ROOM).map(route -> tightest(route, flow, at)));
    unserved.merge(
        new Sort(flow.from(), flow.to(), cause),
        one,
        (first, more) ->
            new Unserved(
                first.from(),
                first.to(),
                first.cause(),
                first.bundles() + 1,
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
    List<Contact> contacts = plan.contacts();
    for (int index = 0; index < contacts.size(); index++) {
      ContactVolume volume = bookings.volumeAt(index);
      if (volume.bookedBytes() >= Forecast.FULL * contacts.get(index).volumeBytes()) {
        full.add(
            new FullContact(contacts.get(index), volume.bookedBytes(), volume.overbookedBytes()));
      }
    }
    full.sort(Comparator.comparing(c -> c.contact().start()));
    return full;
  }
}
