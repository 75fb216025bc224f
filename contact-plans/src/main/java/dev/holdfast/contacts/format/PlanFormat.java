package dev.holdfast.contacts.format;

import java.util.Locale;
import java.util.Optional;

/** The formats in which plans are written. */
public enum PlanFormat {
  /** ION administration commands, {@link IonText}. */
  ION,
  /** HDTN JSON, {@link HdtnJson}. */
  HDTN,
  /** The JSON of dtn-tvg-util, {@link TvgutilJson}. */
  TVGUTIL,
  /** Comma-separated values, {@link CsvText}. */
  CSV;

  /** The format of this name, in any case. */
  public static Optional<PlanFormat> named(String name) {
    for (PlanFormat format : values()) {
      if (format.label().equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The name in commands: {@code ion}, {@code hdtn}, {@code tvgutil}, {@code csv}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The format that the first line with content looks like. */
  static Optional<PlanFormat> detect(String text) {
    String line =
        text.lines()
            .map(String::strip)
            .filter(candidate -> !candidate.isEmpty() && !candidate.startsWith("#"))
            .findFirst()
            .orElse("");
    if (line.isEmpty()) {
      return text.isBlank() ? Optional.empty() : Optional.of(ION);
    }
    if (line.startsWith("{") || line.startsWith("[")) {
      return Optional.of(text.contains("\"edges\"") ? TVGUTIL : HDTN);
    }
    if (CsvText.looksLike(line)) {
      return Optional.of(CSV);
    }
    return IonCommand.of(line.split("\\s+", 2)[0]).isPresent()
        ? Optional.of(ION)
        : Optional.empty();
  }
}
