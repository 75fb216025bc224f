package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.TraceLimits;
import dev.holdfast.contacts.trace.capture.CaptureLayer;
import dev.holdfast.contacts.trace.capture.CaptureLimits;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import dev.holdfast.gateway.config.Units;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reads a capture. */
final class TraceCaptureOptions {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(1);

  @Option(
      names = "--layer",
      paramLabel = "guess|tcpcl|mtcp|udpcl",
      defaultValue = "guess",
      description = "What connections and datagrams are understood as (default: ${DEFAULT-VALUE}).")
  private CaptureLayer layer = CaptureLayer.GUESS;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Look only at what is from or to this port.")
  private @Nullable Integer port;

  @Option(
      names = "--name",
      paramLabel = "ADDRESS=NODE",
      description =
          "Name of a node that does not say who it is, such as 10.0.0.2=3 or 10.0.0.2:4556=3;"
              + " may be given again.")
  private Map<String, String> names = new LinkedHashMap<>();

  @Option(
      names = "--bin",
      paramLabel = "D",
      defaultValue = "1s",
      description = "Over which time rates are measured (default: ${DEFAULT-VALUE}).")
  private String bin = "1s";

  CaptureOptions options() {
    names.forEach(
        (address, name) -> {
          if (!LinkTraceText.isName(name)) {
            throw CommandException.unusable(
                "--name: '" + name + "' is no node name; use letters, digits and - _ . :");
          }
        });
    OptionalInt onlyPort = port == null ? OptionalInt.empty() : OptionalInt.of(port);
    return new CaptureOptions(
        layer,
        onlyPort,
        new TreeMap<>(names),
        binNanos(),
        TraceLimits.DEFAULT,
        CaptureLimits.DEFAULT);
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
