package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.MissingRange;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.TimeText;
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
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** What a command does with a trace. */
  @FunctionalInterface
  interface Use {
    /** Follows the trace to its end; gives the exit code. */
    int follow(TraceFormat format, LinkTrace trace);
  }

  @Parameters(paramLabel = "FILE", description = "The trace or capture.")
  private Path file = Path.of("");

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "linktrace, one, mahimahi, csv, plan or pcap (default: told by the content).")
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
   */
  int read(PrintWriter err, Consumer<BundlePart> bundles, Use use) {
    if (Files.isDirectory(file)) {
      throw CommandException.unusable(file + ": this is a directory; name a file");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      TraceFormat format = format(in);
      LinkTrace trace = open(format, new TraceSource(name(), in), bundles);
      int exit = use.follow(format, trace);
      trace.findings().forEach(finding -> err.println(located(finding)));
      return exit;
    } catch (BadTraceException bad) {
      err.println(bad.getMessage());
      return 2;
    } catch (NoSuchFileException e) {
      throw CommandException.unusable(file + ": there is no such file; look at the path");
    } catch (UncheckedIOException | IOException e) {
      throw CommandException.unusable(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** A finding with its place: those of plans have one of their own. */
  private String located(String finding) {
    return finding.startsWith(name() + ":") ? finding : name() + ": " + finding;
  }

  private TraceFormat format(InputStream in) throws IOException {
    if (from != null) {
      return TraceFormat.named(from)
          .orElseThrow(
              () ->
                  CommandException.unusable(
                      "--from: '%s' is no format; write linktrace, one, mahimahi, csv, plan or pcap"
                          .formatted(from)));
    }
    in.mark(TraceFormat.HEAD_BYTES);
    byte[] head = in.readNBytes(TraceFormat.HEAD_BYTES);
    in.reset();
    return TraceFormat.detect(Octets.wrap(head))
        .orElseThrow(
            () ->
                CommandException.unusable(
                    file + ": this is no trace that is known; say with --from what it is"));
  }

  private LinkTrace open(TraceFormat format, TraceSource source, Consumer<BundlePart> bundles) {
    Tolerance tolerance = repair ? Tolerance.REPAIR : Tolerance.STRICT;
    return switch (format) {
      case LINKTRACE -> LinkTraceText.read(source, LIMITS);
      case ONE -> OneEvents.read(source, links.defaults(), tolerance, LIMITS);
      case MAHIMAHI -> Mahimahi.read(source, links.link(), LIMITS);
      case CSV -> ContactCsv.read(source, csvEpoch(), LIMITS);
      case PLAN -> plan(tolerance);
      case PCAP -> PcapCapture.read(source, captures.options(), bundles);
    };
  }

  private Optional<DtnTime> csvEpoch() {
    return switch (readEpoch()) {
      case Epoch.At(long dtnMillis) when dtnMillis >= 0 -> Optional.of(new DtnTime(dtnMillis));
      case Epoch.At _ ->
          throw CommandException.unusable(
              "--epoch: a trace starts in 2000 or later; read the file with --from plan");
      case Epoch.Floating _, Epoch.None _ -> Optional.empty();
    };
  }

  private LinkTrace plan(Tolerance tolerance) {
    ReadOptions options =
        new ReadOptions(readEpoch(), tolerance, MissingRange.UNUSABLE, PlanLimits.DEFAULT);
    String text = PlanInput.text(file, PlanLimits.DEFAULT.sourceChars());
    return switch (PlanReader.read(new PlanSource(name(), text), options)) {
      case PlanReading.Parsed parsed -> PlanTrace.of(parsed);
      case PlanReading.Refused refused ->
          throw CommandException.unusable(
              refused.problems().getFirst()
                  + (refused.problemCount() > 1 ? "; see holdfast plan check for the others" : ""));
    };
  }

  private Epoch readEpoch() {
    if (epoch == null) {
      return Epoch.FLOATING;
    }
    if (epoch.equals("unix")) {
      return Epoch.UNIX;
    }
    return TimeText.parse(epoch, Epoch.NONE)
        .map(Epoch::at)
        .orElseThrow(
            () ->
                CommandException.unusable(
                    "--epoch: '" + epoch + "' is no instant; write 2026-12-01T00:00:00Z or unix"));
  }
}
