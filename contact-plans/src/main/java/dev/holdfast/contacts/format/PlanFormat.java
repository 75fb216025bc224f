package dev.holdfast.contacts.format;

import java.util.Arrays;
import java.util.List;
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
  CSV,
  /** A-SABR's own text, {@link AsabrText}. */
  ASABR,
  /** The contact plan of core-ccm, {@link CcmText}. */
  CCM,
  /** The configuration commands of a µD3TN node, {@link Ud3tnText}. */
  UD3TN,
  /** Holdfast's own YAML, for people, {@link YamlText}. */
  YAML;

  /** The format of this name, in any case. */
  public static Optional<PlanFormat> named(String name) {
    for (PlanFormat format : values()) {
      if (format.label().equals(name.toLowerCase(Locale.ROOT))) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The names of all formats, as messages list them. */
  public static String labels() {
    List<String> labels = Arrays.stream(values()).map(PlanFormat::label).toList();
    return String.join(", ", labels.subList(0, labels.size() - 1)) + " or " + labels.getLast();
  }

  /** The name in commands, such as {@code ion}. */
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
    if (YamlText.looksLike(line)) {
      return Optional.of(YAML);
    }
    if (AsabrText.looksLike(line)) {
      return Optional.of(ASABR);
    }
    if (CcmText.looksLike(line)) {
      return Optional.of(CCM);
    }
    if (Ud3tnText.looksLike(line)) {
      return Optional.of(UD3TN);
    }
    if (CsvText.looksLike(line)) {
      return Optional.of(CSV);
    }
    return IonCommand.of(line.split("\\s+", 2)[0]).isPresent()
        ? Optional.of(ION)
        : Optional.empty();
  }
}
