package dev.holdfast.contacts.route;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.PlanTable;
import dev.holdfast.contacts.format.TimeText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A route, or why there is none, told to a person. */
public final class RouteText {
  private RouteText() {}

  /**
   * Several lines: the route in one, then each hop with its waiting, then what bounds it.
   *
   * @param floating whether times count from an unnamed zero: then they are shown as {@code +n}
   */
  public static String explain(Route route, boolean floating) {
    RouteQuery query = route.query();
    StringBuilder text = new StringBuilder();
    text.append(
        "%s from %s to %s, ready %s: %s, arrives %s, after %s\n"
            .formatted(
                query.sizeBytes() == 0 ? "best case" : PlanTable.amount(query.sizeBytes()),
                query.from(),
                query.to(),
                time(query.at(), floating),
                hops(route.hops().size()),
                time(route.arrival(), floating),
                TimeText.span(route.arrival().since(query.at()))));
    DtnTime here = query.at();
    int number = 0;
    for (Hop hop : route.hops()) {
      Contact contact = hop.contact();
      long waited = hop.firstByte().since(here);
      text.append(
          "  %d. %s > %s  %ssends %s to %s, light time %s s%s, there %s  (contact %s to %s, %s/s)\n"
              .formatted(
                  ++number,
                  contact.from(),
                  contact.to(),
                  waited > 0 ? "waits " + TimeText.span(waited) + ", " : "",
                  time(hop.firstByte(), floating),
                  time(hop.lastByte(), floating),
                  TimeText.seconds(contact.owltMillis()),
                  margin(query.margin().millisFor(contact.owltMillis())),
                  time(hop.arrival(), floating),
                  time(contact.start(), floating),
                  time(contact.end(), floating),
                  PlanTable.amount(contact.bytesPerSecond())));
      here = hop.arrival();
    }
    text.append(
        "  entry node %s, usable until %s, %s can take this way\n"
            .formatted(
                route.entryNode(),
                time(route.termination(), floating),
                PlanTable.amount(route.volumeLeft())));
    return text.toString();
  }

  private static String margin(long millis) {
    return millis == 0 ? "" : " and margin %s s".formatted(TimeText.seconds(millis));
  }

  /** One line on another route and what makes it worse than the best one. */
  public static String alternative(Route best, Route other, boolean floating) {
    String nodes =
        other.query().from()
            + other.hops().stream()
                .map(hop -> " > " + hop.contact().to())
                .collect(Collectors.joining());
    return "%s: %s\n".formatted(nodes, worse(best, other, floating));
  }

  private static String worse(Route best, Route other, boolean floating) {
    long later = other.arrival().since(best.arrival());
    if (later > 0) {
      return "arrives %s, %s later"
          .formatted(time(other.arrival(), floating), TimeText.span(later));
    }
    if (other.hops().size() > best.hops().size()) {
      return "arrives at the same time over " + hops(other.hops().size());
    }
    if (other.termination().isBefore(best.termination())) {
      return "arrives at the same time, but is usable until %s only"
          .formatted(time(other.termination(), floating));
    }
    return other.entryNode().equals(best.entryNode())
        ? "is as good"
        : "is as good, but its entry node %s is greater".formatted(other.entryNode());
  }

  /** One line on why the search found nothing. */
  public static String explainNone(ContactPlan plan, RouteQuery query, boolean floating) {
    String at = time(query.at(), floating);
    for (NodeNumber node : List.of(query.from(), query.to())) {
      if (!plan.knows(node)) {
        return "no route: the plan does not know node " + node;
      }
    }
    if (plan.end().map(end -> isOver(end, query)).orElse(true)) {
      return "no route: the plan is over at " + at;
    }
    if (plan.contactsFrom(query.from()).stream().allMatch(c -> isOver(c.end(), query))) {
      return "no route: node %s has no contact to send in after %s".formatted(query.from(), at);
    }
    if (plan.contactsTo(query.to()).stream().allMatch(c -> isOver(c.end(), query))) {
      return "no route: nobody can send to node %s after %s".formatted(query.to(), at);
    }
    if (query.sizeBytes() > 0) {
      Optional<Route> route = new EarliestArrival(plan).route(query.bestCase());
      if (route.isPresent()) {
        return "no route: no chain of contacts after %s carries %s at once (without size: %s, %s)"
            .formatted(
                at,
                PlanTable.amount(query.sizeBytes()),
                hops(route.get().hops().size()),
                time(route.get().arrival(), floating));
      }
    }
    return "no route: no chain of contacts leads from %s to %s after %s"
        .formatted(query.from(), query.to(), at);
  }

  private static boolean isOver(DtnTime end, RouteQuery query) {
    int order = end.compareTo(query.at());
    return query.contactEnd() == ContactEnd.CLOSED ? order < 0 : order <= 0;
  }

  private static String hops(int count) {
    return count == 1 ? "1 hop" : count + " hops";
  }

  static String time(DtnTime time, boolean floating) {
    return floating ? "+" + TimeText.seconds(time.millis()) : TimeText.iso(time);
  }
}
