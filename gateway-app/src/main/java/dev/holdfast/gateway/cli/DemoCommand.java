package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.demo.Demo;
import dev.holdfast.gateway.demo.DemoSettings;
import dev.holdfast.gateway.demo.Outcome;
import dev.holdfast.gateway.demo.Sabotage;
import dev.holdfast.gateway.demo.ViewPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast demo}: two regions, a relay and a contact plan on this machine. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    header = "Two regions, a relay that is killed, and a contact plan, on this machine.",
    description = {
      "",
      "Earth, relay and mars run as three gateways, each with its own store and copy of the plan,"
          + " joined by emulated links that rise and set. Bundles of 100 B to 64 MiB go both ways;"
          + " most must wait for a window that is closed. The relay is killed with SIGKILL in"
          + " mid-transfer and started again. Both regions change the same twins while they cannot"
          + " hear each other; a conflict is shown and resolved. Exit code 0 only if nothing was"
          + " lost, altered, or delivered again after its acknowledgement, and the twins agree.",
      ""
    })
public final class DemoCommand implements Callable<Integer> {
  private final GatewayClock clock;
  private final Entropy entropy;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--speed",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How much faster than the plan it runs, 1 to 120 (default: ${DEFAULT-VALUE}). Faster:"
              + " shorter windows, in which less is sent on a slow machine.")
  private int speed;

  @Option(
      names = "--for",
      paramLabel = "D",
      description =
          "How long bundles are sent, rounded up to turns of the plan (default: two turns, 40s at"
              + " speed 60). It ends when all have arrived.")
  private Optional<String> duration = Optional.empty();

  @Option(names = "--json", description = "A JSON line for each bundle, then a summary line.")
  private boolean json;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = "Keep configurations, stores and logs in this empty or new directory.")
  private Optional<Path> keep = Optional.empty();

  @Option(
      names = "--sabotage",
      paramLabel = "lose|corrupt|duplicate",
      description = "Break one bundle on purpose: the demo must notice, and exit with 1.")
  private Optional<Sabotage> sabotage = Optional.empty();

  /** The command; {@code clock} drives its emulated links, keys are made of {@code entropy}. */
  public DemoCommand(GatewayClock clock, Entropy entropy) {
    this.clock = clock;
    this.entropy = entropy;
  }

  @Override
  public Integer call() throws InterruptedException {
    DemoSettings settings = settings();
    PrintWriter err = spec.commandLine().getErr();
    ViewPrinter printer = new ViewPrinter(err, Boolean.getBoolean("holdfast.terminal"));
    try {
      Outcome outcome = Demo.run(settings, clock, entropy, printer);
      PrintWriter out = spec.commandLine().getOut();
      (json ? outcome.jsonLines() : outcome.tableLines()).forEach(out::println);
      out.flush();
      settings.keep().ifPresent(directory -> err.println("kept in " + directory));
      return outcome.isKept() ? 0 : 1;
    } catch (IOException e) {
      String.valueOf(e.getMessage()).lines().skip(1).forEach(err::println);
      throw CommandException.failed(String.valueOf(e.getMessage()));
    }
  }

  private DemoSettings settings() {
    try {
      Duration traffic =
          duration.isPresent()
              ? Units.duration(duration.get())
              : DemoSettings.usualTraffic(Math.max(1, speed));
      return new DemoSettings(speed, traffic, keep, sabotage);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(String.valueOf(e.getMessage()));
    }
  }
}
