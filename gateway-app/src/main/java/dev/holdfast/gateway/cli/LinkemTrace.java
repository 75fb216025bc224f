package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.MissingRange;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.Tolerance;
import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.ContactCsv;
import dev.holdfast.contacts.trace.LinkDefaults;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.Mahimahi;
import dev.holdfast.contacts.trace.OneEvents;
import dev.holdfast.contacts.trace.PlanTrace;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.TraceSource;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.contacts.trace.capture.PcapCapture;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.linkem.LinkQuality;
import dev.holdfast.gateway.linkem.LinkSchedule;
import dev.holdfast.gateway.linkem.LinkTimeline;
import dev.holdfast.gateway.linkem.TraceWindows;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The link trace that an emulated link follows, as the options of {@code linkem} say it. */
final class LinkemTrace {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final TraceLimits LIMITS = TraceLimits.DEFAULT;
  private static final String START = "start";

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "The link as a trace or a contact plan has it (default: always open).")
  private @Nullable Path file;

  @Option(
      names = "--from",
      paramLabel = "NODE",
      description = "Name of the connecting side in the trace.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "NODE", description = "Name of the other side in the trace.")
  private @Nullable String to;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = TraceFile.FORMATS + " (default: told by the content).")
  private @Nullable String format;

  @Option(
      names = "--epoch",
      paramLabel = "T",
      description =
          "What the times of the trace count from: an instant such as 2026-11-21T12:00:00Z, or start"
              + " (default: what the trace says, else start).")
  private @Nullable String epoch;

  @Option(
      names = "--loop",
      paramLabel = "D",
      description = "Play a mahimahi trace over and over until then, such as 10m (default: once).")
  private @Nullable String loop;

  @Option(
      names = "--repair",
      description =
          "Leave out what goes up or down twice (one), and repair plans that contradict themselves"
              + " (default: refuse).")
  private boolean repair;

  /** The epoch of the relay, of which {@code now} is the start. */
  Instant zero(Instant now) {
    if (epoch == null || epoch.equals(START)) {
      return now;
    }
    try {
      return Instant.parse(epoch);
    } catch (DateTimeException e) {
      throw CommandException.unusable(
          "--epoch: '" + epoch + "' is no instant; write 2026-11-21T12:00:00Z or start");
    }
  }

  /**
   * The windows of the link.
   *
   * @param otherwise what holds where the trace does not say
   * @param zero the epoch of the relay
   */
  LinkSchedule schedule(LinkQuality otherwise, Instant zero, PrintWriter err) {
    if (file == null) {
      if (Stream.of(from, to, format, loop).anyMatch(option -> option != null) || repair) {
        throw CommandException.unusable(
            "--from, --to, --format, --loop, --repair: they need --trace");
      }
      return LinkSchedule.always(otherwise);
    }
    TraceFile trace = new TraceFile(file, "--format", format);
    DtnTime start = DtnTime.of(zero);
    try {
      return trace.read(
          (read, source) -> open(trace, read, source, start),
          (read, events) -> schedule(read, events, start, otherwise),
          err);
    } catch (BadTraceException e) {
      throw CommandException.unusable(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(file + ": " + e.getMessage());
    }
  }

  private LinkTrace open(TraceFile trace, TraceFormat read, TraceSource source, DtnTime start) {
    Tolerance tolerance = repair ? Tolerance.REPAIR : Tolerance.STRICT;
    return switch (read) {
      case LINKTRACE -> LinkTraceText.read(source, LIMITS);
      case ONE -> OneEvents.read(source, LinkDefaults.NONE, tolerance, LIMITS);
      case MAHIMAHI -> Mahimahi.read(source, mahimahi(), LIMITS);
      case CSV -> ContactCsv.read(source, Optional.empty(), LIMITS);
      case PLAN -> {
        ReadOptions options =
            new ReadOptions(Epoch.at(start), tolerance, MissingRange.UNUSABLE, PlanLimits.DEFAULT);
        yield PlanTrace.of(trace.plan(options).plan(), Optional.of(start));
      }
      case PCAP -> PcapCapture.read(source, CaptureOptions.DEFAULT, _ -> {});
    };
  }

  /** Mahimahi does not name the link, so its ends need no names. */
  private Mahimahi.Link mahimahi() {
    return new Mahimahi.Link(
        from == null ? "near" : from, to == null ? "far" : to, OptionalLong.empty(), loopUntil());
  }

  private OptionalLong loopUntil() {
    if (loop == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Units.duration(loop).toNanos());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw CommandException.unusable("--loop: " + e.getMessage());
    }
  }

  private LinkSchedule schedule(
      TraceFormat read, LinkTrace trace, DtnTime start, LinkQuality otherwise) {
    if (read == TraceFormat.MAHIMAHI) {
      Mahimahi.Link link = mahimahi();
      LinkSchedule there = TraceWindows.between(trace, link.from(), link.to(), 0, otherwise);
      return new LinkSchedule(there.forward(), LinkTimeline.always(otherwise));
    }
    if (from == null || to == null) {
      throw CommandException.unusable(
          "--from and --to: name the two nodes whose link it is; holdfast trace check "
              + file
              + " lists the links");
    }
    long offset = epoch != null ? 0 : trace.epoch().map(its -> nanos(start, its)).orElse(0L);
    LinkSchedule schedule = TraceWindows.between(trace, from, to, offset, otherwise);
    if (offset < 0 && isOver(schedule.forward()) && isOver(schedule.backward())) {
      throw new IllegalArgumentException(
          "all that it tells of the link is over; --epoch start plays it from now on");
    }
    return schedule;
  }

  private static boolean isOver(LinkTimeline timeline) {
    return timeline.windows().isEmpty() || timeline.windows().getLast().endNanos() <= 0;
  }

  private static long nanos(DtnTime from, DtnTime to) {
    long most = Long.MAX_VALUE / NANOS_PER_MILLI;
    return Math.clamp(to.since(from), -most, most) * NANOS_PER_MILLI;
  }
}
