package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanJson;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.Printed;
import dev.holdfast.contacts.format.TimeStyle;
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

/** {@code holdfast plan convert}: a plan in another format. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    header = "Write a plan in another format.",
    description = {
      "",
      "Times are written as dates in ion and yaml, as seconds since 2000 in ud3tn and as Unix seconds in the"
          + " others. A plan whose times count from an epoch it does not name keeps them so. With"
          + " --relative they are seconds after --epoch.",
      "",
      "What the other format cannot say is left out or rounded to the safe side (windows inward,"
          + " light times up) and told on standard error, a line for each kind of loss."
    })
final class PlanConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanInput input = new PlanInput();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description = "ion, hdtn, tvgutil, csv, asabr, ccm, ud3tn or yaml.")
  private String to = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "Write to this file (default: standard output).")
  private @Nullable Path output;

  @Option(names = "--relative", description = "Write times as seconds after --epoch.")
  private boolean relative;

  @Option(names = "--json", description = "One JSON document: the text and what it lost.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    PlanFormat format = PlanReads.planFormat("--to", to);
    if (format == PlanFormat.UD3TN && input.node().isEmpty()) {
      throw CommandException.unusable("--to ud3tn: say with --node whose contacts to write");
    }
    Optional<PlanReading.Parsed> read = input.plan(err);
    if (read.isEmpty()) {
      return 2;
    }
    ContactPlan plan = read.get().plan();
    TimeStyle style = style(read.get());
    Printed printed =
        input
            .node()
            .map(node -> PlanWriter.print(plan, format, style, node))
            .orElseGet(() -> PlanWriter.print(plan, format, style));
    String text = json ? PlanJson.converted(format, printed) + "\n" : printed.text();
    if (output == null) {
      out.print(text);
      out.flush();
    } else {
      write(output, text);
    }
    printed.losses().forEach(loss -> err.println(input.name() + ": " + loss));
    return 0;
  }

  private TimeStyle style(PlanReading.Parsed parsed) {
    if (parsed.floating()) {
      return TimeStyle.FLOATING;
    }
    if (!relative) {
      return TimeStyle.ABSOLUTE;
    }
    Epoch.At zero = input.zero();
    if (zero.dtnMillis() == 0) {
      throw CommandException.unusable("--relative: say with --epoch what times count from");
    }
    return new TimeStyle.Relative(zero, true);
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
