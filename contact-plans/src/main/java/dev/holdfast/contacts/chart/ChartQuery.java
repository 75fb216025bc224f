package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.route.Route;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be seen of a plan.
 *
 * @param title what it is called, such as the name of its file
 * @param plan the plan
 * @param floating whether its times count from an unnamed zero: then they are shown as {@code +n}
 * @param nodes only pairs with one of these; empty for all
 * @param from left end; empty: the plan's start, or a little before the route
 * @param until right end; empty: the plan's end, or a little after the route
 * @param now where the line of the present stands, if there is to be one
 * @param routes the route to highlight and then others to tell of; empty for none
 * @param used bytes that are taken of contacts; others are empty
 * @param mostRows how many pairs to draw at most, 1..{@link #MOST_ROWS}
 */
public record ChartQuery(
    String title,
    ContactPlan plan,
    boolean floating,
    List<NodeNumber> nodes,
    Optional<DtnTime> from,
    Optional<DtnTime> until,
    Optional<DtnTime> now,
    List<Route> routes,
    SortedMap<Contact, Long> used,
    int mostRows) {
  /** No picture has more rows: a page of 1,000 is as long as thirty of A4. */
  public static final int MOST_ROWS = 1_000;

  /** Keeps its own copies and checks the window and the number of rows. */
  public ChartQuery {
    nodes = List.copyOf(nodes);
    routes = List.copyOf(routes);
    used = Collections.unmodifiableSortedMap(new TreeMap<>(used));
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw new IllegalArgumentException("the window ends before it starts");
    }
    if (mostRows < 1 || mostRows > MOST_ROWS) {
      throw new IllegalArgumentException("1 to " + MOST_ROWS + " rows, not " + mostRows);
    }
  }

  /** The whole of a plan. */
  public static ChartQuery of(String title, ContactPlan plan, boolean floating, int mostRows) {
    return new ChartQuery(
        title,
        plan,
        floating,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new TreeMap<>(),
        mostRows);
  }

  /** The route that is highlighted. */
  Optional<Route> route() {
    return routes.stream().findFirst();
  }
}
