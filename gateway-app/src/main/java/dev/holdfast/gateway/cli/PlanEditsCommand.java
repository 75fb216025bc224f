package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan edits}: what was changed by hand over the plan file. */
@Command(
    name = "edits",
    mixinStandardHelpOptions = true,
    header = "List the contacts a running gateway was told by hand, over its plan file.")
final class PlanEditsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(names = "--clear", description = "Forget them all: what the file says holds again.")
  private boolean clear;

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    if (clear) {
      PlanAnswer.tell(spec, gateway.client().send("DELETE", "/plan/edits", ""), json);
      return 0;
    }
    PrintWriter out = spec.commandLine().getOut();
    String answer = gateway.client().send("GET", "/plan/edits", "");
    if (json) {
      out.println(answer.strip());
    } else {
      list(answer, out);
    }
    out.flush();
    return 0;
  }

  private static void list(String answer, PrintWriter out) {
    List<JsonText.Value> edits =
        JsonText.read(answer).map(told -> told.objects("edits")).orElse(List.of());
    if (edits.isEmpty()) {
      out.println("no edits: the plan is as the file says");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("EDIT", "FROM", "TO", "START", "END", "BYTES/S", "LIGHT TIME"));
    for (JsonText.Value edit : edits) {
      boolean values = edit.text("end").isPresent();
      rows.add(
          List.of(
              edit.need("edit"),
              edit.need("from"),
              edit.need("to"),
              edit.need("start"),
              edit.text("end").orElse(""),
              values ? Long.toString(edit.number("bytes_per_second")) : "",
              values ? edit.number("light_time_ms") + " ms" : ""));
    }
    out.print(aligned(rows));
  }

  /** Rows with their columns in line. */
  static String aligned(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
