package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.format.DiffJson;
import dev.holdfast.contacts.format.DiffText;
import dev.holdfast.contacts.format.PlanComparison;
import dev.holdfast.contacts.format.PlanReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast plan diff}: what a new plan says otherwise than an old one. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    header = "Tell what differs between two plans, whatever their formats.",
    description = {
      "",
      "A contact is known again by sender, receiver and start; one whose start moved, by overlapping"
          + " what it was."
    },
    footer = {"", "Exit codes: 0 compared, equal or not; 2 unusable arguments or input."})
final class PlanDiffCommand implements Callable<Integer> {
  private static final int LINES = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "OLD", description = "The plan before.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "NEW", description = "The plan after.")
  private Path after = Path.of("");

  @Mixin private PlanReads reads = new PlanReads();

  @Option(names = "--all", description = "List everything (default: 20 lines of each kind).")
  private boolean all;

  @Option(names = "--json", description = "One JSON document with everything.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Optional<PlanReading.Parsed> old = reads.plan(before, Optional.empty(), err);
    Optional<PlanReading.Parsed> now = reads.plan(after, Optional.empty(), err);
    if (old.isEmpty() || now.isEmpty()) {
      return 2;
    }
    boolean floating = old.get().floating();
    if (floating != now.get().floating()) {
      throw CommandException.unusable(
          "%s counts from an epoch that is not known, the other plan does not; say --epoch"
              .formatted(floating ? before : after));
    }
    PlanComparison compared = PlanComparison.of(old.get().plan(), now.get().plan());
    if (json) {
      out.println(DiffJson.of(compared, floating, reads.zero()));
    } else {
      out.print(DiffText.of(compared, floating, all ? Integer.MAX_VALUE : LINES));
    }
    out.flush();
    return 0;
  }
}
