package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.LinkTraceText;
import dev.holdfast.contacts.trace.capture.CaptureLayer;
import dev.holdfast.contacts.trace.capture.CaptureOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What of a capture a command looks at, and who is who in it: the same wherever one is read. */
abstract sealed class CaptureReading permits TraceCaptureOptions, ReplayCaptureOptions {
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

  /** The capture is read so. */
  CaptureOptions options() {
    names.forEach(
        (address, name) -> {
          if (!LinkTraceText.isName(name)) {
            throw CommandException.unusable(
                "--name: '" + name + "' is no node name; use letters, digits and - _ . :");
          }
        });
    CaptureOptions read = CaptureOptions.DEFAULT.withLayer(layer).withNames(names);
    return port == null ? read : read.withPort(port);
  }
}
