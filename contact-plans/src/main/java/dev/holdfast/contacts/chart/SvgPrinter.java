package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.chart.Row.Lane;
import dev.holdfast.contacts.chart.Row.Pair;
import dev.holdfast.contacts.format.PlanTable;
import dev.holdfast.contacts.format.TimeText;
import java.util.List;
import java.util.Locale;

/**
 * A picture as one SVG document: no scripts, nothing from elsewhere, a tooltip on each bar, colours
 * by day and by night.
 */
final class SvgPrinter {
  private static final double WIDTH = 1_240;
  private static final double MARGIN = 20;
  private static final double ROW = 24;
  private static final double CHARACTER = 6.7;
  private static final int LONGEST_LABEL = 40;
  private static final double TICKS_APART = 76;
  private static final int WORDS_WIDTH = 168;
  private static final double LINE = 17;
  private static final double LEAST_BAR = 1.6;

  private final Chart chart;
  private final List<String> words;
  private final double left;
  private final double top;
  private final Svg svg = new Svg();

  private SvgPrinter(Chart chart, List<String> words, double left) {
    this.chart = chart;
    this.words = words;
    this.left = left;
    this.top = chart.query().floating() ? 88 : 104;
  }

  /**
   * The document.
   *
   * @param query what is to be seen
   * @param words lines below the picture, such as the route told
   */
  static Drawing print(ChartQuery query, String words) {
    double left = MARGIN + gutter(query);
    Chart chart = Chart.of(query, WIDTH - MARGIN - left);
    SvgPrinter printer = new SvgPrinter(chart, Wrapped.lines(words, WORDS_WIDTH), left);
    return Drawing.of(printer.document(), chart);
  }

  private static double gutter(ChartQuery query) {
    int longest = 8;
    for (NodeNumber node : query.plan().nodes()) {
      int length = node.toString().length();
      length += query.plan().facts().name(node).map(name -> name.length() + 1).orElse(0);
      longest = Math.max(longest, 2 * length + 3);
    }
    return Math.min(longest, LONGEST_LABEL) * CHARACTER + 12;
  }

  private String document() {
    double bottom = top + chart.rows().size() * ROW;
    // The word "now" stands between the labels of the ticks and the key.
    double key = bottom + (chart.query().now().filter(chart.scale()::holds).isPresent() ? 48 : 34);
    double end = key + 22 + words.size() * LINE + (words.isEmpty() ? 0 : 12);
    String size = "width=\"%s\" height=\"%s\"".formatted(Svg.number(WIDTH), Svg.number(end));
    svg.raw(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" "
            + size
            + " viewBox=\"0 0 %s %s\" role=\"img\" aria-labelledby=\"title desc\">"
                .formatted(Svg.number(WIDTH), Svg.number(end)));
    String title = chart.query().title();
    svg.raw("<title id=\"title\">Contact plan " + Svg.escaped(title) + "</title>");
    svg.raw("<desc id=\"desc\">" + Svg.escaped(description()) + "</desc>");
    svg.raw(SvgStyle.CSS.strip());
    svg.box("bg", 0, 0, WIDTH, end);
    svg.text("h", MARGIN, 30, "start", title);
    svg.text("m", MARGIN, 50, "start", chart.summary() + (chart.query().floating() ? "" : ", UTC"));
    grid(bottom);
    for (int i = 0; i < chart.rows().size(); i++) {
      row(chart.rows().get(i), top + i * ROW);
    }
    chart.legs().forEach(this::leg);
    now(bottom);
    key(key);
    for (int i = 0; i < words.size(); i++) {
      svg.text("w", MARGIN, key + 34 + i * LINE, "start", words.get(i));
    }
    return svg.raw("</svg>").toString();
  }

  private String description() {
    StringBuilder text = new StringBuilder("A timeline of ").append(chart.summary());
    chart
        .query()
        .route()
        .ifPresent(
            route ->
                text.append(". Highlighted: a bundle from ")
                    .append(chart.node(route.query().from()))
                    .append(" to ")
                    .append(chart.node(route.query().to()))
                    .append(", there ")
                    .append(chart.time(route.arrival().millis())));
    return text.append('.').toString();
  }

  private double x(long millis) {
    return left + chart.scale().x(millis);
  }

  private double x(DtnTime time) {
    return x(time.millis());
  }

  private void grid(double bottom) {
    for (int i = 0; i < chart.rows().size(); i++) {
      if (chart.rows().get(i).onRoute() || i % 2 == 0) {
        String css = chart.rows().get(i).onRoute() ? "rz" : "z";
        svg.box(css, MARGIN - 8, top + i * ROW, WIDTH - 2 * MARGIN + 16, ROW);
      }
    }
    Axis axis = Axis.of(chart.scale(), TICKS_APART, chart.query().floating());
    for (Axis.Tick tick : axis.ticks()) {
      svg.line("g", x(tick.millis()), top - 6, x(tick.millis()), bottom + 6);
      svg.text("s", x(tick.millis()), top - 12, "middle", tick.label());
      svg.text("s", x(tick.millis()), bottom + 18, "middle", tick.label());
    }
    for (Axis.Tick era : axis.eras()) {
      double x = x(era.millis());
      svg.line("ge", x, top - 42, x, bottom + 6);
      svg.text("e", x + 4, top - 32, "start", era.label());
    }
    svg.line("ax", left, top, WIDTH - MARGIN, top);
    svg.line("ax", left, bottom, WIDTH - MARGIN, bottom);
  }

  private void row(Row row, double y) {
    Pair pair = row.pair();
    boolean both = row.lanes().size() == 2;
    boolean back = !both && row.lanes().stream().anyMatch(l -> !l.from().equals(pair.one()));
    String arrow = both ? " ⇄ " : back ? " ← " : " → ";
    String label = chart.node(pair.one()) + arrow + chart.node(pair.other());
    String shown =
        label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL - 1) + "…" : label;
    svg.text("r", left - 10, y + ROW / 2 + 4, "end", shown);
    for (Lane lane : row.lanes()) {
      boolean forth = lane.from().equals(pair.one());
      double height = both ? 9 : 14;
      double laneY = both ? (forth ? y + 2.5 : y + 12.5) : y + 5;
      lane.bars().forEach(bar -> bar(lane, bar, forth, laneY, height));
    }
  }

  private void bar(Lane lane, Bar bar, boolean forth, double y, double height) {
    double begin = x(bar.first().start());
    double width = Math.max(LEAST_BAR, x(bar.last().end()) - begin - 0.6);
    begin = Math.min(begin, WIDTH - MARGIN - width);
    String css = forth ? "f" : "b";
    boolean single = bar.count() == 1;
    if (single && bar.first().confidence() < 1) {
      css += " p";
    }
    double opacity = single ? 1 : 0.35 + 0.65 * bar.density();
    svg.box(css, new Svg.Box(begin, y, width, height), opacity, title(lane, bar));
    if (bar.used() > 0) {
      double used = Math.max(1, width * bar.usedPart());
      svg.box(forth ? "fu" : "bu", begin, y + height - 3, used, 3);
    }
  }

  private String title(Lane lane, Bar bar) {
    Contact first = bar.first();
    StringBuilder text = new StringBuilder();
    text.append(chart.node(lane.from())).append(" → ").append(chart.node(lane.to())).append('\n');
    text.append(chart.time(first.start().millis()))
        .append(" to ")
        .append(chart.time(bar.last().end().millis()));
    if (bar.count() == 1) {
      text.append(" (").append(TimeText.span(first.durationMillis())).append(")\n");
      text.append(PlanTable.amount(first.bytesPerSecond())).append("/s, light time ");
      text.append(TimeText.seconds(first.owltMillis())).append(" s");
      if (first.confidence() < 1) {
        text.append(", confidence ").append(first.confidence());
      }
    } else {
      text.append('\n').append(Chart.grouped(bar.count())).append(" contacts, open ");
      text.append(TimeText.span(bar.openMillis())).append(" in all, ");
      text.append(percent(bar.density())).append(" of the time");
    }
    text.append("\nvolume ").append(PlanTable.amount(bar.volume()));
    text.append(", used ").append(PlanTable.amount(bar.used()));
    return bar.used() == 0 ? text.toString() : text + " (" + percent(bar.usedPart()) + ")";
  }

  static String percent(double part) {
    double hundredth = 100 * part;
    return hundredth > 0 && hundredth < 1
        ? "< 1 %"
        : String.format(Locale.ROOT, "%.0f %%", hundredth);
  }

  private void leg(Leg leg) {
    double y = laneY(leg.row()) + laneHeight(leg.row()) / 2;
    DtnTime first = leg.hop().firstByte();
    DtnTime last = leg.hop().lastByte();
    if (first.isAfter(leg.ready())) {
      svg.line("wt", x(leg.ready()), y, x(first), y);
    }
    boolean end = leg.row() + 1 == chart.legs().size();
    double next =
        end
            ? top + leg.row() * ROW + ROW - 2
            : laneY(leg.row() + 1) + laneHeight(leg.row() + 1) / 2;
    if (chart.scale().holds(last) || chart.scale().holds(leg.hop().arrival())) {
      svg.line("lt", x(last), y, x(leg.hop().arrival()), next);
    }
    if (chart.scale().holds(first) || chart.scale().holds(last)) {
      String title =
          "hop %d: %s → %s\nsends %s to %s\nthere %s"
              .formatted(
                  leg.row() + 1,
                  chart.node(leg.hop().contact().from()),
                  chart.node(leg.hop().contact().to()),
                  chart.time(first.millis()),
                  chart.time(last.millis()),
                  chart.time(leg.hop().arrival().millis()));
      double width = Math.max(2.5, x(last) - x(first));
      svg.box("t", new Svg.Box(x(first), y - 3, width, 6), 1, title);
    }
    if (leg.row() == 0 && chart.scale().holds(leg.ready())) {
      svg.dot("t", x(leg.ready()), y, 3.5);
    }
    if (end && chart.scale().holds(leg.hop().arrival())) {
      svg.dot("t", x(leg.hop().arrival()), next, 4);
    }
  }

  /** Where the upper lane of a row is; the sender of a route's row is always there. */
  private double laneY(int row) {
    return top + row * ROW + (chart.rows().get(row).lanes().size() == 2 ? 2.5 : 5);
  }

  private double laneHeight(int row) {
    return chart.rows().get(row).lanes().size() == 2 ? 9 : 14;
  }

  private void now(double bottom) {
    if (chart.query().now().filter(chart.scale()::holds).isEmpty()) {
      return;
    }
    double x = x(chart.query().now().get());
    svg.line("n", x, top - 6, x, bottom + 24);
    svg.text("nt", x, bottom + 34, "middle", "now");
  }

  /** The key: only what occurs in the picture. */
  private void key(double y) {
    double x = MARGIN;
    List<Lane> lanes = chart.rows().stream().flatMap(row -> row.lanes().stream()).toList();
    if (lanes.isEmpty()) {
      svg.text("m", MARGIN, y + 10, "start", "no contact in this window");
      return;
    }
    boolean both = chart.rows().stream().anyMatch(row -> row.lanes().size() == 2);
    x = swatch("f", x, y, both ? "contact → (upper)" : "contact");
    if (both) {
      x = swatch("b", x, y, "contact ← (lower)");
    }
    if (chart.joined() > 0) {
      svg.box("f", new Svg.Box(x, y, 14, 10), 0.5, "joined");
      x =
          words(
              x,
              y,
              "%s contacts joined, paler where open less".formatted(Chart.grouped(chart.joined())));
    }
    if (lanes.stream().flatMap(l -> l.bars().stream()).anyMatch(b -> b.first().confidence() < 1)) {
      x = swatch("f p", x, y, "not certain");
    }
    if (!chart.query().used().isEmpty()) {
      svg.box("f", x, y, 14, 10);
      svg.box("fu", x, y + 7, 8, 3);
      x = words(x, y, "volume used");
    }
    if (!chart.legs().isEmpty()) {
      svg.line("wt", x, y + 5, x + 14, y + 5);
      x = words(x, y, "route: waits");
      svg.box("t", x, y + 1.5, 14, 7);
      x = words(x, y, "sends");
      svg.line("lt", x + 1, y, x + 12, y + 10);
      double _ = words(x, y, "light time");
    }
  }

  private double swatch(String css, double x, double y, String text) {
    svg.box(css, x, y, 14, 10);
    return words(x, y, text);
  }

  private double words(double x, double y, String text) {
    svg.text("m", x + 20, y + 10, "start", text);
    return x + 20 + text.length() * CHARACTER + 22;
  }
}
