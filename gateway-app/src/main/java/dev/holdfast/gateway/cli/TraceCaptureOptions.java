package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.contacts.yaml.Units;
import java.time.Duration;
import picocli.CommandLine.Option;

/** How a command reads a capture as a trace. */
final class TraceCaptureOptions extends CaptureReading {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  @Option(
      names = "--bin",
      paramLabel = "D",
      defaultValue = "1s",
      description = "Over which time rates are measured (default: ${DEFAULT-VALUE}).")
  private String bin = "1s";

  @Override
  CaptureOptions options() {
    return super.options().withBin(binNanos());
  }

  private long binNanos() {
    try {
      Duration length = Units.duration(bin);
      if (length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0) {
        return length.toNanos();
      }
      throw CommandException.unusable("--bin: '" + bin + "' is not within 1ms to 1d");
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--bin: " + e.getMessage());
    }
  }
}
