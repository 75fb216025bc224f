package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.replay.Minimiser;
import dev.holdfast.gateway.replay.Progress;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.report.RepeatCommand;
import dev.holdfast.gateway.scenario.ScenarioWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A scenario run with one seed after the other. */
final class ReplayCampaign {
  private static final long SHOWN_EVERY_NANOS = 100_000_000L;

  private final Order order;
  private final ReplayEngine engine;
  private final GatewayClock clock;
  private final Screen screen;
  private final Optional<ResultsFile> results;
  private final String version;
  private final long begun;
  private final List<Long> failed = new ArrayList<>();
  private long run;
  private long known;

  /**
   * What is to be done.
   *
   * @param named the scenario as it was named
   * @param scenario the scenario
   * @param directory where it stands
   * @param seeds the seeds
   * @param results where results are kept
   * @param report where reports go
   * @param minimise where the least that fails is written
   * @param maxNanos how long it may take in truth
   * @param json results as JSON
   * @param quiet only what failed
   */
  record Order(
      String named,
      Scenario scenario,
      Path directory,
      Seeds seeds,
      Optional<Path> results,
      Optional<Path> report,
      Optional<Path> minimise,
      long maxNanos,
      boolean json,
      boolean quiet) {}

  /** Ends a run because there is no more time for it. */
  private static final class TimeIsUp extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  ReplayCampaign(Order order, ReplayEngine engine, GatewayClock clock, Screen screen) {
    this.order = order;
    this.engine = engine;
    this.clock = clock;
    this.screen = screen;
    this.version = version(order.scenario(), order.directory());
    this.results =
        order.results().map(file -> ResultsFile.open(file, order.scenario().name(), version));
    this.begun = clock.now().bootNanos();
  }

  /** Which scenario it is, whatever its seed. */
  private static String version(Scenario scenario, Path directory) {
    CRC32C sum = new CRC32C();
    sum.update(
        ScenarioWriter.write(scenario.withSeed(0), directory).getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }

  /** Runs the seeds; the exit code. */
  int run() throws IOException {
    long seed = order.seeds().first();
    boolean more = true;
    while (more) {
      Optional<Boolean> before = knownOf(seed);
      if (before.isPresent()) {
        known++;
        if (!before.get()) {
          failed.add(seed);
        }
      } else if (!oneInTime(seed)) {
        break;
      }
      more = seed < order.seeds().last() && (order.minimise().isEmpty() || failed.isEmpty());
      seed++;
    }
    screen.clear();
    return end();
  }

  private Optional<Boolean> knownOf(long seed) {
    return results.flatMap(file -> file.passed(seed));
  }

  /** Runs one seed; false if there was no time for it. */
  private boolean oneInTime(long seed) throws IOException {
    if (elapsed() >= order.maxNanos()) {
      return false;
    }
    try {
      one(seed);
      return true;
    } catch (TimeIsUp e) {
      return false;
    }
  }

  private void one(long seed) throws IOException {
    Scenario scenario = order.scenario().withSeed(seed);
    long from = clock.now().bootNanos();
    RunResult result = timed(engine.runner().run(scenario, progress(title(seed), scenario)), from);
    screen.clear();
    run++;
    String line = RunJson.line(result, version, again(seed));
    results.ifPresent(file -> file.add(seed, result.passed(), line));
    if (!result.passed()) {
      failed.add(seed);
    }
    tell(result, line);
    report(result);
    if (!result.passed() && order.minimise().isPresent()) {
      minimise(scenario, result, order.minimise().get());
    }
  }

  private RunResult timed(RunResult result, long from) {
    return new RunResult(
        result.scenario(),
        result.seed(),
        result.durationNanos(),
        result.hash(),
        result.events(),
        result.totals(),
        result.latencies(),
        result.contacts(),
        result.contactsLeftOut(),
        result.nodes(),
        result.faults(),
        result.verdicts(),
        result.violation(),
        new RunResult.Speed(clock.now().bootNanos() - from));
  }

  private void tell(RunResult result, String line) {
    if (order.json()) {
      screen.line(line);
    } else if (order.seeds().isOne() && !order.quiet()) {
      RunText.lines(result, again(result.seed())).forEach(screen::line);
    }
    if (!result.passed()) {
      RunText.broken(result, again(result.seed()), order.seeds().isOne()).forEach(screen::note);
    }
  }

  private void report(RunResult result) throws IOException {
    if (order.report().isEmpty()) {
      return;
    }
    boolean one = order.seeds().isOne();
    if (one || !result.passed()) {
      Path directory =
          one ? order.report().get() : order.report().get().resolve("seed-" + result.seed());
      engine.reporter().write(directory, order.named(), result);
      note("report in " + directory);
    }
  }

  private void minimise(Scenario scenario, RunResult result, Path file) throws IOException {
    if (result.violation().isEmpty()) {
      note("--minimise: no rule was broken; what is expected and not met is not minimised");
      return;
    }
    String title = "minimising seed " + result.seed();
    Minimiser minimiser =
        new Minimiser(
            smaller -> engine.runner().run(smaller, shown(title, smaller)),
            () -> elapsed() >= order.maxNanos(),
            this::note);
    Scenario least = minimiser.minimise(scenario).orElse(scenario);
    screen.clear();
    Path directory = file.toAbsolutePath().resolveSibling("").normalize();
    Files.writeString(
        file,
        "# The least of %s, seed %d, that still breaks '%s'.\n#\n#     holdfast replay %s\n\n"
                .formatted(order.named(), result.seed(), result.violation().get().rule(), file)
            + ScenarioWriter.write(least, directory));
    note(
        "minimised in %d runs to %d nodes, %d flows and %d faults: holdfast replay %s"
            .formatted(
                minimiser.runs(),
                least.nodes().size(),
                least.traffic().stream().filter(flow -> flow.count() > 0).count(),
                least.faults().size(),
                file));
  }

  private int end() {
    if (run + known == 0) {
      throw CommandException.failed(
          "no seed was done within --max-time; give it more time, or the scenario less to do");
    }
    if (!order.seeds().isOne()) {
      note(summary());
    }
    if (failed.isEmpty() && order.minimise().isPresent()) {
      note("nothing to minimise: nothing failed");
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private String summary() {
    String last = order.seeds().isEndless() ? "on" : "to " + order.seeds().last();
    StringBuilder text =
        new StringBuilder(
            "%s from seed %d %s: %d done%s, %d passed"
                .formatted(
                    order.scenario().name(),
                    order.seeds().first(),
                    last,
                    run + known,
                    known == 0 ? "" : ", " + known + " of them before",
                    run + known - failed.size()));
    if (!failed.isEmpty()) {
      text.append("; failed: ");
      int shown = Math.min(failed.size(), 20);
      text.append(
          String.join(" ", failed.subList(0, shown).stream().map(Object::toString).toList()));
      text.append(failed.size() > shown ? " and " + (failed.size() - shown) + " more" : "");
    }
    return text.toString();
  }

  private void note(String text) {
    if (!order.quiet()) {
      screen.note(text);
    }
  }

  private String title(long seed) {
    return order.scenario().name()
        + " seed "
        + seed
        + (failed.isEmpty() ? "" : ", " + failed.size() + " failed");
  }

  /** Shows how far it is, and ends it when the time is up. */
  private Progress progress(String title, Scenario scenario) {
    Progress shown = shown(title, scenario);
    return (virtual, events) -> {
      if (elapsed() >= order.maxNanos()) {
        throw new TimeIsUp();
      }
      shown.at(virtual, events);
    };
  }

  private Progress shown(String title, Scenario scenario) {
    long from = elapsed();
    long[] next = {from};
    return (virtual, events) -> {
      long now = elapsed();
      if (now >= next[0] && !order.quiet()) {
        next[0] = now + SHOWN_EVERY_NANOS;
        screen.progress(
            RunText.progress(title, virtual, scenario.durationNanos(), events, now - from));
      }
    };
  }

  private long elapsed() {
    return clock.now().bootNanos() - begun;
  }

  private String again(long seed) {
    return RepeatCommand.of(order.named(), seed);
  }
}
