package dev.holdfast.gateway;

import dev.holdfast.custody.StoreException;
import dev.holdfast.gateway.cli.CommandException;
import dev.holdfast.gateway.cli.HoldfastCommand;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.config.ClockConfig;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.log.LogSetup;
import dev.holdfast.gateway.plan.PlanReload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sun.misc.Signal;

/** {@code holdfast run}: the service, in the foreground. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    header = "Run a gateway in the foreground.",
    description = {
      "",
      "SIGTERM and SIGINT take no more bundles, let transfers end, and stop. SIGHUP reads contact"
          + " plan and configuration anew; a plan with an error never replaces a good one.",
      ""
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
  private static final long DRAIN_MILLIS = 10_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The gateway's YAML configuration.")
  private Path config = Path.of("");

  /** Made by the command line. */
  RunCommand() {}

  private sealed interface Event {
    record Stop() implements Event {}

    record Reload() implements Event {}

    record Failed(Throwable cause) implements Event {}
  }

  @Override
  public Integer call() throws InterruptedException {
    GatewayConfig read = ConfigReader.load(config);
    LogSetup.apply(read.log());
    LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
    try (Gateway gateway = open(read, events)) {
      started(gateway, read);
      Signal.handle(new Signal("TERM"), s -> events.add(new Event.Stop()));
      Signal.handle(new Signal("INT"), s -> events.add(new Event.Stop()));
      Signal.handle(new Signal("HUP"), s -> events.add(new Event.Reload()));
      return serve(gateway, events);
    } catch (StoreException e) {
      throw e.kind() == StoreException.Kind.LOCKED || e.kind() == StoreException.Kind.FORMAT
          ? CommandException.unusable(String.valueOf(e.getMessage()))
          : CommandException.failed("the store: " + e.getMessage());
    }
  }

  private Gateway open(GatewayConfig read, LinkedBlockingQueue<Event> events) {
    ClockConfig clock = read.clock();
    SystemClock system =
        new SystemClock(
            new SystemClock.Trust(
                clock.assumedError().toMillis(),
                clock.maxError().toMillis(),
                clock.acceptStepAfter().toMillis()));
    try {
      return Gateway.open(
          read,
          () -> ConfigReader.load(config),
          system,
          HoldfastCommand.version(),
          failure -> events.add(new Event.Failed(failure)));
    } catch (IOException e) {
      throw CommandException.unusable(config + ": " + e.getMessage());
    }
  }

  private void started(Gateway gateway, GatewayConfig read) {
    Optional<PlanReload.Refused> refused;
    try {
      refused = gateway.start();
    } catch (IOException e) {
      throw CommandException.unusable(
          config
              + ": api.address: "
              + read.api().address().map(Object::toString).orElse("")
              + " cannot be bound: "
              + e.getMessage()
              + "; choose another, or stop what uses it");
    }
    if (refused.isPresent()) {
      throw CommandException.unusable(refused.get().problems().getFirst());
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "holdfast "
            + read.node()
            + " is ready: "
            + Stream.concat(
                    gateway.apiAddress().stream().map(a -> "api http://" + a),
                    gateway.listeners().stream())
                .collect(Collectors.joining(", ")));
    out.flush();
  }

  private static int serve(Gateway gateway, LinkedBlockingQueue<Event> events)
      throws InterruptedException {
    while (true) {
      switch (events.take()) {
        case Event.Stop() -> {
          LOG.info("stopping: taking no more bundles, letting transfers end");
          gateway.drain(DRAIN_MILLIS);
          for (Event late : events) {
            if (late instanceof Event.Failed(Throwable cause)) {
              return failed(cause);
            }
          }
          return 0;
        }
        case Event.Reload() -> {
          var reloaded = gateway.reload();
          reloaded.lines().forEach(reloaded.good() ? LOG::info : LOG::error);
        }
        case Event.Failed(Throwable cause) -> {
          return failed(cause);
        }
      }
    }
  }

  private static int failed(Throwable cause) {
    LOG.error("the gateway stops: {}", cause.toString(), cause);
    return 1;
  }
}
