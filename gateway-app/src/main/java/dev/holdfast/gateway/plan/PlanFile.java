package dev.holdfast.gateway.plan;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanFormat;
import dev.holdfast.contacts.format.PlanProblem;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.gateway.config.PlanConfig;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The plan file that the configuration names, read. */
final class PlanFile {
  private PlanFile() {}

  /** What became of reading it. */
  sealed interface Read {
    /**
     * It is a plan.
     *
     * @param plan the plan
     * @param warnings what was ignored or repaired, one line each
     */
    record Good(ContactPlan plan, List<String> warnings) implements Read {}

    /**
     * It cannot be used.
     *
     * @param problems one line each
     */
    record Bad(List<String> problems) implements Read {}
  }

  /**
   * Reads it.
   *
   * @param started what relative times count from if the configuration says {@code start}
   */
  static Read read(PlanConfig from, DtnTime started) {
    Path file = from.file();
    String text;
    try {
      if (Files.size(file) > PlanLimits.DEFAULT.sourceChars()) {
        return bad(file, "the file is larger than " + PlanLimits.DEFAULT.sourceChars());
      }
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return bad(file, "no such file; see plan.file");
    } catch (MalformedInputException e) {
      return bad(file, "the file is not UTF-8 text");
    } catch (IOException e) {
      return bad(file, "cannot be read: " + e.getMessage());
    }
    DtnTime epoch = from.epoch().map(DtnTime::of).orElse(started);
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.at(epoch));
    PlanSource source = new PlanSource(file.toString(), text);
    PlanReading reading =
        format(from)
            .map(format -> PlanReader.read(source, options, format))
            .orElseGet(() -> PlanReader.read(source, options));
    return switch (reading) {
      case PlanReading.Parsed parsed -> new Read.Good(parsed.plan(), lines(parsed.warnings()));
      case PlanReading.Refused refused -> new Read.Bad(lines(refused.problems()));
    };
  }

  private static List<String> lines(List<PlanProblem> problems) {
    return problems.stream().map(PlanProblem::toString).toList();
  }

  private static Optional<PlanFormat> format(PlanConfig from) {
    return switch (from.format()) {
      case AUTO -> Optional.empty();
      case ION -> Optional.of(PlanFormat.ION);
      case HDTN -> Optional.of(PlanFormat.HDTN);
      case TVGUTIL -> Optional.of(PlanFormat.TVGUTIL);
      case CSV -> Optional.of(PlanFormat.CSV);
      case ASABR -> Optional.of(PlanFormat.ASABR);
      case CCM -> Optional.of(PlanFormat.CCM);
      case YAML -> Optional.of(PlanFormat.YAML);
    };
  }

  private static Read bad(Path file, String what) {
    return new Read.Bad(List.of(file + ":1:1: " + what));
  }
}
