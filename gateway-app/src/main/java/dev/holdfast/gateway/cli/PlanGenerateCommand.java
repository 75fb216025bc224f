package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.PlanLimits;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast plan generate}: a plan from orbits. The work is {@link PlanGeneration}'s, so that
 * other commands, which know of this one, load nothing of it.
 */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    header = "Generate a plan from stations, satellites and planets.",
    description = {
      "",
      "The scenario says which stations, satellites, relays and planets there are, and who may talk"
          + " with whom; contact-plans/docs/orbits.md says how to write it and how exact the plan"
          + " is. The same scenario gives the same plan, byte for byte.",
      "",
      "In formats with comments the plan begins with what it came from: the scenario's hash, the"
          + " models, the nodes' names.",
    },
    footer = {"", "Exit codes: 0 done; 1 the plan cannot be written; 2 the scenario is unusable."})
final class PlanGenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SCENARIO", description = "What to generate from, YAML.")
  private Path file = Path.of("");

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "ion",
      description = "The plan's format, as of plan convert (default: ${DEFAULT-VALUE}).")
  private String to = "ion";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Write the plan to this file (default: standard output).")
  private @Nullable Path output;

  @Option(
      names = "--max-contacts",
      paramLabel = "N",
      description =
          "Refuse a plan with more contacts (default: ${DEFAULT-VALUE}, what a gateway reads). A"
              + " million need HOLDFAST_OPTS=-Xmx2g.")
  private int maxContacts = PlanLimits.DEFAULT.contacts();

  @Option(
      names = "--json",
      description =
          "One JSON document on standard output: counts, time in contact and longest gap of each"
              + " pair. The plan is written only to --output.")
  private boolean json;

  @Override
  public Integer call() {
    if (maxContacts < 1) {
      throw CommandException.unusable(
          "--max-contacts: " + maxContacts + " is out of range; write 1 or more");
    }
    new PlanGeneration(file, PlanReads.planFormat("--to", to), maxContacts)
        .run(output, json, spec.commandLine().getOut(), spec.commandLine().getErr());
    return 0;
  }
}
