package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.bench.Bench;
import dev.holdfast.gateway.bench.BenchOptions;
import dev.holdfast.gateway.bench.BenchReport;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code holdfast bench}: what this gateway does on this machine, beside what the machine can. */
@Command(
    name = "bench",
    sortOptions = false,
    header = "Measure the gateway on this machine, each figure beside its floor in the same run.",
    description = {
      "",
      "Starts real gateways with stores below --dir and loads them over TCPCLv4 on loopback from"
          + " this process. Beside each figure stands the floor: the very batches of the round"
          + " written into RocksDB once more, synced and nothing else, and the same bytes over"
          + " loopback TCP alone. Compare ratios; figures of a busy machine mean little.",
      "",
      "Suites: reception (bundles/s into the store, each acknowledged after its sync), through (in,"
          + " stored, out again), ping (round trip to the echo endpoint), start (until ready, memory"
          + " when idle), large (one bundle larger than the heap), mixed (acknowledgements of small"
          + " bundles while a large one streams in), replay (networks of 3, 30 and 300 nodes in"
          + " virtual time, in this process), twins (registers written through a replica into a"
          + " store and read again, in this process).",
      ""
    })
public final class BenchCommand implements Callable<Integer> {
  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,8}[kKmMgG]");
  private static final List<String> IN_MEMORY = List.of("tmpfs", "ramfs");

  private final GatewayClock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "SUITE",
      description = "Which suites, in this order (default: all).")
  private List<BenchOptions.Suite> suites = List.of();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where stores are made, on the disk to be measured (default: in target).")
  private @Nullable Path directory;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each is measured (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--round",
      paramLabel = "D",
      defaultValue = "3s",
      description = "About how long a round takes (default: ${DEFAULT-VALUE}).")
  private String round = "";

  @Option(
      names = "--warm-up",
      paramLabel = "D",
      defaultValue = "10s",
      description =
          "How long a gateway is loaded before it is measured (default: ${DEFAULT-VALUE}).")
  private String warmUp = "";

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = "256m",
      description = "Heap of the gateway, as Java writes it (default: ${DEFAULT-VALUE}).")
  private String heap = "";

  @Option(
      names = "--large",
      paramLabel = "SIZE",
      defaultValue = "1GiB",
      description = "Payload of the large bundle (default: ${DEFAULT-VALUE}).")
  private String large = "";

  @Option(
      names = "--twins",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Twins in the store of twins (default: ${DEFAULT-VALUE}).")
  private long twins;

  @Option(names = "--keep", description = "Keep the stores.")
  private boolean keep;

  @Option(names = "--json", description = "One JSON document instead of the table.")
  private boolean json;

  /** The command with the clock it measures by. */
  public BenchCommand(GatewayClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    BenchOptions options = options();
    PrintWriter err = spec.commandLine().getErr();
    BenchReport report =
        Bench.run(
            options,
            clock,
            doing -> {
              err.println("bench: " + doing);
              err.flush();
            });
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? json(report) + "\n" : report.table());
    out.flush();
    if (!report.failures().isEmpty()) {
      throw CommandException.failed(String.join("; ", report.failures()));
    }
    return 0;
  }

  private BenchOptions options() {
    if (rounds < 1) {
      throw CommandException.unusable("--rounds: at least 1, not " + rounds);
    }
    if (twins < 100) {
      throw CommandException.unusable("--twins: at least 100, not " + twins);
    }
    if (!HEAP.matcher(heap).matches()) {
      throw CommandException.unusable("--heap: '" + heap + "' is no heap size; write 256m or 1g");
    }
    return new BenchOptions(
        suites.isEmpty() ? List.copyOf(EnumSet.allOf(BenchOptions.Suite.class)) : suites,
        directory(),
        rounds,
        seconds("--round", round, 1),
        seconds("--warm-up", warmUp, 0),
        heap,
        largeBytes(),
        twins,
        keep);
  }

  private long largeBytes() {
    try {
      long bytes = Units.size(large);
      if (bytes < 1) {
        throw CommandException.unusable("--large: at least 1B");
      }
      return bytes;
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--large: " + e.getMessage());
    }
  }

  private static int seconds(String option, String text, int least) {
    try {
      Duration duration = Units.duration(text);
      if (duration.toSeconds() < least || duration.toSeconds() > 3_600) {
        throw CommandException.unusable(option + ": from " + least + "s to 1h, not " + text);
      }
      return (int) duration.toSeconds();
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(option + ": " + e.getMessage());
    }
  }

  private Path directory() {
    Path chosen = directory == null ? besideLauncher() : directory;
    Path bench = chosen.resolve("holdfast-bench").toAbsolutePath();
    try {
      Files.createDirectories(bench);
      String type = Files.getFileStore(bench).type();
      if (IN_MEMORY.contains(type)) {
        throw CommandException.unusable(
            "--dir: "
                + chosen
                + " is in memory ("
                + type
                + "), where a sync costs nothing;"
                + " choose a directory on the disk to be measured");
      }
      return bench;
    } catch (IOException e) {
      throw CommandException.unusable("--dir: " + chosen + " cannot be used: " + e.getMessage());
    }
  }

  /** The build directory of the launcher that started this, else the working directory. */
  private static Path besideLauncher() {
    String launcher = System.getProperty("holdfast.launcher", "");
    Path app = launcher.isEmpty() ? null : Path.of(launcher).toAbsolutePath().getParent();
    Path home = app == null ? null : app.getParent();
    return home == null ? Path.of("") : home.resolve("target");
  }

  private static String json(BenchReport report) {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(report.json());
  }
}
