package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.replay.CaptureReplay;
import dev.holdfast.gateway.replay.CapturedGateway;
import dev.holdfast.gateway.replay.live.LiveReplay;
import dev.holdfast.gateway.replay.live.LiveSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A capture replayed to a gateway: one in virtual time, or one that runs. */
final class ReplayCapture {
  private final String named;
  private final ReplayCaptureOptions options;
  private final GatewayClock clock;
  private final Screen screen;

  ReplayCapture(String named, ReplayCaptureOptions options, GatewayClock clock, Screen screen) {
    this.named = named;
    this.options = options;
    this.clock = clock;
    this.screen = screen;
  }

  /** What a file is by its content; empty if it is no file, or no trace that tells itself. */
  static Optional<TraceFormat> format(String named) {
    try {
      Path file = Path.of(named);
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      try (InputStream in = Files.newInputStream(file)) {
        return TraceFormat.detect(Octets.wrap(in.readNBytes(TraceFormat.HEAD_BYTES)));
      }
    } catch (InvalidPathException | IOException e) {
      return Optional.empty(); // Whoever reads it will say what is wrong.
    }
  }

  /** Replays it; the exit code. */
  int run(boolean json, boolean quiet) {
    Optional<LiveSettings> live = options.live();
    CaptureReplay replay =
        CaptureReplay.of(Path.of(named), options.gateway())
            .reading(options.options())
            .margin(options.margin());
    CapturedGateway capture = replay.read();
    capture.findings().forEach(finding -> screen.note(named + ": " + finding));
    long from = clock.now().bootNanos();
    CaptureRun.End end =
        live.isPresent()
            ? live(capture, live.get(), quiet)
            : new CaptureRun.End.Virtual(replay.run(capture));
    screen.clear();
    tell(new CaptureRun(named, capture, end, clock.now().bootNanos() - from), json, quiet);
    return end.comparison().isSame() ? 0 : 1;
  }

  private CaptureRun.End live(CapturedGateway capture, LiveSettings settings, boolean quiet) {
    return new CaptureRun.End.Live(
        settings,
        LiveReplay.run(
            capture,
            settings,
            clock,
            (nanos, of, taken, got) -> {
              if (!quiet) {
                screen.progress(CaptureRunText.progress(named, nanos, of, taken, got));
              }
            }));
  }

  private void tell(CaptureRun run, boolean json, boolean quiet) {
    if (json) {
      screen.line(CaptureRunJson.line(run));
      return;
    }
    if (run.end() instanceof CaptureRun.End.Live(_, var outcome)) {
      outcome.notes().forEach(screen::note);
    }
    if (!quiet) {
      CaptureRunText.lines(run).forEach(screen::line);
    }
    if (!quiet || !run.end().comparison().isSame()) {
      CaptureRunText.verdict(run).forEach(screen::line);
    }
  }
}
