package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.MissingRange;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.contacts.format.TimeText;
import dev.holdfast.contacts.format.Tolerance;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How plan files are read: the options that every plan command has. */
final class PlanReads {
  private static final PlanLimits LIMITS = PlanLimits.DEFAULT;

  @Option(
      names = "--epoch",
      paramLabel = "T",
      description =
          "What relative times count from: an instant such as 2026-12-01T00:00:00Z, or unix.")
  private @Nullable String epoch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "ion, hdtn, tvgutil, csv, asabr, ccm, ud3tn or yaml (default: told by the content).")
  private @Nullable String format;

  @Option(
      names = "--repair",
      description =
          "Join or cut overlapping contacts, leave out those that end before they start, and warn"
              + " (default: refuse the plan).")
  private boolean repair;

  @Option(
      names = "--missing-range",
      paramLabel = "unusable|zero",
      defaultValue = "unusable",
      description =
          "An ION contact for which no range is given: not used, or with light time zero (default:"
              + " ${DEFAULT-VALUE}).")
  private MissingRange missingRange = MissingRange.UNUSABLE;

  private boolean keepOverlaps;

  /** Contacts that overlap stay as they are, for questions about routes. */
  void keepOverlaps() {
    keepOverlaps = true;
  }

  private Tolerance tolerance() {
    if (keepOverlaps) {
      return repair ? Tolerance.REPAIR_KEEPING_OVERLAPS : Tolerance.KEEP_OVERLAPS;
    }
    return repair ? Tolerance.REPAIR : Tolerance.STRICT;
  }

  /** What became of reading a file. */
  PlanReading read(Path file, Optional<NodeNumber> view) {
    ReadOptions options = new ReadOptions(epoch(epoch), tolerance(), missingRange, LIMITS, view);
    PlanSource source = new PlanSource(file.toString(), text(file, LIMITS.sourceChars()));
    if (format == null) {
      return PlanReader.read(source, options);
    }
    return PlanReader.read(source, options, planFormat("--format", format));
  }

  /**
   * The plan, with one line on standard error about its warnings; empty after one about refusal.
   */
  Optional<PlanReading.Parsed> plan(Path file, Optional<NodeNumber> view, PrintWriter err) {
    return switch (read(file, view)) {
      case PlanReading.Parsed parsed -> {
        if (parsed.warningCount() > 0) {
          err.println(
              file + ": warnings: " + parsed.warningCount() + "; see holdfast plan check " + file);
        }
        yield Optional.of(parsed);
      }
      case PlanReading.Refused refused -> {
        int more = refused.problemCount() - 1;
        err.println(
            refused.problems().getFirst()
                + (more == 0 ? "" : " (and " + more + " more: holdfast plan check)"));
        yield Optional.empty();
      }
    };
  }

  /** What {@code --epoch} says. */
  static Epoch epoch(@Nullable String said) {
    if (said == null) {
      return Epoch.FLOATING;
    }
    if (said.equals("unix")) {
      return Epoch.UNIX;
    }
    return TimeText.parse(said, Epoch.NONE)
        .map(Epoch::at)
        .orElseThrow(
            () ->
                CommandException.unusable(
                    "--epoch: '" + said + "' is no instant; write 2026-12-01T00:00:00Z or unix"));
  }

  /** What relative times count from, in the plan and in the command's own arguments. */
  Epoch.At zero() {
    return epoch(epoch) instanceof Epoch.At at ? at : new Epoch.At(0);
  }

  /** A time argument: an instant, or {@code +SECONDS} after the epoch. */
  DtnTime time(String option, String text) {
    return TimeText.parse(text, zero())
        .orElseThrow(
            () ->
                CommandException.unusable(
                    "%s: '%s' is no time; write 2026-12-01T00:00:00Z, or +SECONDS after the epoch"
                        .formatted(option, text)));
  }

  static NodeNumber node(String option, String text) {
    return NodeNumber.parse(text)
        .orElseThrow(
            () ->
                CommandException.unusable(
                    "%s: '%s' is no node number; write 977 or 974848.977".formatted(option, text)));
  }

  static PlanFormat planFormat(String option, String text) {
    return PlanFormat.named(text)
        .orElseThrow(
            () ->
                CommandException.unusable(
                    "%s: '%s' is no format; write %s"
                        .formatted(option, text, PlanFormat.labels())));
  }

  /** A text file, up to a size. */
  static String text(Path file, long limit) {
    try {
      if (Files.isDirectory(file)) {
        throw CommandException.unusable(file + ": this is a directory; name a file");
      }
      long size = Files.size(file);
      if (size > limit) {
        throw CommandException.unusable(
            file + ": the file has " + size + " bytes; at most " + limit + " are read");
      }
      byte[] bytes = Files.readAllBytes(file);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw CommandException.unusable(file + ": there is no such file; look at the path");
    } catch (CharacterCodingException e) {
      throw CommandException.unusable(file + ": the file is no UTF-8 text; convert it to UTF-8");
    } catch (IOException e) {
      throw CommandException.unusable(file + ": cannot be read: " + e.getMessage());
    }
  }
}
