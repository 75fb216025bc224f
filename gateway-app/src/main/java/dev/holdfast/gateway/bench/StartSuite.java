package dev.holdfast.gateway.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * From the start of the process until the gateway is ready, and its memory when nothing happens.
 */
final class StartSuite {
  private static final String SUITE = "start";
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final double MIB = 1 << 20;

  private StartSuite() {}

  /** A start on an empty store and one on the store it left, each round. */
  static List<Result> measure(BenchRun run) {
    List<Double> fresh = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    for (int i = 0; i < run.options().rounds(); i++) {
      run.progress().accept(SUITE + ", round " + (i + 1));
      Path directory = run.fresh(SUITE);
      try (BenchGateway first = start(run, directory)) {
        fresh.add(first.readyMillis());
      }
      try (BenchGateway second = start(run, directory)) {
        again.add(second.readyMillis());
        idle(run);
        resident.add(second.residentBytes() / MIB);
      }
      run.done(directory);
    }
    return List.of(
        new Result(SUITE, "ready, new store", "ms", fresh, List.of(), Optional.empty()),
        new Result(SUITE, "ready, same store", "ms", again, List.of(), Optional.empty()),
        new Result(SUITE, "resident when idle", "MiB", resident, List.of(), Optional.empty()));
  }

  private static BenchGateway start(BenchRun run, Path directory) {
    return BenchGateway.start(
        run.clock(), directory, run.options().gatewayHeap(), OptionalInt.empty());
  }

  private static void idle(BenchRun run) {
    long end = run.clock().now().bootNanos() + IDLE_NANOS;
    for (long left = IDLE_NANOS; left > 0; left = end - run.clock().now().bootNanos()) {
      LockSupport.parkNanos(left);
    }
  }
}
