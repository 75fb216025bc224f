package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.crdt.sync.Opportunity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When messages can leave to which region, and when an answer can be here: from the contact plan,
 * over as many hops as it takes. A region that no plan leads to can always be sent to; while it is
 * silent it is tried ever more rarely. From one that the plan leads to and never back, no answer is
 * waited for. For one thread.
 */
final class Outlook {
  /** What is looked up routes for: a message of some kilobytes. */
  private static final long MESSAGE_BYTES = 4_096;

  private static final long RAREST_MILLIS = 86_400_000;

  /** Beyond any contact. */
  private static final long NEVER_MILLIS = 100L * 366 * 86_400_000;

  private final Optional<NodeNumber> self;
  private final TwinSettings.Terms terms;
  private final SortedMap<String, Way> ways = new TreeMap<>();
  private EarliestArrival search = new EarliestArrival(ContactPlan.EMPTY);

  /** One region. */
  private static final class Way {
    final TwinSettings.Region region;
    boolean open;

    /** When it is to be looked at again. */
    DtnTime until = DtnTime.UNKNOWN;

    /** How long it may be silent the next time, if no plan leads there. */
    long patience;

    /** How long it may be silent this time. */
    long waits;

    Way(TwinSettings.Region region, long patience) {
      this.region = region;
      this.patience = patience;
    }
  }

  Outlook(TwinSettings settings) {
    this.self = number(settings.node());
    this.terms = settings.terms();
    for (TwinSettings.Region region : settings.others()) {
      ways.put(region.name(), new Way(region, terms.answerMillis()));
    }
  }

  private static Optional<NodeNumber> number(NodeId node) {
    return node.eid() instanceof IpnEid ipn
        ? Optional.of(new NodeNumber(ipn.qualifiedNode()))
        : Optional.empty();
  }

  /** What has changed. */
  sealed interface Change {
    /**
     * Messages can leave to a region.
     *
     * @param region which
     * @param opportunity how
     */
    record Opened(TwinSettings.Region region, Opportunity opportunity) implements Change {}

    /**
     * They cannot any more.
     *
     * @param region which
     */
    record Closed(TwinSettings.Region region) implements Change {}
  }

  /** Another plan is in force. */
  void plan(ContactPlan plan) {
    search = new EarliestArrival(plan);
    ways.values().forEach(way -> way.until = DtnTime.UNKNOWN);
  }

  /**
   * A region said something: who answers is sent to without pause. It is sent to at once only if it
   * was silent for long: else each would answer the other's answer.
   */
  void heard(String region) {
    Way way = ways.get(region);
    if (way != null) {
      way.patience = terms.answerMillis();
      if (way.waits > terms.answerMillis()) {
        way.waits = 0;
        way.until = DtnTime.UNKNOWN;
      }
    }
  }

  /** What has changed by then. */
  List<Change> review(DtnTime now) {
    List<Change> changes = new ArrayList<>();
    for (Way way : ways.values()) {
      if (!now.isBefore(way.until)) {
        review(way, now, changes);
      }
    }
    return changes;
  }

  private void review(Way way, DtnTime now, List<Change> changes) {
    if (way.open) {
      way.open = false;
      changes.add(new Change.Closed(way.region));
    }
    Optional<NodeNumber> to = number(way.region.node());
    ContactPlan plan = search.plan();
    boolean planned =
        self.isPresent() && to.isPresent() && plan.knows(self.get()) && plan.knows(to.get());
    if (planned) {
      planned(way, self.get(), to.get(), now).ifPresent(changes::add);
    } else {
      changes.add(unplanned(way, now));
    }
  }

  private Optional<Change> planned(Way way, NodeNumber from, NodeNumber to, DtnTime now) {
    Optional<Route> forth = route(from, to, now);
    if (forth.isEmpty()) {
      way.until = DtnTime.FOREVER;
      return Optional.empty();
    }
    Contact first = forth.get().hops().getFirst().contact();
    if (!first.isOpenAt(now)) {
      way.until = DtnTime.max(first.start(), now.plus(1));
      return Optional.empty();
    }
    DtnTime end = first.end();
    way.until = end;
    way.waits = 0;
    way.open = true;
    long oneWay = forth.get().arrival().since(now);
    boolean returns = leadsBack(to, from);
    long answer =
        route(to, from, forth.get().arrival())
            .map(back -> back.arrival().since(now) + terms.answerMarginMillis())
            .orElse(returns ? NEVER_MILLIS : Opportunity.NEVER);
    long later =
        route(to, from, end.plus(oneWay))
            .map(back -> back.arrival().millis() + terms.answerMarginMillis())
            .orElse(returns ? end.millis() + NEVER_MILLIS : Opportunity.NEVER);
    return Optional.of(
        new Change.Opened(
            way.region,
            new Opportunity(
                end.millis(),
                oneWay,
                Math.max(answer, oneWay),
                Math.max(later, end.millis()),
                first.bytesFrom(now))));
  }

  /**
   * Whether the plan ever leads back, at whatever time: near its end nothing does any more, and
   * what is lost then shows once there is another plan.
   */
  private boolean leadsBack(NodeNumber from, NodeNumber to) {
    return search.plan().start().flatMap(start -> route(from, to, start)).isPresent();
  }

  private Optional<Route> route(NodeNumber from, NodeNumber to, DtnTime at) {
    return search.route(RouteQuery.of(from, to, at, MESSAGE_BYTES));
  }

  private Change unplanned(Way way, DtnTime now) {
    way.until = now.plus(way.patience);
    way.waits = way.patience;
    way.open = true;
    Opportunity opportunity =
        new Opportunity(way.until.millis(), 0, way.patience, way.until.millis(), Long.MAX_VALUE);
    way.patience = Math.min(RAREST_MILLIS, 2 * way.patience);
    return new Change.Opened(way.region, opportunity);
  }

  /** The opportunity of a region that is open has ended otherwise: it is looked at anew. */
  void again(String region) {
    Way way = ways.get(region);
    if (way != null) {
      way.until = DtnTime.UNKNOWN;
    }
  }

  /** Whether messages can leave to anybody. */
  boolean isOpen() {
    return ways.values().stream().anyMatch(way -> way.open);
  }

  /** When something changes next. */
  DtnTime next() {
    DtnTime next = DtnTime.FOREVER;
    for (Way way : ways.values()) {
      next = DtnTime.min(next, way.until);
    }
    return next;
  }
}
