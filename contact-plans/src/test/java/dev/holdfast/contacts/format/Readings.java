package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import java.util.List;

/** Reads plans in tests. */
final class Readings {
  private Readings() {}

  static PlanReading.Parsed parsed(String text, ReadOptions options) {
    return switch (PlanReader.read(new PlanSource("p", text), options)) {
      case PlanReading.Parsed parsed -> parsed;
      case PlanReading.Refused refused ->
          throw new AssertionError("refused: " + refused.problems());
    };
  }

  static List<Contact> contacts(String text) {
    return parsed(text, ReadOptions.STRICT.withEpoch(Epoch.FLOATING)).plan().contacts();
  }

  static List<String> problems(String text, ReadOptions options) {
    return switch (PlanReader.read(new PlanSource("p", text), options)) {
      case PlanReading.Parsed parsed -> throw new AssertionError("parsed: " + parsed.plan());
      case PlanReading.Refused refused ->
          refused.problems().stream().map(PlanProblem::toString).toList();
    };
  }

  static List<String> problems(String text) {
    return problems(text, ReadOptions.STRICT.withEpoch(Epoch.FLOATING));
  }

  static List<String> warnings(String text, ReadOptions options) {
    return parsed(text, options).warnings().stream().map(PlanProblem::toString).toList();
  }
}
