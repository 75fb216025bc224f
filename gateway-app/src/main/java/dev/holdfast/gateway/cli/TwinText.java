package dev.holdfast.gateway.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is known of twins, for people. */
final class TwinText {
  private static final int WRITER_DIGITS = 8;

  private TwinText() {}

  /** What stands side by side, by path. */
  static String conflicts(JsonNode conflicts) {
    if (conflicts.isEmpty()) {
      return "no conflicts\n";
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode conflict : conflicts) {
      text.append("conflict at ").append(conflict.path("path").asString()).append('\n');
      List<List<String>> rows = new ArrayList<>();
      for (JsonNode candidate : conflict.path("candidates")) {
        rows.add(
            List.of(
                candidate.path("shown").asBoolean() ? "  shown" : "  beside",
                text(candidate.path("at")),
                writer(candidate),
                TwinValue.line(candidate.path("value"))));
      }
      text.append(PlanEditsCommand.aligned(rows));
    }
    return text.toString();
  }

  private static String writer(JsonNode candidate) {
    String writer = text(candidate.path("writer"));
    return writer.equals("-")
        ? "many writers"
        : "writer "
            + writer.substring(0, Math.min(WRITER_DIGITS, writer.length()))
            + " #"
            + candidate.path("number").asLong();
  }

  /** How far each region is known, as a table. */
  static String asOf(JsonNode regions) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("REGION", "CLASS", "WRITES", "NOT OLDER THAN"));
    for (JsonNode region : regions) {
      rows.add(
          List.of(
              region.path("region").asString(),
              region.path("class").asString(),
              Long.toString(region.path("last").asLong()),
              age(region.path("age_seconds"))));
    }
    return PlanEditsCommand.aligned(rows);
  }

  /** An age for people; a dash if it is not known. */
  static String age(JsonNode seconds) {
    if (!seconds.isIntegralNumber()) {
      return "unknown";
    }
    Duration age = Duration.ofSeconds(seconds.asLong());
    return age.isZero()
        ? "now"
        : age.toDays() > 1 ? age.toDays() + " d " + age.toHoursPart() + " h" : Screen.time(age);
  }

  /** A text, or a dash if there is none. */
  static String text(JsonNode json) {
    return json.isString() ? json.stringValue() : "-";
  }
}
