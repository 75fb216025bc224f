package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanProblem;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads the plan of a scenario. */
final class PlanFiles {
  private PlanFiles() {}

  /** The plan in a file, its relative times counted from the start of the scenario. */
  static ContactPlan read(Path file, DtnTime start) {
    PlanSource source = new PlanSource(file.toString(), text(file));
    ReadOptions options = ReadOptions.STRICT.withEpoch(Epoch.at(start));
    return switch (PlanReader.read(source, options)) {
      case PlanReading.Parsed parsed -> parsed.plan();
      case PlanReading.Refused refused ->
          throw new BadInputException(
              refused.problems().stream().map(PlanProblem::toString).toList());
    };
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw refused(file, "no such file; see 'plan' of the scenario");
    } catch (MalformedInputException e) {
      throw refused(file, "the file is not UTF-8 text");
    } catch (IOException e) {
      throw refused(file, "cannot be read: " + e.getMessage());
    }
  }

  private static BadInputException refused(Path file, String why) {
    return new BadInputException(List.of(file + ": " + why));
  }
}
