package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.chart.Row.Lane;
import dev.holdfast.contacts.chart.Row.Pair;
import dev.holdfast.contacts.format.TimeText;
import dev.holdfast.contacts.route.Hop;
import dev.holdfast.contacts.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A picture as values: where everything is, before it is SVG or text.
 *
 * @param query what was asked
 * @param scale the window
 * @param rows the pairs in order: those of the route from sender to destination, then by number
 * @param legs the hops of the route
 * @param pairs how many pairs of the query have contacts in the window, drawn or not
 * @param contacts how many contacts these have
 */
record Chart(
    ChartQuery query, Scale scale, List<Row> rows, List<Leg> legs, int pairs, int contacts) {

  /** Keeps a page within a few megabytes, about 400 bytes of SVG each. */
  private static final int MOST_BARS = 8_000;

  Chart {
    rows = List.copyOf(rows);
    legs = List.copyOf(legs);
  }

  /** The picture at a width, in pixels or cells. */
  static Chart of(ChartQuery query, double width) {
    Scale scale = Scale.of(query, width);
    List<Pair> pairs = new ArrayList<>(pairs(query));
    List<Row> all = new ArrayList<>();
    int onRoute = query.route().map(route -> route.hops().size()).orElse(0);
    int found = 0;
    int contacts = 0;
    for (int i = 0; i < pairs.size(); i++) {
      Row row = row(query, scale, pairs.get(i), i < onRoute, 1);
      if (row.contacts() > 0 || row.onRoute()) {
        found++;
        contacts += row.contacts();
        if (all.size() < Math.max(query.mostRows(), onRoute)) {
          all.add(row);
        }
      }
    }
    return new Chart(query, scale, thinned(query, scale, all), legs(query), found, contacts);
  }

  /** Joins more and more until there are few enough bars. */
  private static List<Row> thinned(ChartQuery query, Scale scale, List<Row> rows) {
    List<Row> thin = rows;
    for (double least = 2;
        least < scale.width() && thin.stream().mapToInt(Row::bars).sum() > MOST_BARS;
        least *= 1.5) {
      double gap = least;
      thin = rows.stream().map(r -> row(query, scale, r.pair(), r.onRoute(), gap)).toList();
    }
    return thin;
  }

  private static Set<Pair> pairs(ChartQuery query) {
    Set<Pair> ordered = new LinkedHashSet<>();
    Set<Pair> taken = new TreeSet<>();
    query
        .route()
        .ifPresent(
            route -> {
              for (Hop hop : route.hops()) {
                ordered.add(Pair.from(hop.contact()));
                taken.add(Pair.of(hop.contact().from(), hop.contact().to()));
              }
            });
    Set<Pair> others = new TreeSet<>();
    ContactPlan plan = query.plan();
    for (NodeNumber from : plan.nodes()) {
      for (NodeNumber to : plan.neighbours(from)) {
        Pair pair = Pair.of(from, to);
        if (pair.isOf(query.nodes()) && !taken.contains(pair)) {
          others.add(pair);
        }
      }
    }
    ordered.addAll(others);
    return ordered;
  }

  private static Row row(ChartQuery query, Scale scale, Pair pair, boolean onRoute, double least) {
    List<Lane> lanes = new ArrayList<>();
    for (Pair way : List.of(pair, pair.reversed())) {
      List<Contact> contacts =
          query.plan().contactsBetween(way.one(), way.other()).stream()
              .filter(scale::touches)
              .toList();
      if (!contacts.isEmpty()) {
        lanes.add(
            new Lane(way.one(), way.other(), contacts, Bar.of(scale, contacts, query, least)));
      }
    }
    return new Row(pair, lanes, onRoute);
  }

  private static List<Leg> legs(ChartQuery query) {
    List<Leg> legs = new ArrayList<>();
    if (query.route().isPresent()) {
      Route route = query.route().get();
      DtnTime ready = route.query().at();
      for (Hop hop : route.hops()) {
        legs.add(new Leg(legs.size(), ready, hop));
        ready = hop.arrival();
      }
    }
    return legs;
  }

  int drawnContacts() {
    return rows.stream().mapToInt(Row::contacts).sum();
  }

  int joined() {
    int joined = 0;
    for (Row row : rows) {
      for (Lane lane : row.lanes()) {
        joined += lane.bars().stream().filter(bar -> bar.count() > 1).mapToInt(Bar::count).sum();
      }
    }
    return joined;
  }

  /** Whether some pairs had no room. */
  boolean isCut() {
    return rows.size() < pairs;
  }

  /** From when to when, and how much is there. */
  String summary() {
    int drawn = drawnContacts();
    String window = "%s to %s (%s)".formatted(time(scale.from()), time(scale.until()), span());
    String what =
        "%s %s of %s %s"
            .formatted(
                grouped(contacts),
                contacts == 1 ? "contact" : "contacts",
                grouped(pairs),
                pairs == 1 ? "pair" : "pairs");
    if (!isCut()) {
      return what + ", " + window;
    }
    return "%s, %s drawn, of the first %s; %s"
        .formatted(what, grouped(drawn), grouped(rows.size()) + " pairs", window);
  }

  private String span() {
    long millis = scale.millis();
    long year = 31_557_600_000L;
    return millis < 2 * year
        ? TimeText.span(millis)
        : String.format(Locale.ROOT, "%.1f years", (double) millis / year);
  }

  String time(long millis) {
    return query.floating() ? "+" + TimeText.seconds(millis) : TimeText.iso(new DtnTime(millis));
  }

  String node(NodeNumber node) {
    return query.plan().facts().name(node).map(name -> name + " " + node).orElse(node.toString());
  }

  static String grouped(int number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
