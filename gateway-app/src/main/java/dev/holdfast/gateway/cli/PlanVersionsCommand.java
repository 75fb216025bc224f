package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast plan versions}: the plans that were in force. */
@Command(
    name = "versions",
    mixinStandardHelpOptions = true,
    header = "List the plans a running gateway kept, print one, or go back to it.",
    description = {
      "",
      "Going back forgets the edits of single contacts, and holds until the plan file is read"
          + " again by a reload."
    })
final class PlanVersionsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private GatewayOption gateway = new GatewayOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "N",
      description = "Print this version as a plan file (default: list all).")
  private @Nullable Long version;

  @Option(names = "--activate", description = "Put version N in force again.")
  private boolean activate;

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (version == null) {
      if (activate) {
        throw CommandException.unusable("--activate: say which version, such as 12");
      }
      String answer = gateway.client().send("GET", "/plan/versions", "");
      if (json) {
        out.println(answer.strip());
      } else {
        list(answer, out);
      }
    } else if (activate) {
      String path = "/plan/versions/" + version + "/activate";
      PlanAnswer.tell(spec, gateway.client().send("POST", path, ""), json);
    } else {
      String answer = gateway.client().send("GET", "/plan/versions/" + version, "");
      out.print(
          json ? answer : JsonText.read(answer).map(told -> told.need("plan")).orElse(answer));
    }
    out.flush();
    return 0;
  }

  private static void list(String answer, PrintWriter out) {
    List<JsonText.Value> versions =
        JsonText.read(answer).map(told -> told.objects("versions")).orElse(List.of());
    if (versions.isEmpty()) {
      out.println("no plan was in force yet");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VERSION", "IN FORCE SINCE", "CONTACTS", "DIFFERENCE", "FROM"));
    for (JsonText.Value version : versions) {
      rows.add(
          List.of(
              version.number("version") + (version.flag("in_force") ? " *" : ""),
              version.need("since"),
              Long.toString(version.number("contacts")),
              version.need("difference"),
              version.need("source")));
    }
    out.print(PlanEditsCommand.aligned(rows));
  }
}
