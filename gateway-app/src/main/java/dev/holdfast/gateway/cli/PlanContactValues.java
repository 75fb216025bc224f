package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

/** What a contact of a gateway's plan is to be like. */
final class PlanContactValues {
  @Option(names = "--end", paramLabel = "T", description = "When it ends.")
  private @Nullable String end;

  @Option(names = "--rate", paramLabel = "R", description = "Its rate, such as 2Mbit/s.")
  private @Nullable String rate;

  @Option(names = "--owlt", paramLabel = "D", description = "One-way light time, such as 1300ms.")
  private @Nullable String owlt;

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "How likely it is to happen, above 0 up to 1.")
  private @Nullable Double confidence;

  /** Whether nothing is said. */
  boolean isEmpty() {
    return end == null && rate == null && owlt == null && confidence == null;
  }

  /** Whether all is said that a new contact needs. */
  boolean isWhole() {
    return end != null && rate != null && owlt != null;
  }

  void write(JsonGenerator out) {
    Optional.ofNullable(end)
        .map(text -> PlanContactOptions.instant("--end", text))
        .ifPresent(time -> out.writeStringProperty("end", time.toString()));
    Optional.ofNullable(rate)
        .map(PlanContactValues::rate)
        .ifPresent(value -> out.writeNumberProperty("bytes_per_second", value));
    Optional.ofNullable(owlt)
        .map(PlanContactValues::owlt)
        .ifPresent(value -> out.writeNumberProperty("light_time_ms", value));
    Optional.ofNullable(confidence)
        .ifPresent(value -> out.writeNumberProperty("confidence", value));
  }

  private static long rate(String text) {
    try {
      return Units.bytesPerSecond(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--rate: " + e.getMessage());
    }
  }

  private static long owlt(String text) {
    try {
      return Units.duration(text).toMillis();
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--owlt: " + e.getMessage());
    }
  }
}
