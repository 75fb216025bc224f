package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.TraceFormat;
import dev.holdfast.contacts.yaml.Nearest;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.replay.BadInputException;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.scenario.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code holdfast replay}: a scenario in virtual time, or a capture to a gateway. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    header = "Run a scenario in virtual time, or replay a capture to a gateway.",
    description = {
      "",
      "A scenario is a file, or the name of one that comes with Holdfast; without a file those are"
          + " listed. Its nodes are real, and every rule is checked at every step. The same"
          + " scenario and seed give the same run, and the same hash, on every machine. A rule that"
          + " is broken ends the run and is told with its seed, its time and the command that"
          + " repeats it.",
      "",
      "A capture (pcap or pcapng of TCPCLv4, MTCP or UDPCL, told by its content) is replayed to the"
          + " node that --gateway names: its neighbours send what they sent then, and what it"
          + " forwards is compared with what was forwarded then. The node is a gateway in virtual"
          + " time, or with --connect one that runs.",
      ""
    },
    footer = {
      "",
      "Exit codes: 0 every rule held and every expectation was met, or the capture came out as it"
          + " was; 1 not so; 2 unusable arguments or input."
    })
public final class ReplayCommand implements Callable<Integer> {
  /** The options that say nothing of a capture. */
  private static final List<String> OF_SCENARIOS =
      List.of(
          "--seed", "--seeds", "--from-seed", "--results", "--report", "--minimise", "--max-time");

  private final GatewayClock clock;
  private final ShippedScenarios shipped;
  private final ReplayEngine engine;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FILE",
      description = "A scenario, or a capture.")
  private @Nullable String named;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Run with this seed (default: the scenario's own).")
  private @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "A..B",
      description = "Run with each of these seeds; only what failed is told, and a count.")
  private Optional<String> seeds = Optional.empty();

  @Option(
      names = "--from-seed",
      paramLabel = "N",
      description = "Begin --seeds there; without them go on from there until --max-time.")
  private @Nullable Long fromSeed;

  @Option(
      names = "--results",
      paramLabel = "FILE",
      description = "Add a JSON line for each seed to this file; seeds that are in it are not run.")
  private Optional<Path> results = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write a report to look at; of several seeds for each that failed.")
  private Optional<Path> report = Optional.empty();

  @Option(
      names = "--minimise",
      paramLabel = "FILE",
      description = "Make the first seed that fails as small as it still fails, and write that.")
  private Optional<Path> minimise = Optional.empty();

  @Option(
      names = "--max-time",
      paramLabel = "D",
      description = "End after so long in truth, such as 3m; a run under way then does not count.")
  private Optional<String> maxTime = Optional.empty();

  @Option(names = "--json", description = "A JSON line for each run on standard output.")
  private boolean json;

  @Option(names = "--quiet", description = "Tell only what failed.")
  private boolean quiet;

  @ArgGroup(validate = false, heading = "%nOf captures:%n")
  private ReplayCaptureOptions captures = new ReplayCaptureOptions();

  /** The command; real time is taken from {@code clock}. */
  public ReplayCommand(GatewayClock clock) {
    this(clock, ShippedScenarios.besideLauncher(), ReplayEngine.REAL);
  }

  ReplayCommand(GatewayClock clock, ShippedScenarios shipped, ReplayEngine engine) {
    this.clock = clock;
    this.shipped = shipped;
    this.engine = engine;
  }

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec);
    if (named == null) {
      refuse(ReplayCaptureOptions.NAMES, "is of captures; name one");
      return list(screen);
    }
    try {
      return replay(named, screen);
    } catch (YamlException e) {
      e.problems().forEach(problem -> screen.note(problem.toString()));
      return 2;
    } catch (BadInputException e) {
      e.problems().forEach(screen::note);
      return 2;
    } catch (BadTraceException e) {
      screen.note(String.valueOf(e.getMessage()));
      return 2;
    }
  }

  private int replay(String name, Screen screen) throws IOException {
    Optional<TraceFormat> format = ReplayCapture.format(name);
    if (format.equals(Optional.of(TraceFormat.PCAP))) {
      refuse(OF_SCENARIOS, "is of scenarios, and " + name + " is a capture");
      return new ReplayCapture(name, captures, clock, screen).run(json, quiet);
    }
    if (format.equals(Optional.of(TraceFormat.LINKTRACE))) {
      throw CommandException.unusable(
          name
              + ": a link trace tells when links were up and not what crossed them; name it under"
              + " 'traces:' of a scenario, and replay that");
    }
    if (captures.gateway().isEmpty() || Files.isRegularFile(Path.of(name))) {
      refuse(ReplayCaptureOptions.NAMES, "is of captures, and " + name + " is none");
    } else {
      throw CommandException.unusable(name + ": there is no such file; look at the path");
    }
    return new ReplayCampaign(order(name), engine, clock, screen).run();
  }

  /** None of these options makes sense here. */
  private void refuse(List<String> options, String why) {
    ParseResult given = spec.commandLine().getParseResult();
    for (String option : options) {
      if (given.hasMatchedOption(option)) {
        throw CommandException.unusable(option + ": this " + why);
      }
    }
  }

  private int list(Screen screen) {
    List<ShippedScenarios.Shipped> all = shipped.list();
    int width = all.stream().mapToInt(each -> each.name().length()).max().orElse(0);
    for (ShippedScenarios.Shipped each : all) {
      if (json) {
        screen.line(
            JsonText.line(
                out -> {
                  out.writeStringProperty("scenario", each.name());
                  out.writeStringProperty("about", each.about());
                }));
      } else {
        screen.line(each.name() + " ".repeat(width - each.name().length() + 2) + each.about());
      }
    }
    return 0;
  }

  private ReplayCampaign.Order order(String name) {
    long most = maxTime.map(ReplayCommand::maxNanos).orElse(Long.MAX_VALUE);
    Path file = file(name);
    Scenario scenario = ScenarioReader.load(file);
    return new ReplayCampaign.Order(
        name,
        scenario,
        file.toAbsolutePath().resolveSibling("").normalize(),
        Seeds.of(of(seed), seeds, of(fromSeed), scenario.seed(), maxTime.isPresent()),
        results,
        report,
        minimise,
        most,
        json,
        quiet);
  }

  private Path file(String name) {
    try {
      Path path = Path.of(name);
      if (Files.isRegularFile(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw CommandException.unusable("'" + name + "' is no path");
    }
    return shipped.find(name).orElseThrow(() -> unknown(name));
  }

  private CommandException unknown(String name) {
    List<String> names = shipped.list().stream().map(ShippedScenarios.Shipped::name).toList();
    String hint =
        Nearest.to(name, names)
            .map(near -> "; did you mean '" + near + "'?")
            .orElse("; holdfast replay lists those that come with it");
    return CommandException.unusable(
        "'" + name + "' is neither a file nor a scenario that comes with Holdfast" + hint);
  }

  private static OptionalLong of(@Nullable Long number) {
    return number == null ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static long maxNanos(String text) {
    try {
      return Units.duration(text).toNanos();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw CommandException.unusable("--max-time: " + e.getMessage());
    }
  }
}
