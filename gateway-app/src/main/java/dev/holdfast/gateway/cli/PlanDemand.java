package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.forecast.Demand;
import dev.holdfast.contacts.forecast.DemandFile;
import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.contacts.yaml.YamlException.Problem;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Traffic that is asked of a plan, from a file. */
final class PlanDemand {
  private PlanDemand() {}

  /** Reads it, or ends the command with everything that is wrong with it. */
  static Demand read(Path file, ContactPlan plan) {
    try {
      String text = PlanReads.text(file, DemandFile.MOST_CHARS);
      return DemandFile.read(file.toString(), text, plan);
    } catch (YamlException e) {
      throw CommandException.unusable(
          e.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }
  }
}
