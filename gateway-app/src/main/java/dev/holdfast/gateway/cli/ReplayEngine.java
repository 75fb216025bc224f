package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.replay.Progress;
import dev.holdfast.gateway.replay.Replay;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.Scenario;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the replay command has done for it.
 *
 * @param runner runs a scenario
 * @param reporter writes what came of a run for people to look at
 */
record ReplayEngine(Runner runner, Reporter reporter) {
  /** The true one. */
  static final ReplayEngine REAL = new ReplayEngine(Replay::run, ReplayEngine::noReport);

  /** Runs a scenario. */
  @FunctionalInterface
  interface Runner {
    RunResult run(Scenario scenario, Progress progress);
  }

  /** Writes what came of a run. */
  @FunctionalInterface
  interface Reporter {
    void write(Path directory, Scenario scenario, RunResult result) throws IOException;
  }

  private static void noReport(Path directory, Scenario scenario, RunResult result) {
    throw CommandException.failed(
        "--report: reports of " + scenario.name() + " cannot be written yet; leave it out");
  }
}
