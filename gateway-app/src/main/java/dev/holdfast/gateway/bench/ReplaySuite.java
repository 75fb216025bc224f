package dev.holdfast.gateway.bench;

import dev.holdfast.gateway.replay.Replay;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.ScenarioBuilder;
import dev.holdfast.gateway.sim.Channel;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How fast networks are replayed in this process, with every rule checked at every commit. */
final class ReplaySuite {
  private static final String SUITE = "replay";
  private static final int[] NODES = {3, 30, 300};
  private static final int BUNDLES = 100_000;
  private static final int MOST_ROUNDS = 3;
  private static final int HOURS = 2;
  private static final Duration EVERY = Duration.ofHours(1);
  private static final double TARGET_EVENTS = 500_000;
  private static final int TRACE_EVENTS = 10_000_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final BenchRun run;

  private ReplaySuite(BenchRun run) {
    this.run = run;
  }

  static List<Result> measure(BenchRun run) {
    ReplaySuite suite = new ReplaySuite(run);
    List<Result> results = new ArrayList<>();
    for (int nodes : NODES) {
      results.addAll(suite.ring(nodes, EVERY, "links open"));
      results.addAll(suite.ring(nodes, Duration.ofMinutes(20), "open 20 minutes an hour"));
    }
    results.add(suite.trace());
    return results;
  }

  /** Bundles of 100 bytes go up to three hops round a ring of ideal links. */
  private List<Result> ring(int nodes, Duration open, String text) {
    ScenarioBuilder builder = new ScenarioBuilder("ring", Duration.ofHours(HOURS));
    for (int i = 0; i < nodes; i++) {
      builder.nodes("n" + i);
    }
    for (int i = 0; i < nodes; i++) {
      builder
          .link("n" + i, "n" + (i + 1) % nodes, "ideal", Channel.of(10, 1_250_000))
          .contacts(
              "n" + i, "n" + (i + 1) % nodes, Duration.ofMinutes(i % 7), Duration.ofHours(1), open);
    }
    Duration every = Duration.ofHours(HOURS).dividedBy(BUNDLES / nodes);
    for (int i = 0; i < nodes; i++) {
      builder.flow("n" + i, "n" + (i + Math.min(3, nodes / 3)) % nodes, every, 100);
    }
    Scenario scenario = builder.build();
    List<Double> events = new ArrayList<>();
    List<Double> speed = new ArrayList<>();
    run.progress().accept(SUITE + " " + nodes + " nodes, " + text);
    var _ = timed(scenario);
    for (int i = 0; i < Math.min(MOST_ROUNDS, run.options().rounds()); i++) {
      RunResult result = timed(scenario);
      double seconds = result.speed().realNanos() / NANOS_PER_SECOND;
      events.add(result.events() / seconds);
      speed.add(result.durationNanos() / NANOS_PER_SECOND / seconds);
    }
    Result rate = result(nodes + " nodes, " + text, "events/s", events);
    boolean met = rate.median() >= TARGET_EVENTS;
    return List.of(
        open.equals(EVERY) ? rate.aimingAt("at least 500,000 events/s, every rule", met) : rate,
        result(nodes + " nodes, " + text + ", virtual time", "s/s", speed));
  }

  /** A year of ten million connection events, streamed from a file. */
  private Result trace() {
    run.progress().accept(SUITE + " trace of " + TRACE_EVENTS + " events");
    Path directory = run.fresh(SUITE);
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("year.one");
      write(file);
      ScenarioBuilder builder =
          new ScenarioBuilder("year", Duration.ofDays(365))
              .plan(new Scenario.PlanSource.None())
              .nodes("a", "b", "c")
              .trace(file, Channel.of(10, 125_000));
      for (String[] ends : new String[][] {{"a", "b"}, {"b", "c"}}) {
        builder.link(
            new Scenario.LinkSpec(
                ends[0], ends[1], "ideal", Channel.of(10, 125_000), true, List.of(), List.of()));
      }
      builder.flow("a", "b", Duration.ofMinutes(10), 500);
      RunResult result = timed(builder.build());
      return result(
          "a year's trace of 10 million events",
          "trace events/s",
          List.of(TRACE_EVENTS / (result.speed().realNanos() / NANOS_PER_SECOND)));
    } catch (IOException e) {
      throw new BenchException(directory + " cannot be used: " + e, e);
    } finally {
      run.done(directory);
    }
  }

  private static void write(Path file) throws IOException {
    long stepMillis = Duration.ofDays(365).toMillis() / TRACE_EVENTS;
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (int i = 0; i < TRACE_EVENTS; i++) {
        long millis = i * stepMillis;
        String pair = i / 2 % 2 == 0 ? "a b" : "b c";
        out.write(BigDecimal.valueOf(millis, 3) + " CONN " + pair);
        out.write(i % 2 == 0 ? " up\n" : " down\n");
      }
    }
  }

  private RunResult timed(Scenario scenario) {
    long from = run.clock().now().bootNanos();
    RunResult result = Replay.run(scenario);
    result
        .violation()
        .ifPresent(
            broken -> {
              throw new BenchException(broken.rule() + ": " + broken.what());
            });
    return result.took(run.clock().now().bootNanos() - from);
  }

  private static Result result(String name, String unit, List<Double> rounds) {
    return new Result(SUITE, name, unit, rounds, List.of(), Optional.empty());
  }
}
