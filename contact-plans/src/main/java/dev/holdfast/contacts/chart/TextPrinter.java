package dev.holdfast.contacts.chart;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.chart.Row.Lane;
import java.util.List;

/** A picture as lines of characters. */
final class TextPrinter {
  private static final int LEAST_PLOT = 20;
  private static final int TICKS_APART = 12;
  private static final int USED = 7;
  private static final String HOP = "  hop ";

  /** Empty, then open for more and more of the time that a cell stands for. */
  private static final String SHADES = " ░▒▓█";

  private static final String ASCII_SHADES = " .-=#";

  private final Chart chart;
  private final TextStyle style;
  private final int label;
  private final int cells;
  private final StringBuilder text = new StringBuilder();

  private TextPrinter(Chart chart, TextStyle style, int label) {
    this.chart = chart;
    this.style = style;
    this.label = label;
    this.cells = (int) chart.scale().width();
  }

  /**
   * The lines.
   *
   * @param query what is to be seen
   * @param style how it looks
   * @param words lines below the picture, such as the route told
   */
  static Drawing print(ChartQuery query, TextStyle style, String words) {
    int longest =
        Chart.of(query, 1).rows().stream()
            .flatMap(row -> row.lanes().stream())
            .mapToInt(lane -> label(query, lane, "<>").length())
            .max()
            .orElse(8);
    int used = query.used().isEmpty() ? 0 : USED;
    int hops = query.route().isEmpty() ? 0 : HOP.length() + 2;
    int label = Math.min(Math.max(longest, hops), style.columns() - used - 1 - LEAST_PLOT);
    Chart chart = Chart.of(query, style.columns() - used - label - 1);
    TextPrinter printer = new TextPrinter(chart, style, label);
    printer.print(words);
    return Drawing.of(printer.text.toString(), chart);
  }

  private void print(String words) {
    String utc = chart.query().floating() ? "" : ", UTC";
    Wrapped.lines(chart.query().title() + ": " + chart.summary() + utc, style.columns())
        .forEach(line -> text.append(line).append('\n'));
    axis();
    for (int i = 0; i < chart.rows().size(); i++) {
      Row row = chart.rows().get(i);
      lanes(row);
      if (i < chart.legs().size()) {
        leg(chart.legs().get(i));
      }
    }
    if (chart.rows().isEmpty()) {
      text.append("no contact in this window\n");
    }
    Wrapped.lines(words, style.columns()).forEach(line -> text.append(line).append('\n'));
  }

  private static String label(ChartQuery query, Lane lane, String arrow) {
    String from = query.plan().facts().name(lane.from()).map(n -> n + " ").orElse("");
    String to = query.plan().facts().name(lane.to()).map(n -> n + " ").orElse("");
    return from + lane.from() + " " + arrow + " " + to + lane.to();
  }

  private void axis() {
    Axis axis = Axis.of(chart.scale(), TICKS_APART, chart.query().floating());
    TextLine eras = new TextLine(cells);
    axis.eras().forEach(era -> eras.put(cell(era.millis()), era.label()));
    TextLine labels = new TextLine(cells);
    TextLine marks = new TextLine(cells);
    marks.fill(0, cells, style.ascii() ? '-' : '─');
    for (Axis.Tick tick : axis.ticks()) {
      labels.put(cell(tick.millis()), tick.label());
      marks.set(cell(tick.millis()), style.ascii() ? '+' : '┬');
    }
    if (!axis.eras().isEmpty()) {
      line("", "2", eras, "");
    }
    chart
        .query()
        .now()
        .filter(chart.scale()::holds)
        .ifPresent(
            now -> {
              int at = cell(now.millis());
              marks.set(at, style.ascii() ? 'v' : '▼');
              labels.over(at, "now");
            });
    line("", "2", labels, "");
    line("", "2", marks, chart.query().used().isEmpty() ? "" : "  used");
  }

  private int cell(long millis) {
    return Math.min(cells - 1, (int) chart.scale().x(millis));
  }

  private void lanes(Row row) {
    List<TextLine> lines = row.lanes().stream().map(this::cells).toList();
    boolean alike =
        lines.size() == 2
            && chart.query().used().isEmpty()
            && lines.getFirst().toString().equals(lines.getLast().toString());
    for (int i = 0; i < (alike ? 1 : lines.size()); i++) {
      Lane lane = row.lanes().get(i);
      String name = label(chart.query(), lane, alike ? "<>" : ">");
      line(name, "36", lines.get(i), used(lane));
    }
  }

  private TextLine cells(Lane lane) {
    TextLine line = new TextLine(cells);
    now(line);
    double[] open = new double[cells];
    for (Contact contact : lane.contacts()) {
      double begin = chart.scale().x(contact.start());
      double end = chart.scale().x(contact.end());
      for (int i = (int) begin; i < cells && i < end; i++) {
        open[i] += Math.min(end, i + 1) - Math.max(begin, i);
      }
    }
    String shades = style.ascii() ? ASCII_SHADES : SHADES;
    for (int i = 0; i < cells; i++) {
      if (open[i] > 0) {
        line.set(i, shades.charAt(1 + (int) Math.min(3, open[i] * 3.2)));
      }
    }
    return line;
  }

  private String used(Lane lane) {
    long used = lane.bars().stream().mapToLong(Bar::used).reduce(0, Bar::sum);
    long volume = lane.bars().stream().mapToLong(Bar::volume).reduce(0, Bar::sum);
    return used == 0 ? "" : "  " + SvgPrinter.percent((double) used / volume);
  }

  private void now(TextLine line) {
    chart
        .query()
        .now()
        .filter(chart.scale()::holds)
        .ifPresent(now -> line.set(cell(now.millis()), style.ascii() ? '|' : '│'));
  }

  /** Waits, sends, and travels at the speed of light. */
  private void leg(Leg leg) {
    TextLine line = new TextLine(cells);
    now(line);
    DtnTime first = leg.hop().firstByte();
    DtnTime last = leg.hop().lastByte();
    DtnTime arrival = leg.hop().arrival();
    span(line, leg.ready(), first, style.ascii() ? '.' : '·');
    span(line, last, arrival, style.ascii() ? '~' : '╌');
    if (chart.scale().holds(first) || chart.scale().holds(last)) {
      line.fill(cell(first.millis()), cell(last.millis()) + 1, style.ascii() ? '=' : '━');
    }
    boolean end = leg.row() + 1 == chart.legs().size();
    if (chart.scale().holds(arrival)) {
      line.set(
          cell(arrival.millis()), end ? (style.ascii() ? '*' : '●') : style.ascii() ? '\\' : '╲');
    }
    line(HOP + (leg.row() + 1), "33;1", line, "");
  }

  private void span(TextLine line, DtnTime from, DtnTime to, char mark) {
    if (from.isBefore(to)
        && to.millis() >= chart.scale().from()
        && from.millis() <= chart.scale().until()) {
      line.fill(cell(from.millis()), cell(to.millis()), mark);
    }
  }

  private void line(String name, String colour, TextLine line, String tail) {
    String shown =
        name.length() > label
            ? name.substring(0, label - 1) + (style.ascii() ? "~" : "…")
            : name + " ".repeat(label - name.length());
    String drawn = tail.isEmpty() ? line.toString().stripTrailing() : line.toString();
    String plot = style.colour() ? "\033[" + colour + "m" + drawn + "\033[0m" : drawn;
    text.append((shown + " " + plot + tail).stripTrailing()).append('\n');
  }
}
