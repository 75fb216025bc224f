package dev.holdfast.it.determinism;

import dev.holdfast.gateway.replay.Replay;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.scenario.ScenarioReader;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Four days of the shipped scenario in which everything goes wrong: sessions of every kind, crashes
 * anywhere, wrong clocks, full disks. Prints the hash of all that happened.
 */
final class SeededRun {
  static final Path SCENARIO = Path.of("../gateway-app/src/main/dist/scenarios/chaos.yaml");

  private SeededRun() {}

  /** The seed is the first argument. */
  public static void main(String[] args) {
    Scenario scenario = ScenarioReader.load(SCENARIO).withSeed(Long.parseLong(args[0]));
    RunResult result = Replay.run(scenario.withDuration(Duration.ofDays(4).toNanos()));
    System.out.println(
        result.hash()
            + " "
            + result.events()
            + " events, delivered "
            + result.totals().delivered()
            + ", crashes "
            + result.totals().crashes()
            + ", broken "
            + result.violation().map(RunResult.Broken::rule).orElse("none"));
  }
}
