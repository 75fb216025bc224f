package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.trace.LinkTrace;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.trace.TraceSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file with a trace: in the format that it is said to have, or looks like. */
final class TraceFile {
  /** Every format, as options name them. */
  static final String FORMATS = "linktrace, one, mahimahi, csv, plan or pcap";

  private final Path file;
  private final String option;
  private final @Nullable String said;

  /** How a trace of a format is opened. */
  @FunctionalInterface
  interface Opener {
    /** Opens it; the source stays open while the trace is followed. */
    LinkTrace open(TraceFormat format, TraceSource source);
  }

  /** What is done with a trace. */
  @FunctionalInterface
  interface Use<T> {
    /** Follows the trace to its end. */
    T follow(TraceFormat format, LinkTrace trace);
  }

  /**
   * A file that is not opened yet.
   *
   * @param option the name of the option that says the format
   * @param said what it says; null if the content is to tell
   */
  TraceFile(Path file, String option, @Nullable String said) {
    this.file = file;
    this.option = option;
    this.said = said;
  }

  /**
   * Opens the trace and hands it on; what was found on the way is told on standard error.
   *
   * @throws dev.holdfast.contacts.trace.BadTraceException if it cannot be read, or not further
   */
  <T> T read(Opener opener, Use<T> use, PrintWriter err) {
    if (Files.isDirectory(file)) {
      throw CommandException.unusable(file + ": this is a directory; name a file");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      TraceFormat format = format(in);
      LinkTrace trace = opener.open(format, new TraceSource(file.toString(), in));
      T result = use.follow(format, trace);
      trace.findings().forEach(finding -> err.println(located(finding)));
      return result;
    } catch (NoSuchFileException e) {
      throw CommandException.unusable(file + ": there is no such file; look at the path");
    } catch (UncheckedIOException | IOException e) {
      throw CommandException.unusable(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** A finding with its place: those of plans have one of their own. */
  private String located(String finding) {
    return finding.startsWith(file + ":") ? finding : file + ": " + finding;
  }

  private TraceFormat format(InputStream in) throws IOException {
    if (said != null) {
      return TraceFormat.named(said)
          .orElseThrow(
              () ->
                  CommandException.unusable(
                      "%s: '%s' is no format; write %s".formatted(option, said, FORMATS)));
    }
    in.mark(TraceFormat.HEAD_BYTES);
    byte[] head = in.readNBytes(TraceFormat.HEAD_BYTES);
    in.reset();
    return TraceFormat.detect(Octets.wrap(head))
        .orElseThrow(
            () ->
                CommandException.unusable(
                    file + ": this is no trace that is known; say with " + option + " what it is"));
  }

  /** The file as a contact plan. */
  PlanReading.Parsed plan(ReadOptions options) {
    String text = PlanReads.text(file, PlanLimits.DEFAULT.sourceChars());
    return switch (PlanReader.read(new PlanSource(file.toString(), text), options)) {
      case PlanReading.Parsed parsed -> parsed;
      case PlanReading.Refused refused ->
          throw CommandException.unusable(
              refused.problems().getFirst()
                  + (refused.problemCount() > 1 ? "; see holdfast plan check for the others" : ""));
    };
  }
}
