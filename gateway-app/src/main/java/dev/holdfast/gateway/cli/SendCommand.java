package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code holdfast send}: hands a file to a gateway as the payload of a bundle. */
@Command(
    name = "send",
    sortOptions = false,
    description = "Sends a file (or standard input) as a bundle; done once the gateway holds it.")
public final class SendCommand implements Callable<Integer> {
  private static final int SMALL = 256 << 10;
  private static final int TOLD_EVERY = 1 << 20;

  private final GatewayClock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "EID",
      converter = EndpointText.class,
      description = "Destination, such as ipn:3.42.")
  private String to = "";

  @Option(
      names = "--from",
      paramLabel = "EID",
      converter = EndpointText.class,
      description = "Source endpoint of the gateway (default: its own).")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--lifetime",
      paramLabel = "D",
      description = "How long it is of use, such as 2h (default: the gateway's).")
  private Optional<String> lifetime = Optional.empty();

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "One of bulk, normal, expedited, urgent (default: the gateway's).")
  private Optional<TrafficClass> priority = Optional.empty();

  @Option(
      names = "--report",
      split = ",",
      paramLabel = "KIND",
      description = "Status reports to ask for: reception, forwarding, delivery, deletion.")
  private List<Report> reports = List.of();

  @Option(
      names = "--report-to",
      paramLabel = "EID",
      converter = EndpointText.class,
      description = "Who gets them (default: the source).")
  private Optional<String> reportTo = Optional.empty();

  @Option(names = "--critical", description = "Copies go by every feasible neighbour.")
  private boolean critical;

  @Option(
      names = "--best-effort",
      description = "It may be lost in a crash; nobody keeps it longer than needed.")
  private boolean bestEffort;

  @Option(names = "--whole", description = "It must not be cut into fragments.")
  private boolean whole;

  @Option(
      names = "--hop-limit",
      paramLabel = "N",
      description = "Most hops, 1 to 255; 0 for no limit.")
  private Optional<Integer> hopLimit = Optional.empty();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Parameters(paramLabel = "FILE", description = "The payload; - for standard input.")
  private String file = "-";

  /** The command; {@code clock} tells how long it took. */
  public SendCommand(GatewayClock clock) {
    this.clock = clock;
  }

  /** Status reports by name. */
  enum Report {
    RECEPTION,
    FORWARDING,
    DELIVERY,
    DELETION
  }

  @Override
  public Integer call() throws IOException {
    Screen screen = new Screen(spec);
    long began = clock.now().bootNanos();
    JsonText.Value answer;
    if (file.equals("-")) {
      answer = standardInput(screen);
    } else {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
        throw CommandException.unusable(file + ": no such file, or it cannot be read");
      }
      answer = submit(screen, path);
    }
    screen.clear();
    tell(screen, answer, Duration.ofNanos(clock.now().bootNanos() - began));
    return 0;
  }

  private void tell(Screen screen, JsonText.Value answer, Duration took) {
    String bundle = answer.need("bundle");
    long bytes = answer.number("payload_bytes");
    if (json) {
      screen.line(
          JsonText.line(
              out -> {
                out.writeStringProperty("bundle", bundle);
                out.writeStringProperty("to", to);
                out.writeNumberProperty("bytes", bytes);
                out.writeNumberProperty("took_ms", took.toMillis());
              }));
    } else {
      screen.line(bundle);
      screen.note(
          Units.sizeText(bytes) + " to " + to + ", held by the gateway after " + Screen.time(took));
    }
  }

  private JsonText.Value standardInput(Screen screen) throws IOException {
    byte[] bytes = System.in.readNBytes(SMALL + 1);
    if (bytes.length <= SMALL) {
      return gateway.client().submit(query(), BodyPublishers.ofByteArray(bytes));
    }
    // The length must be told before the payload, so what has no length is written down first.
    Path spooled = Files.createTempFile("holdfast-send", ".payload");
    try {
      try (var out = Files.newOutputStream(spooled)) {
        out.write(bytes);
        System.in.transferTo(out);
      }
      return submit(screen, spooled);
    } finally {
      Files.delete(spooled);
    }
  }

  private JsonText.Value submit(Screen screen, Path path) throws IOException {
    long length = Files.size(path);
    if (length == 0) {
      return gateway.client().submit(query(), BodyPublishers.ofByteArray(new byte[0]));
    }
    BodyPublisher body =
        BodyPublishers.fromPublisher(
            BodyPublishers.ofInputStream(() -> told(screen, path, length)), length);
    return gateway.client().submit(query(), body);
  }

  private static InputStream told(Screen screen, Path path, long length) {
    try {
      return new Counted(Files.newInputStream(path), TOLD_EVERY) {
        @Override
        void told(long bytes) {
          screen.progress(
              String.format(
                  Locale.ROOT,
                  "%s of %s (%d %%)",
                  Units.sizeText(bytes),
                  Units.sizeText(length),
                  100 * bytes / length));
        }
      };
    } catch (IOException e) {
      throw CommandException.unusable(path + ": " + e.getMessage());
    }
  }

  private ApiClient.Query query() {
    Optional<String> asked =
        reports.isEmpty()
            ? Optional.empty()
            : Optional.of(
                reports.stream()
                    .map(report -> report.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(",")));
    ApiClient.Query query =
        new ApiClient.Query()
            .with("to", to)
            .with("from", from)
            .with("lifetime", lifetime)
            .with("class", priority.map(p -> p.name().toLowerCase(Locale.ROOT)))
            .with("report", asked)
            .with("report_to", reportTo)
            .with("hop_limit", hopLimit);
    if (critical) {
      query.with("critical", true);
    }
    if (bestEffort) {
      query.with("best_effort", true);
    }
    if (whole) {
      query.with("whole", true);
    }
    return query;
  }
}
