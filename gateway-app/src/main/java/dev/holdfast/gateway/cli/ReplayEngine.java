package dev.holdfast.gateway.cli;

import dev.holdfast.gateway.replay.Progress;
import dev.holdfast.gateway.replay.Replay;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.report.RunReport;
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
  static final ReplayEngine REAL =
      new ReplayEngine(
          Replay::run, (directory, source, result) -> RunReport.write(result, source, directory));

  /** Runs a scenario. */
  @FunctionalInterface
  interface Runner {
    RunResult run(Scenario scenario, Progress progress);
  }

  /** Writes what came of a run. */
  @FunctionalInterface
  interface Reporter {
    void write(Path directory, String source, RunResult result) throws IOException;
  }
}
