package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.replay.live.LiveSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a capture is replayed. */
final class ReplayCaptureOptions extends CaptureReading {
  /** The options that say nothing of a scenario. */
  static final List<String> NAMES =
      List.of(
          "--gateway",
          "--connect",
          "--listen",
          "--speed",
          "--margin",
          "--layer",
          "--port",
          "--name");

  private static final Duration VIRTUAL_MARGIN = Duration.ofMinutes(1);
  private static final Duration LIVE_MARGIN = Duration.ofSeconds(10);

  @Option(
      names = "--gateway",
      paramLabel = "NODE",
      description =
          "Which node of the capture is the gateway: the number of an ipn node, the name of a dtn"
              + " node.")
  private String gateway = "";

  @Option(
      names = "--connect",
      paramLabel = "HOST:PORT",
      description =
          "Replay in real time, over sockets, to a gateway that runs there (default: a gateway in"
              + " virtual time).")
  private @Nullable String connect;

  @Option(
      names = "--listen",
      paramLabel = "NODE=HOST:PORT",
      description =
          "The gateway comes to this neighbour there, instead of being connected to; may be given"
              + " again.")
  private Map<String, String> listen = new LinkedHashMap<>();

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "So many times as fast as it was, with --connect (default: 1).")
  private @Nullable Double speed;

  @Option(
      names = "--margin",
      paramLabel = "D",
      description =
          "How long to wait for what crossed then (default: 10s over sockets, else 1m of virtual"
              + " time).")
  private @Nullable String margin;

  /** The node to be the gateway; empty if none was named. */
  String gateway() {
    return gateway;
  }

  /** How it is replayed over sockets; empty for virtual time. */
  Optional<LiveSettings> live() {
    if (connect == null && listen.isEmpty()) {
      if (speed != null) {
        throw CommandException.unusable(
            "--speed: virtual time goes as fast as it can; give it with --connect");
      }
      return Optional.empty();
    }
    double times = speed == null ? 1 : speed;
    if (!(times >= LiveSettings.LEAST_SPEED && times <= LiveSettings.MOST_SPEED)) {
      throw CommandException.unusable("--speed: '" + times + "' is not within 0.001 to 1000000");
    }
    SortedMap<String, HostPort> doors = new TreeMap<>();
    listen.forEach((name, at) -> doors.put(name, address("--listen", at)));
    Optional<HostPort> to = Optional.ofNullable(connect).map(at -> address("--connect", at));
    return Optional.of(new LiveSettings(to, doors, times, margin()));
  }

  /** How long it is waited, or goes on, after what crossed then. */
  Duration margin() {
    if (margin == null) {
      return connect == null && listen.isEmpty() ? VIRTUAL_MARGIN : LIVE_MARGIN;
    }
    try {
      return Units.duration(margin);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--margin: " + e.getMessage());
    }
  }

  private static HostPort address(String option, String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(option + ": " + e.getMessage());
    }
  }
}
