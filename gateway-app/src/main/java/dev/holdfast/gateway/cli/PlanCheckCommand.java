package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.format.PlanJson;
import dev.holdfast.contacts.format.PlanProblem;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan check}: every problem and warning of a plan. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    header = "Tell everything that is wrong with a plan, with line and column.",
    footer = {"", "Exit codes: 0 the plan is usable, perhaps with warnings; 2 it is not."})
final class PlanCheckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanInput input = new PlanInput();

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    PlanReading reading = input.read();
    if (json) {
      out.println(PlanJson.check(input.name(), reading));
    }
    return switch (reading) {
      case PlanReading.Parsed parsed -> {
        list(err, parsed.warnings(), parsed.warningCount(), "warning: ", "warnings");
        if (!json) {
          out.print(input.name() + ": " + parsed.format().label() + ", ");
          out.print(PlanTable.totals(parsed.plan(), parsed.floating()));
          out.print(PlanTable.ranges(parsed.plan()));
          out.flush();
        }
        yield 0;
      }
      case PlanReading.Refused refused -> {
        list(err, refused.problems(), refused.problemCount(), "", "problems");
        yield 2;
      }
    };
  }

  private void list(
      PrintWriter err, List<PlanProblem> listed, int count, String mark, String name) {
    for (PlanProblem problem : listed) {
      err.println(
          new PlanProblem(
              problem.file(),
              problem.line(),
              problem.column(),
              mark + problem.what(),
              problem.mend()));
    }
    if (count > listed.size()) {
      err.println(input.name() + ": and " + (count - listed.size()) + " more " + name);
    }
  }
}
