package dev.holdfast.gateway.bench;

import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The benchmark suite: runs what is asked for, one suite after the other. */
public final class Bench {
  private Bench() {}

  /**
   * Runs the suites. One that cannot go on is a failure in the report, and the next is run.
   *
   * @param progress told what is being done, for people
   */
  public static BenchReport run(
      BenchOptions options, GatewayClock clock, Consumer<String> progress) {
    var run = new BenchRun(clock, options, progress);
    List<Result> results = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (BenchOptions.Suite suite : options.suites()) {
      try {
        results.addAll(measure(suite, run));
      } catch (BenchException e) {
        failures.add(suite.name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
      }
    }
    return new BenchReport(machine(options.directory()), settings(options), results, failures);
  }

  private static List<Result> measure(BenchOptions.Suite suite, BenchRun run) {
    return switch (suite) {
      case RECEPTION -> RateSuite.reception(run);
      case THROUGH -> RateSuite.through(run);
      case PING -> PingSuite.measure(run);
      case START -> StartSuite.measure(run);
      case LARGE -> LargeSuite.measure(run);
      case MIXED -> MixedSuite.measure(run);
      case REPLAY -> ReplaySuite.measure(run);
      case TWINS -> TwinSuite.measure(run);
    };
  }

  private static Map<String, String> machine(Path directory) {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    machine.put("model", line("/proc/cpuinfo", "model name"));
    machine.put("memory", line("/proc/meminfo", "MemTotal"));
    machine.put("kernel", System.getProperty("os.version"));
    machine.put("java", System.getProperty("java.vm.version"));
    machine.put("file system", fileSystem(directory));
    return machine;
  }

  private static Map<String, String> settings(BenchOptions options) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("rounds", options.rounds() + ", medians over them");
    settings.put(
        "round", options.seconds() + " s, after " + options.warmUpSeconds() + " s warm-up");
    settings.put("gateway heap", options.gatewayHeap());
    return settings;
  }

  private static String line(String file, String name) {
    try {
      for (String line : Files.readAllLines(Path.of(file))) {
        if (line.startsWith(name)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
      return "unknown";
    } catch (IOException notThisKindOfMachine) {
      return "unknown";
    }
  }

  private static String fileSystem(Path directory) {
    try {
      Files.createDirectories(directory);
      return Files.getFileStore(directory).type();
    } catch (IOException e) {
      throw new BenchException(directory + " cannot be used: " + e.getMessage(), e);
    }
  }
}
