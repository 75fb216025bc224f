package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.MissingRange;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.Tolerance;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.ContactCsv;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.Mahimahi;
import dev.holdfast.contacts.trace.OneEvents;
import dev.holdfast.contacts.trace.PlanTrace;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.capture.BundlePart;
import dev.holdfast.contacts.trace.capture.PcapCapture;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The trace that a command looks at, and how it is read: the same for every trace command. */
final class TraceInput {
  private static final TraceLimits LIMITS = TraceLimits.DEFAULT;

  @Parameters(paramLabel = "FILE", description = "The trace or capture.")
  private Path file = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = TraceFile.FORMATS + " (default: told by the content).")
  private @Nullable String from;

  @Option(
      names = "--epoch",
      paramLabel = "T",
      description =
          "What the times of csv and of relative plans count from: an instant such as"
              + " 2026-12-01T00:00:00Z, or unix.")
  private @Nullable String epoch;

  @Option(
      names = "--repair",
      description =
          "Leave out what goes up or down twice (one), and repair plans that contradict themselves"
              + " (default: refuse).")
  private boolean repair;

  @ArgGroup(validate = false, heading = "%nOf links that the format says little of:%n")
  private TraceLinkOptions links = new TraceLinkOptions();

  @ArgGroup(validate = false, heading = "%nOf captures:%n")
  private TraceCaptureOptions captures = new TraceCaptureOptions();

  /** The file as the operator wrote it. */
  String name() {
    return file.toString();
  }

  /**
   * Opens the trace and hands it on; one line on standard error if it cannot be read, or not
   * further.
   *
   * @param bundles is given the bundles of a capture, as the trace is followed
   * @param use gives the exit code
   */
  int read(PrintWriter err, Consumer<BundlePart> bundles, TraceFile.Use<Integer> use) {
    TraceFile trace = new TraceFile(file, "--from", from);
    try {
      return trace.read((format, source) -> open(trace, format, source, bundles), use, err);
    } catch (BadTraceException bad) {
      err.println(bad.getMessage());
      return 2;
    }
  }

  private LinkTrace open(
      TraceFile trace, TraceFormat format, TraceSource source, Consumer<BundlePart> bundles) {
    Tolerance tolerance = repair ? Tolerance.REPAIR : Tolerance.STRICT;
    return switch (format) {
      case LINKTRACE -> LinkTraceText.read(source, LIMITS);
      case ONE -> OneEvents.read(source, links.defaults(), tolerance, LIMITS);
      case MAHIMAHI -> Mahimahi.read(source, links.link(), LIMITS);
      case CSV -> ContactCsv.read(source, csvEpoch(), LIMITS);
      case PLAN ->
          PlanTrace.of(
              trace.plan(
                  new ReadOptions(
                      PlanReads.epoch(epoch),
                      tolerance,
                      MissingRange.UNUSABLE,
                      PlanLimits.DEFAULT)));
      case PCAP -> PcapCapture.read(source, captures.options(), bundles);
    };
  }

  private Optional<DtnTime> csvEpoch() {
    return switch (PlanReads.epoch(epoch)) {
      case Epoch.At(long dtnMillis) when dtnMillis >= 0 -> Optional.of(new DtnTime(dtnMillis));
      case Epoch.At _ ->
          throw CommandException.unusable(
              "--epoch: a trace starts in 2000 or later; read the file with --from plan");
      case Epoch.Floating _, Epoch.None _ -> Optional.empty();
    };
  }
}
