package dev.holdfast.contacts.format;

import java.util.List;
import java.util.Optional;

/** Reads a plan in whichever format it is. */
public final class PlanReader {
  private PlanReader() {}

  /** Detects the format from the first line with content and reads the plan. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options) {
    if (source.text().length() > options.limits().sourceChars()) {
      return refused(
          source,
          "the plan has " + source.text().length() + " characters",
          "at most " + options.limits().sourceChars() + " are read");
    }
    Optional<PlanFormat> format = PlanFormat.detect(source.text());
    if (format.isEmpty()) {
      return refused(
          source,
          source.text().isBlank() ? "the file is empty" : "this is no contact plan",
          "expected ION text (a contact …), JSON of HDTN ({\"contacts\": […]}) or dtn-tvg-util"
              + " ({\"edges\": […]}), CSV (from,to,…), A-SABR text (contact 0 1 …), a CORE plan (s"
              + " loop 0), µD3TN commands (1(dtn://b.dtn/):…), or YAML (contacts: …)");
    }
    return read(source, options, format.get());
  }

  /** Reads a plan that is in a known format. Never throws. */
  public static PlanReading read(PlanSource source, ReadOptions options, PlanFormat format) {
    return switch (format) {
      case ION -> IonText.read(source, options);
      case HDTN -> HdtnJson.read(source, options);
      case TVGUTIL -> TvgutilJson.read(source, options);
      case CSV -> CsvText.read(source, options);
      case ASABR -> AsabrText.read(source, options);
      case CCM -> CcmText.read(source, options);
      case UD3TN -> Ud3tnText.read(source, options);
      case YAML -> YamlText.read(source, options);
    };
  }

  private static PlanReading refused(PlanSource source, String what, String mend) {
    return new PlanReading.Refused(List.of(new PlanProblem(source.name(), 1, 1, what, mend)), 1);
  }
}
