package dev.holdfast.contacts.chart;

import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteText;
import java.util.List;

/** Contact plans drawn as timelines. */
public final class Gantt {
  /** As wide as the SVG's plot may be, where bars are told as JSON. */
  private static final double JSON_WIDTH = 1_000;

  private Gantt() {}

  /** As an SVG document of its own. */
  public static Drawing svg(ChartQuery query) {
    return SvgPrinter.print(query, words(query));
  }

  /** As lines for a terminal. */
  public static Drawing text(ChartQuery query, TextStyle style) {
    return TextPrinter.print(query, style, words(query));
  }

  /** The layout as one JSON document: the window, rows, bars and the route. */
  public static Drawing json(ChartQuery query) {
    Chart chart = Chart.of(query, JSON_WIDTH);
    return Drawing.of(ChartJson.of(chart), chart);
  }

  /** The route told, and what the others lack. */
  private static String words(ChartQuery query) {
    if (query.route().isEmpty()) {
      return "";
    }
    Route best = query.route().get();
    StringBuilder text = new StringBuilder(RouteText.explain(best, query.floating()));
    List<Route> others = query.routes().subList(1, query.routes().size());
    for (Route other : others) {
      text.append("  next best: ").append(RouteText.alternative(best, other, query.floating()));
    }
    return text.toString();
  }
}
