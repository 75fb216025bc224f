package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.turn.LinkSettings;
import dev.holdfast.gateway.turn.LinkSettings.Schedule;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeSettings.StaticRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final NodeSettings settings;
  private final Optional<NodeNumber> self;
  private final PlannedRoutes planned;
  private final Map<NodeNumber, LinkId> linkTo = new TreeMap<>();
  private final Map<LinkId, LinkSettings> links = new TreeMap<>();
  private final Map<NodeId, LinkId> unplanned = new TreeMap<>();

  /** Neighbours in the plan to whom no link leads. */
  private List<NodeNumber> withoutLink = List.of();

  /** A router over an empty plan. */
  public Router(NodeSettings settings) {
    this.settings = settings;
    this.self = settings.nodes().stream().flatMap(n -> numberOf(n).stream()).findFirst();
    this.planned = new PlannedRoutes(settings.contacts());
    for (LinkSettings link : settings.links()) {
      links.put(link.link(), link);
      if (link.schedule() == Schedule.PLAN) {
        link.neighbour().flatMap(Router::numberOf).ifPresent(n -> linkTo.put(n, link.link()));
      }
    }
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
    return planned.plan();
  }

  /**
   * Another plan is in force. Whoever is bound in a contact that it does not have in the same form
   * must be unbound before.
   */
  public void plan(ContactPlan next) {
    planned.plan(next);
    withoutLink =
        self.stream()
            .flatMap(node -> next.neighbours(node).stream())
            .filter(neighbour -> !linkTo.containsKey(neighbour))
            .toList();
  }

  /** A contact does not happen although it is planned, or happens after all. */
  public void missed(Contact contact, boolean missed) {
    planned.close(contact, missed);
  }

  /** A neighbour without a configured link can be reached, or cannot any more. */
  public void unplanned(NodeId neighbour, LinkId link, boolean up) {
    if (up) {
      unplanned.put(neighbour, link);
    } else {
      unplanned.remove(neighbour, link);
    }
  }

  /** What is booked on contacts that are not over, to be changed by itself. */
  Bookings booked(DtnTime now) {
    return planned.copyFrom(now);
  }

  /** Neighbours in the plan to whom no link leads. */
  List<NodeNumber> withoutLink() {
    return withoutLink;
  }

  /** By which kind of way bundles for a destination go; without a search. */
  Heading heading(Eid destination) {
    for (StaticRoute route : settings.routes()) {
      if (route.destination().matches(destination)) {
        return heading(Optional.ofNullable(links.get(route.via())));
      }
    }
    Optional<NodeId> node = destination.nodeId();
    Optional<LinkSettings> always =
        settings.links().stream()
            .filter(link -> link.schedule() == Schedule.ALWAYS)
            .filter(link -> node.isPresent() && link.neighbour().equals(node))
            .findFirst();
    if (always.isPresent()) {
      return heading(always);
    }
    LinkId direct = node.map(unplanned::get).orElse(null);
    if (direct != null) {
      return new Heading.Anytime(direct);
    }
    Optional<NodeNumber> to = node.flatMap(Router::numberOf);
    if (self.isEmpty() || to.isEmpty()) {
      return new Heading.Nowhere();
    }
    // Of several gateways the first stands for all.
    return new Heading.Towards(
        planned.targets(self.get(), to.get()).stream().findFirst().orElse(to.get()));
  }

  private static Heading heading(Optional<LinkSettings> link) {
    return link.map(
            l ->
                switch (l.schedule()) {
                  case ALWAYS -> new Heading.Anytime(l.link());
                  case PLAN ->
                      l.neighbour()
                          .flatMap(Router::numberOf)
                          .<Heading>map(Heading.Towards::new)
                          .orElse(new Heading.Nowhere());
                  case DISABLED -> new Heading.Nowhere();
                })
        .orElse(new Heading.Nowhere());
  }

  /** A kind of way. */
  sealed interface Heading {
    /** By a link that is open whenever it can be. */
    record Anytime(LinkId link) implements Heading {}

    /** By the plan to that node. */
    record Towards(NodeNumber node) implements Heading {}

    /** None is known. */
    record Nowhere() implements Heading {}
  }

  /** Binds a bundle as it was decided. */
  public void bind(Waiting bundle, RouteDecision decision, DtnTime now) {
    switch (decision) {
      case RouteDecision.Anytime(LinkId link) -> bundle.bind(link);
      case RouteDecision.During(LinkId link, Contact contact, Optional<Route> route) ->
          bundle.bind(link, contact, route, planned.book(bundle, contact, route, now));
      case RouteDecision.Nowhere _ -> bundle.unbind();
    }
  }

  /** Gives back what was booked for a bundle and unbinds it. */
  public void unbind(Waiting bundle) {
    bundle.bookings().forEach(planned::unbook);
    bundle.unbind();
  }

  /**
   * A bundle has left; it stays bound. It needs the contact here no more, but those beyond are what
   * it is on its way to: that stays booked (CCSDS 734.3-B-1 §3.2.8.1.2).
   */
  public void left(Waiting bundle) {
    bundle.bookings().stream().limit(1).forEach(planned::unbook);
    bundle.bookings().stream().skip(1).forEach(planned::pass);
    bundle.leave();
  }

  /** Bytes bound to a contact and not yet sent. */
  public long boundBytes(Contact contact) {
    return planned.boundBytes(contact);
  }

  /**
   * Bytes bound to a contact that cannot leave in it, because more urgent ones were bound to it
   * later.
   */
  public long overbookedBytes(Contact contact) {
    return planned.overbookedBytes(contact);
  }

  /**
   * What a bundle takes of a contact: its bytes and what the convergence layer adds (CCSDS
   * 734.3-B-1 §2.4.3).
   */
  public long consumption(long bytes) {
    return planned.consumption(bytes);
  }

  /**
   * Whether a bundle that leaves now is still there before it expires, by the route it was bound
   * for.
   */
  public boolean isInTime(Waiting bundle, DtnTime now) {
    return bundle.route().isEmpty()
        || bundle
            .route()
            .get()
            .arrivalIfLeft(now)
            .filter(arrival -> !isTooLate(bundle, arrival))
            .isPresent();
  }

  private static boolean isTooLate(Waiting bundle, DtnTime arrival) {
    // The expiry of a bundle without creation time is a hint; only its age decides.
    return !bundle.held().service().clockless() && !arrival.isBefore(bundle.held().expiry());
  }

  /** What would be decided for a bundle, in words. */
  public String explain(Waiting bundle, DtnTime now) {
    return explain(decide(bundle, now));
  }

  /** A decision in words. */
  public static String explain(RouteDecision decision) {
    return switch (decision) {
      case RouteDecision.Anytime(LinkId link) -> "by " + link + " when it is up";
      case RouteDecision.During(LinkId link, Contact contact, var _) ->
          "by " + link + " from " + contact.start();
      case RouteDecision.Nowhere(String because) -> because;
    };
  }

  /**
   * One copy of a bundle for each neighbour by whom the plan has a way, the best way first; none is
   * bound.
   */
  public List<Way> copies(Waiting bundle, DtnTime now) {
    List<Way> ways = new ArrayList<>();
    for (LinkId link : linkTo.values()) {
      Waiting copy = bundle.copyBy(link);
      if (decide(copy, now) instanceof RouteDecision.During during && during.route().isPresent()) {
        ways.add(new Way(copy, during.route().get()));
      }
    }
    ways.sort(Comparator.comparing(Way::route, Route.BEST_FIRST));
    return ways;
  }

  /**
   * A way that a copy may take.
   *
   * @param copy for one neighbour
   * @param route by that neighbour
   */
  public record Way(Waiting copy, Route route) {}

  /** Decides for a bundle that is not bound; nothing is booked. */
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
      if (planned.hasRoom(bundle, contact, now)) {
        return new RouteDecision.During(via, contact, Optional.empty());
      }
    }
    return new RouteDecision.Nowhere("no contact of link " + via + " has room for it");
  }

  private RouteDecision byPlan(Waiting bundle, NodeId node, DtnTime now) {
    Optional<NodeNumber> to = numberOf(node);
    if (self.isEmpty() || to.isEmpty()) {
      return new RouteDecision.Nowhere("no route to " + node + " is configured");
    }
    Optional<Route> best = planned.best(bundle, self.get(), to.get(), now, excluded(bundle, node));
    if (best.isEmpty()) {
      return new RouteDecision.Nowhere("the plan has no way to " + node + " from now on");
    }
    Route route = best.get();
    if (isTooLate(bundle, route.arrival())) {
      return new RouteDecision.Nowhere(
          "it would be at %s at %s, and expires at %s"
              .formatted(node, route.arrival(), bundle.held().expiry()));
    }
    LinkId link = Objects.requireNonNull(linkTo.get(route.entryNode()));
    return new RouteDecision.During(link, route.hops().getFirst().contact(), best);
  }

  private List<NodeNumber> excluded(Waiting bundle, NodeId destination) {
    List<NodeNumber> excluded = new ArrayList<>(withoutLink);
    // CCSDS 734.3-B-1 §3.2.5.2: not back to the sender, unless it is the destination.
    bundle
        .held()
        .from()
        .filter(from -> !from.equals(destination))
        .flatMap(Router::numberOf)
        .ifPresent(excluded::add);
    if (!bundle.notBy().isEmpty() || bundle.original().isPresent()) {
      for (Map.Entry<NodeNumber, LinkId> entry : linkTo.entrySet()) {
        LinkId link = entry.getValue();
        boolean byAnother =
            bundle.original().isPresent() && !bundle.link().equals(Optional.of(link));
        if (byAnother || bundle.notBy().contains(link)) {
          excluded.add(entry.getKey());
        }
      }
    }
    return excluded;
  }

  private static boolean isReturn(Waiting bundle, Optional<NodeId> neighbour) {
    return neighbour.isPresent()
        && bundle.held().from().equals(neighbour)
        && !bundle.held().destination().nodeId().equals(neighbour);
  }
}
