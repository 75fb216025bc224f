package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Forecast;
import dev.holdfast.contacts.forecast.ForecastJson;
import dev.holdfast.contacts.forecast.ForecastText;
import dev.holdfast.contacts.forecast.Forecaster;
import dev.holdfast.contacts.format.PlanJson;
import dev.holdfast.contacts.format.PlanProblem;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanTable;
import dev.holdfast.contacts.format.TimeText;
import dev.holdfast.contacts.yaml.Units;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--horizon",
      paramLabel = "D",
      description =
          "Warn if the plan (with --node: its last contact of that node) ends within this time"
              + " after --now, such as 24h.")
  private @Nullable String horizon;

  @Option(
      names = "--now",
      paramLabel = "T",
      description = "With --horizon: an instant, or +SECONDS after the epoch.")
  private @Nullable String now;

  @Option(
      names = "--traffic",
      paramLabel = "FILE",
      description =
          "Also tell what the plan comes to under this traffic (YAML): what does not arrive, which"
              + " contacts fill, which stores overflow, and when.")
  private @Nullable Path traffic;

  @Option(names = "--json", description = "One JSON document on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if ((horizon == null) != (now == null)) {
      throw CommandException.unusable("--horizon and --now go together; give both");
    }
    PlanReading reading = input.read();
    Optional<Forecast> forecast =
        reading instanceof PlanReading.Parsed parsed && traffic != null
            ? Optional.of(Forecaster.of(parsed.plan(), PlanDemand.read(traffic, parsed.plan())))
            : Optional.empty();
    if (json) {
      String document = PlanJson.check(input.name(), reading);
      if (reading instanceof PlanReading.Parsed parsed && horizon != null && now != null) {
        document = with(document, "horizon", ending(parsed.plan(), horizon, now).json());
      }
      if (forecast.isPresent()) {
        document = with(document, "forecast", ForecastJson.of(forecast.get()));
      }
      out.println(document);
    }
    return switch (reading) {
      case PlanReading.Parsed parsed -> {
        list(err, parsed.warnings(), parsed.warningCount(), "warning: ", "warnings");
        if (horizon != null && now != null) {
          warnOfEnd(parsed, horizon, now, err);
        }
        if (!json) {
          out.print(input.name() + ": " + parsed.format().label() + ", ");
          out.print(PlanTable.totals(parsed.plan(), parsed.floating()));
          out.print(PlanTable.ranges(parsed.plan()));
          forecast.ifPresent(f -> out.print(ForecastText.of(f, parsed.plan(), parsed.floating())));
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

  /** An object with another one in it. */
  private static String with(String object, String name, String member) {
    return "%s,\"%s\":%s}".formatted(object.substring(0, object.lastIndexOf('}')), name, member);
  }

  /** When the contacts end that are looked at, seen from an instant. */
  private record Ending(Optional<DtnTime> end, DtnTime now, long withinMillis) {
    Optional<Long> leftMillis() {
      return end.map(last -> last.since(now));
    }

    boolean isNear() {
      return leftMillis().map(left -> left <= withinMillis).orElse(true);
    }

    String json() {
      return "{\"within_s\":%s,\"left_s\":%s,\"runs_out\":%b}"
          .formatted(
              TimeText.seconds(withinMillis),
              leftMillis().map(TimeText::seconds).orElse("null"),
              isNear());
    }
  }

  private Ending ending(ContactPlan plan, String within, String present) {
    Optional<NodeNumber> node = input.node();
    Optional<DtnTime> end =
        plan.contacts().stream()
            .filter(c -> node.isEmpty() || isOf(c, node.get()))
            .map(Contact::end)
            .max(Comparator.naturalOrder());
    return new Ending(end, input.time("--now", present), millis(within));
  }

  private void warnOfEnd(
      PlanReading.Parsed parsed, String within, String present, PrintWriter err) {
    Ending ending = ending(parsed.plan(), within, present);
    String whose = input.node().map(number -> " of node " + number).orElse("");
    if (ending.end().isEmpty()) {
      err.println(input.name() + ": warning: the plan has no contact" + whose);
    } else if (ending.isNear()) {
      DtnTime end = ending.end().get();
      String shown = parsed.floating() ? "+" + TimeText.seconds(end.millis()) : TimeText.iso(end);
      boolean over = !ending.now().isBefore(end);
      err.println(
          "%s: warning: the last contact%s %s %s, %s"
              .formatted(
                  input.name(),
                  whose,
                  over ? "ended" : "ends",
                  shown,
                  over ? "the plan is over" : "in " + TimeText.span(end.since(ending.now()))));
    }
  }

  private static boolean isOf(Contact contact, NodeNumber node) {
    return contact.from().equals(node) || contact.to().equals(node);
  }

  private static long millis(String text) {
    try {
      return Units.duration(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--horizon: " + e.getMessage());
    }
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
