package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanWriter;
import dev.holdfast.contacts.format.Printed;
import dev.holdfast.contacts.format.TimeStyle;
import dev.holdfast.contacts.orbit.GeneratedPlan;
import dev.holdfast.contacts.orbit.OrbitException;
import dev.holdfast.contacts.orbit.OrbitLimits;
import dev.holdfast.contacts.orbit.OrbitScenario;
import dev.holdfast.contacts.orbit.PlanGenerator;
import dev.holdfast.gateway.config.ConfigFile;
import dev.holdfast.gateway.orbit.OrbitFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** What {@code plan generate} does: reads the scenario, generates, prints. */
final class PlanGeneration {
  private static final Set<PlanFormat> WITH_COMMENTS =
      EnumSet.of(PlanFormat.ION, PlanFormat.CSV, PlanFormat.ASABR, PlanFormat.YAML);

  /** In these, names stand in the comments only. */
  private static final Set<PlanFormat> WITHOUT_NAMES = EnumSet.of(PlanFormat.ION, PlanFormat.CSV);

  private final Path file;
  private final PlanFormat format;
  private final OrbitLimits limits;

  /**
   * One run of the command.
   *
   * @param file the scenario
   * @param format of the plan
   * @param maxContacts more are refused
   */
  PlanGeneration(Path file, PlanFormat format, int maxContacts) {
    this.file = file;
    this.format = format;
    this.limits = OrbitLimits.DEFAULT.withContacts(maxContacts);
  }

  /** Writes the plan to {@code output} or, without {@code json}, to standard output. */
  void run(@Nullable Path output, boolean json, PrintWriter out, PrintWriter err) {
    PlanSources sources = new PlanSources(file);
    OrbitFile read = OrbitFile.read(file.toString(), ConfigFile.text(file), sources::text);
    GeneratedPlan generated = generate(read, progress(err));
    PlanSummary summary = new PlanSummary(sources, read.scenario(), generated);
    Printed printed =
        PlanWriter.print(named(generated, read.scenario()), format, TimeStyle.ABSOLUTE);
    String head = WITH_COMMENTS.contains(format) ? summary.provenance(format) : "";
    if (output != null) {
      write(output, head, printed.text());
    } else if (!json) {
      out.print(head);
      out.print(printed.text());
      out.flush();
    }
    if (json) {
      out.println(summary.json());
    } else if (output != null) {
      err.println(output + ": " + summary.line());
    }
    generated.notes().forEach(note -> err.println(file + ": " + note));
    printed.losses().forEach(loss -> err.println(file + ": " + loss));
  }

  private ContactPlan named(GeneratedPlan generated, OrbitScenario scenario) {
    return WITHOUT_NAMES.contains(format)
        ? generated.plan()
        : generated.plan().withFacts(NodeFacts.named(names(scenario)));
  }

  private static Map<NodeNumber, String> names(OrbitScenario scenario) {
    Map<NodeNumber, String> names = new TreeMap<>();
    scenario.nodes().forEach(node -> names.put(node.number(), node.name()));
    return names;
  }

  private GeneratedPlan generate(OrbitFile read, DoubleConsumer progress) {
    try {
      return PlanGenerator.generate(read.scenario(), limits, progress);
    } catch (OrbitException e) {
      throw read.located(e);
    }
  }

  /** A line on standard error for every tenth of the work. */
  private DoubleConsumer progress(PrintWriter err) {
    int[] told = new int[1];
    return share -> {
      int tenths = (int) (10 * share);
      if (tenths > told[0]) {
        told[0] = tenths;
        err.println(file + ": " + 10 * tenths + " % of the sky is searched");
        err.flush();
      }
    };
  }

  private static void write(Path file, String head, String text) {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write(head);
      out.write(text);
    } catch (IOException e) {
      throw CommandException.failed(
          file + ": cannot be written: " + e.getMessage() + "; name another file");
    }
  }
}
