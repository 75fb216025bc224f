package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** What a gateway answers when its plan is to change. */
final class PlanAnswer {
  private PlanAnswer() {}

  static void tell(CommandSpec spec, String answer, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.strip());
      return;
    }
    JsonText.Value told =
        JsonText.read(answer)
            .orElseThrow(
                () -> CommandException.failed("this is no answer of a gateway: " + answer));
    out.println(
        "plan version %d is in force: %s"
            .formatted(told.number("version"), told.need("difference")));
    told.texts("warnings").forEach(spec.commandLine().getErr()::println);
  }
}
