package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.chart.ChartQuery;
import dev.holdfast.contacts.chart.Drawing;
import dev.holdfast.contacts.chart.Gantt;
import dev.holdfast.contacts.chart.TextStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan gantt}: a plan as a picture. */
@Command(
    name = "gantt",
    mixinStandardHelpOptions = true,
    header = "Draw a plan as a timeline: on the terminal, or as SVG.",
    description = {
      "",
      "A row for each pair of nodes, a bar for each contact. With --route the way of a bundle is"
          + " drawn over it: its rows come first, from sender to destination, and unless --from or"
          + " --until is given the window is that of the route. Several files are drawn as one"
          + " plan.",
      "",
      "Nodes are numbers, or names where the plan has them. On the terminal a cell is darker the"
          + " longer it is open; A <> B stands for both directions where they are open at the same"
          + " times."
    },
    footer = {"", "Exit codes: 0 done; 1 there is no such route; 2 unusable arguments or input."})
final class PlanGanttCommand implements Callable<Integer> {
  private static final int TERMINAL_ROWS = 60;
  private static final int SVG_ROWS = 200;
  private static final int DEFAULT_COLUMNS = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanView view = new PlanView();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE.svg",
      description = "Write an SVG document to this file (default: draw on the terminal).")
  private @Nullable Path out;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Draw at most so many pairs (default: 60 on the terminal, 200 in SVG).")
  private @Nullable Integer rows;

  @Option(names = "--ascii", description = "Draw with ASCII characters only.")
  private boolean ascii;

  @Option(
      names = "--json",
      description = "One JSON document: with --out what was drawn, else the picture as data.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    int most = rows == null ? (out == null ? TERMINAL_ROWS : SVG_ROWS) : rows;
    if (most < 1 || most > ChartQuery.MOST_ROWS) {
      throw CommandException.unusable(
          "--rows: " + most + " is not between 1 and " + ChartQuery.MOST_ROWS);
    }
    Optional<ChartQuery> query = view.query(most, err);
    if (query.isEmpty()) {
      return view.exitCode();
    }
    draw(query.get());
    return 0;
  }

  private void draw(ChartQuery query) {
    PrintWriter screen = spec.commandLine().getOut();
    if (out != null) {
      Drawing drawing = Gantt.svg(query);
      write(out, drawing.text());
      screen.println(json ? document(out, drawing) : out + ": " + drawing.summary());
      tell(drawing);
    } else if (json) {
      screen.println(Gantt.json(query).text());
    } else {
      Drawing drawing = Gantt.text(query, style());
      screen.print(drawing.text());
      screen.flush();
      tell(drawing);
    }
    screen.flush();
  }

  private void tell(Drawing drawing) {
    if (drawing.isCut()) {
      spec.commandLine()
          .getErr()
          .println(
              "%,d contacts, %,d drawn; narrow with --node or --from/--until, or draw more with --rows"
                  .formatted(drawing.contacts(), drawing.drawn()));
    }
  }

  private TextStyle style() {
    String columns = Optional.ofNullable(System.getenv("COLUMNS")).orElse("");
    boolean known = columns.matches("[0-9]{1,4}");
    int width =
        known ? Integer.parseInt(columns) : Integer.getInteger("holdfast.columns", DEFAULT_COLUMNS);
    boolean plain = ascii || !System.getProperty("stdout.encoding", "UTF-8").startsWith("UTF");
    return new TextStyle(width, Boolean.getBoolean("picocli.ansi"), plain);
  }

  private static String document(Path file, Drawing drawing) {
    return JsonText.line(
        json -> {
          json.writeStringProperty("out", file.toString());
          json.writeNumberProperty("contact_count", drawing.contacts());
          json.writeNumberProperty("drawn_count", drawing.drawn());
          json.writeNumberProperty("joined_count", drawing.joined());
          json.writeNumberProperty("pair_count", drawing.pairs());
          json.writeNumberProperty("row_count", drawing.rows());
        });
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw CommandException.failed(
          file + ": cannot be written: " + e.getMessage() + "; name another file");
    }
  }
}
