package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.linkem.LinkQuality;
import dev.holdfast.gateway.linkem.LinkSchedule;
import dev.holdfast.gateway.linkem.Linkem;
import dev.holdfast.gateway.linkem.LinkemLimits;
import dev.holdfast.gateway.linkem.LinkemSettings;
import dev.holdfast.gateway.linkem.LinkemSettings.AtWindowEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast linkem}: a link between two programs, emulated by a relay of their sockets. */
@Command(
    name = "linkem",
    mixinStandardHelpOptions = true,
    header = "Emulate a link: a TCP and UDP relay with light time, rate, loss and contact windows.",
    description = {
      "",
      "One program connects to --listen as if it were the other end; the relay connects to"
          + " --connect. No root, no kernel module. The two directions are independent; all"
          + " connections of one share its rate. A byte that left in a window arrives, even if the"
          + " window closes meanwhile. A lost packet of a TCP stream delays what follows by a round"
          + " trip; a lost datagram is gone. Which are lost is decided by --seed alone.",
      "",
      "Outside a window connecting is refused. A window's end cuts connections (what left still"
          + " arrives, then both ends are reset) or, with --at-window-end hold, keeps them waiting.",
      "",
      "With --trace a link does what a link trace says of it, in every format that holdfast trace"
          + " check reads: rates, light times and losses as they change (what the trace does not say"
          + " the options do), resets, and windows. --from and --to name the link; a direction that"
          + " the trace does not speak of is closed. A mahimahi trace is of the direction from the"
          + " connecting side; the other one is open all the time.",
      ""
    })
public final class LinkemCommand implements Callable<Integer> {
  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final long LONGEST_WAIT_NANOS = Duration.ofHours(1).toNanos();

  private final GatewayClock clock;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--listen",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where to take connections and datagrams; port 0 takes any free one.")
  private String listen = "";

  @Option(
      names = "--connect",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where they go.")
  private String connect = "";

  @Option(
      names = "--owlt",
      paramLabel = "D",
      defaultValue = "0s",
      description = "One-way light time, such as 500ms (default: ${DEFAULT-VALUE}).")
  private String owlt = "";

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Rate of each direction, such as 2Mbit/s (default: unlimited).")
  private @Nullable String rate;

  @Option(
      names = "--loss",
      paramLabel = "P",
      defaultValue = "0",
      description = "Share of packets lost, such as 1%% or 0.01 (default: ${DEFAULT-VALUE}).")
  private String loss = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Decides which packets are lost (default: ${DEFAULT-VALUE}).")
  private long seed;

  @ArgGroup(validate = false, heading = "%nOf a link that changes:%n")
  private LinkemTrace trace = new LinkemTrace();

  @Option(
      names = "--at-window-end",
      paramLabel = "cut|hold",
      defaultValue = "cut",
      description = "What becomes of TCP connections (default: ${DEFAULT-VALUE}).")
  private AtWindowEnd atWindowEnd = AtWindowEnd.CUT;

  @Option(names = "--udp", description = "Relay datagrams too, on the same port numbers.")
  private boolean udp;

  @Option(
      names = "--buffer",
      paramLabel = "SIZE",
      defaultValue = "64MiB",
      description =
          "Most bytes in flight per connection and direction (default: ${DEFAULT-VALUE}); a link"
              + " that holds more is slower than its rate.")
  private String buffer = "";

  @Option(
      names = "--for",
      paramLabel = "D",
      description = "End after so long (default: when stopped).")
  private @Nullable String duration;

  @Option(
      names = "--json",
      description = "JSON lines: when it listens, opens and closes, and what went through.")
  private boolean json;

  /** The command with the clock its relay runs by. */
  public LinkemCommand(GatewayClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    Instant zero = trace.zero(clock.now().wall().toInstant());
    long bufferBytes = argument("--buffer", buffer, Units::size);
    if (bufferBytes < 1) {
      throw CommandException.unusable("--buffer: at least 1B");
    }
    Optional<Duration> end =
        Optional.ofNullable(duration).map(text -> argument("--for", text, Units::duration));
    LinkemSettings settings =
        new LinkemSettings(
            address("--listen", listen),
            address("--connect", connect),
            schedule(zero),
            seed,
            atWindowEnd,
            udp);
    LinkemLimits limits = LinkemLimits.DEFAULT.withBufferBytes(bufferBytes);
    try (Linkem relay = Linkem.start(settings, limits, clock, zero)) {
      LinkemReport report = new LinkemReport(relay, json, spec.commandLine().getOut());
      report.listening(connect);
      relayUntil(relay.now() + end.orElse(FOR_EVER).toNanos(), relay, report);
      return 0;
    } catch (IOException e) {
      throw CommandException.unusable(
          "--listen: cannot listen at " + listen + ": " + e.getMessage() + "; choose another port");
    }
  }

  private void relayUntil(long ends, Linkem relay, LinkemReport report)
      throws InterruptedException {
    try (StopSignal stop = StopSignal.listen()) {
      report.state();
      while (relay.now() < ends) {
        long next = Math.min(ends, relay.schedule().nextEdge(relay.now()));
        if (stop.await(Math.clamp(next - relay.now(), 0, LONGEST_WAIT_NANOS))) {
          break;
        }
        report.state();
      }
      report.statistics();
    }
  }

  private LinkSchedule schedule(Instant zero) {
    LinkQuality otherwise =
        new LinkQuality(
            Optional.ofNullable(rate)
                .map(text -> argument("--rate", text, Units::bytesPerSecond))
                .orElse(LinkQuality.UNLIMITED),
            argument("--owlt", owlt, LinkemCommand::owltNanos),
            argument("--loss", loss, LinkemCommand::share));
    return trace.schedule(otherwise, zero, spec.commandLine().getErr());
  }

  private static long owltNanos(String text) {
    Duration owlt = Units.duration(text);
    if (owlt.compareTo(Duration.ofNanos(LinkQuality.MAX_OWLT_NANOS)) > 0) {
      throw new IllegalArgumentException("a light time of " + text + " is over 366d");
    }
    return owlt.toNanos();
  }

  /** A probability: {@code 1%} or {@code 0.01}. */
  private static double share(String text) {
    boolean percent = text.endsWith("%");
    String number = percent ? text.substring(0, text.length() - 1) : text;
    if (!number.matches("\\d{1,3}(\\.\\d{1,9})?")) {
      throw new IllegalArgumentException("'" + text + "' is no loss; write 1% or 0.01, below 100%");
    }
    double loss = Double.parseDouble(number) / (percent ? 100 : 1);
    if (loss >= 1) {
      throw new IllegalArgumentException("a loss of " + text + " lets nothing through; below 100%");
    }
    return loss;
  }

  private static InetSocketAddress address(String option, String text) {
    HostPort parsed = argument(option, text, HostPort::parse);
    InetSocketAddress address = new InetSocketAddress(parsed.host(), parsed.port());
    if (address.isUnresolved()) {
      throw CommandException.unusable(option + ": no host is called '" + parsed.host() + "'");
    }
    return address;
  }

  private static <T> T argument(String option, String text, Function<String, T> reader) {
    try {
      return reader.apply(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(option + ": " + e.getMessage());
    }
  }
}
