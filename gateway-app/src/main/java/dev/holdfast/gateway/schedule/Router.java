package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.Booking;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.ContactVolume;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteCache;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.LinkSettings.Schedule;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeSettings.StaticRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Step 4: the link and contact by which a bundle leaves.
 *
 * <p>First the static routes, then a neighbour that is itself the destination and always open, then
 * the contact plan: earliest arrival over what is left of each contact. What is decided is booked,
 * so that the next decision sees it.
 */
public final class Router {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final NodeSettings settings;
  private final Optional<NodeNumber> self;
  private final Map<NodeNumber, LinkId> linkTo = new TreeMap<>();
  private final Map<LinkId, LinkSettings> links = new TreeMap<>();
  private final Map<NodeId, LinkId> unplanned = new TreeMap<>();
  private EarliestArrival search;
  private Bookings bookings;
  private RouteCache cache;

  /** A router over an empty plan. */
  public Router(NodeSettings settings) {
    this.settings = settings;
    this.self = settings.nodes().stream().flatMap(n -> numberOf(n).stream()).findFirst();
    for (LinkSettings link : settings.links()) {
      links.put(link.link(), link);
      if (link.schedule() == Schedule.PLAN) {
        link.neighbour().flatMap(Router::numberOf).ifPresent(n -> linkTo.put(n, link.link()));
      }
    }
    this.search = new EarliestArrival(ContactPlan.EMPTY);
    this.bookings = new Bookings(ContactPlan.EMPTY);
    this.cache = new RouteCache(search, bookings);
  }

  /** The node number of an {@code ipn} node. */
  public static Optional<NodeNumber> numberOf(NodeId node) {
    return node.eid() instanceof IpnEid ipn
        ? Optional.of(new NodeNumber(ipn.qualifiedNode()))
        : Optional.empty();
  }

  /** This node's number in the plan. */
  public Optional<NodeNumber> self() {
    return self;
  }

  /** The plan in force. */
  public ContactPlan plan() {
    return search.plan();
  }

  /** Another plan is in force. Whoever is bound must be unbound before. */
  public void plan(ContactPlan next) {
    search = new EarliestArrival(next);
    bookings = new Bookings(next);
    cache = new RouteCache(search, bookings);
  }

  /** A neighbour without a configured link can be reached, or cannot any more. */
  public void unplanned(NodeId neighbour, LinkId link, boolean up) {
    if (up) {
      unplanned.put(neighbour, link);
    } else {
      unplanned.remove(neighbour, link);
    }
  }

  /** Decides for a bundle that is not bound, and binds it. */
  public RouteDecision bind(Waiting bundle, DtnTime now) {
    RouteDecision decision = decide(bundle, now);
    switch (decision) {
      case RouteDecision.Anytime(LinkId link) -> bundle.bind(link, Optional.empty(), List.of());
      case RouteDecision.During(LinkId link, Contact contact, Optional<Route> route) ->
          bundle.bind(link, Optional.of(contact), book(bundle, contact, route, now));
      case RouteDecision.Nowhere _ -> bundle.unbind();
    }
    return decision;
  }

  /** Gives back what was booked for a bundle and unbinds it. */
  public void unbind(Waiting bundle) {
    bundle.bookings().forEach(this::unbook);
    bundle.booked(List.of());
    bundle.unbind();
  }

  /**
   * A bundle has left; it stays bound. It needs the contact here no more, but those beyond are what
   * it is on its way to: that stays booked (CCSDS 734.3-B-1 §3.2.8.1.2).
   */
  public void left(Waiting bundle) {
    bundle.bookings().stream().limit(1).forEach(this::unbook);
    bundle.booked(List.of());
  }

  private void unbook(Booking booking) {
    if (bookings.plan().indexOf(booking.contact()).isPresent()) {
      bookings.unbook(booking);
    }
  }

  /** Bytes bound to a contact and not yet sent. */
  public long boundBytes(Contact contact) {
    return bookings.plan().indexOf(contact).isEmpty() ? 0 : bookings.volume(contact).bookedBytes();
  }

  /**
   * What a bundle takes of a contact: its bytes and what the convergence layer adds (CCSDS
   * 734.3-B-1 §2.4.3).
   */
  public long consumption(long bytes) {
    return bytes + Math.max(100, bytes / 100 * settings.contacts().overheadPercent());
  }

  /** What would be decided for a bundle, in words. */
  public String explain(Waiting bundle, DtnTime now) {
    return switch (decide(bundle, now)) {
      case RouteDecision.Anytime(LinkId link) -> "by " + link + " when it is up";
      case RouteDecision.During(LinkId link, Contact contact, var _) ->
          "by " + link + " from " + contact.start();
      case RouteDecision.Nowhere(String because) -> because;
    };
  }

  /** What would be decided for a destination at {@code now}, for people; nothing is booked. */
  public RouteDecision decide(Waiting bundle, DtnTime now) {
    Eid destination = bundle.held().destination();
    for (StaticRoute route : settings.routes()) {
      if (route.destination().matches(destination)) {
        return byStaticRoute(bundle, route.via(), now);
      }
    }
    Optional<NodeId> node = destination.nodeId();
    if (node.isEmpty()) {
      return new RouteDecision.Nowhere("no static route for " + destination);
    }
    for (LinkSettings link : settings.links()) {
      if (link.schedule() == Schedule.ALWAYS
          && link.neighbour().equals(node)
          && !bundle.notBy().contains(link.link())) {
        return new RouteDecision.Anytime(link.link());
      }
    }
    LinkId direct = unplanned.get(node.get());
    if (direct != null && !bundle.notBy().contains(direct)) {
      return new RouteDecision.Anytime(direct);
    }
    return byPlan(bundle, node.get(), now);
  }

  private RouteDecision byStaticRoute(Waiting bundle, LinkId via, DtnTime now) {
    LinkSettings link = links.get(via);
    if (link == null || link.schedule() == Schedule.DISABLED) {
      return new RouteDecision.Nowhere("link " + via + " is switched off");
    }
    if (bundle.notBy().contains(via)) {
      return new RouteDecision.Nowhere("link " + via + " refused the bundle");
    }
    if (isReturn(bundle, link.neighbour())) {
      return new RouteDecision.Nowhere("it came by " + via + ", the only route");
    }
    if (link.schedule() == Schedule.ALWAYS) {
      return new RouteDecision.Anytime(via);
    }
    Optional<NodeNumber> neighbour = link.neighbour().flatMap(Router::numberOf);
    if (self.isEmpty() || neighbour.isEmpty()) {
      return new RouteDecision.Nowhere("link " + via + " follows the plan but has no node number");
    }
    for (Contact contact : plan().contactsBetween(self.get(), neighbour.get(), now)) {
      if (hasRoom(bundle, contact, now)) {
        return new RouteDecision.During(via, contact, Optional.empty());
      }
    }
    return new RouteDecision.Nowhere("no contact of link " + via + " has room for it");
  }

  private boolean hasRoom(Waiting bundle, Contact contact, DtnTime now) {
    long needed = Contact.transferNanos(leastBytes(bundle), contact.bytesPerSecond());
    long at = now.millis() * NANOS_PER_MILLI;
    return bookings.volume(contact).firstFree(at, needed) != ContactVolume.NONE;
  }

  private RouteDecision byPlan(Waiting bundle, NodeId node, DtnTime now) {
    Optional<NodeNumber> to = numberOf(node);
    if (self.isEmpty() || to.isEmpty()) {
      return new RouteDecision.Nowhere("no route to " + node + " is configured");
    }
    List<NodeNumber> excluded = excluded(bundle, node);
    List<Long> sizes = new ArrayList<>(List.of(consumption(bundle.bytesLeft())));
    if (bundle.held().service().mayFragment()) {
      sizes.add(leastBytes(bundle));
    }
    for (long size : sizes) {
      RouteQuery query = new RouteQuery(self.get(), to.get(), now, size, excluded, OwltMargin.NONE);
      Optional<Route> route = cache.route(query);
      while (route.isPresent() && !linkTo.containsKey(route.get().entryNode())) {
        excluded = new ArrayList<>(excluded);
        excluded.add(route.get().entryNode());
        query = query.excluding(excluded);
        route = cache.route(query);
      }
      if (route.isPresent()) {
        LinkId link = java.util.Objects.requireNonNull(linkTo.get(route.get().entryNode()));
        return new RouteDecision.During(link, route.get().hops().getFirst().contact(), route);
      }
    }
    return new RouteDecision.Nowhere("the plan has no way to " + node + " from now on");
  }

  private List<NodeNumber> excluded(Waiting bundle, NodeId destination) {
    List<NodeNumber> excluded = new ArrayList<>();
    // CCSDS 734.3-B-1 §3.2.5.2: not back to the sender, unless it is the destination.
    bundle
        .held()
        .from()
        .filter(from -> !from.equals(destination))
        .flatMap(Router::numberOf)
        .ifPresent(excluded::add);
    for (Map.Entry<NodeNumber, LinkId> entry : linkTo.entrySet()) {
      if (bundle.notBy().contains(entry.getValue())) {
        excluded.add(entry.getKey());
      }
    }
    return excluded;
  }

  private static boolean isReturn(Waiting bundle, Optional<NodeId> neighbour) {
    return neighbour.isPresent()
        && bundle.held().from().equals(neighbour)
        && !bundle.held().destination().nodeId().equals(neighbour);
  }

  private long leastBytes(Waiting bundle) {
    long whole = consumption(bundle.bytesLeft());
    if (!bundle.held().service().mayFragment()) {
      return whole;
    }
    return Math.min(
        whole,
        consumption(bundle.held().sizes().head() + (long) settings.contacts().leastFragment()));
  }

  private List<Booking> book(Waiting bundle, Contact contact, Optional<Route> route, DtnTime now) {
    if (route.isPresent()) {
      Optional<List<Booking>> booked = route.get().book(bookings);
      if (booked.isPresent()) {
        return booked.get();
      }
    }
    return bookings
        .volume(contact)
        .book(now, Math.max(1, leastBytes(bundle)))
        .map(List::of)
        .orElse(List.of());
  }
}
