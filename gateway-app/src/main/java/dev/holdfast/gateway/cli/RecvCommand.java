package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast recv}: takes bundles that came for an endpoint. Each is acknowledged, and so
 * never delivered again, only after its payload is written and synced.
 */
@Command(
    name = "recv",
    sortOptions = false,
    description = {
      "Receives bundles of an endpoint; acknowledges each once its file is safe on disk.",
      "Without --output the payloads go to standard output."
    })
public final class RecvCommand implements Callable<Integer> {
  private static final long WAIT_AT_A_TIME_MILLIS = 30_000;
  private static final int CHUNK = 256 << 10;

  private final GatewayClock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "EID",
      converter = EndpointText.class,
      description = "Endpoint of the gateway, such as ipn:1.42.")
  private String endpoint = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many bundles; 0 for as many as come (default: 1).")
  private long count = 1;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      description = "How long to wait for each, such as 30s (default: for ever).")
  private Optional<String> timeout = Optional.empty();

  @Option(
      names = "--lease",
      paramLabel = "D",
      description = "How long nobody else gets a bundle that is being written (default: 5m).")
  private String lease = "5m";

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Write each payload to a file of its own in this directory.")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--json", description = "Print a JSON line for each bundle; needs --output.")
  private boolean json;

  /** The command; {@code clock} measures how long to wait. */
  public RecvCommand(GatewayClock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    if (json && output.isEmpty()) {
      throw CommandException.unusable("--json needs --output, or payloads and lines would mix");
    }
    Optional<Duration> most = timeout.map(RecvCommand::duration);
    Optional<PayloadFiles> files =
        output.isPresent() ? Optional.of(PayloadFiles.in(output.get())) : Optional.empty();
    ApiClient client = gateway.client();
    client.register(endpoint);
    Screen screen = new Screen(spec);
    long received = 0;
    while (count == 0 || received < count) {
      Optional<JsonText.Value> delivery = next(client, most);
      if (delivery.isEmpty()) {
        screen.note(
            received + " received, then none for " + Units.text(most.orElse(Duration.ZERO)));
        return count == 0 ? 0 : 1;
      }
      take(client, screen, delivery.get(), files);
      received++;
    }
    return 0;
  }

  private Optional<JsonText.Value> next(ApiClient client, Optional<Duration> most) {
    long began = clock.now().bootMillis();
    while (true) {
      long waited = clock.now().bootMillis() - began;
      long left = most.map(Duration::toMillis).orElse(Long.MAX_VALUE) - waited;
      long wait = Math.clamp(left, 0, WAIT_AT_A_TIME_MILLIS);
      List<JsonText.Value> found =
          client.fetch(
              endpoint,
              new ApiClient.Query()
                  .with("limit", 1)
                  .with("wait", wait + "ms")
                  .with("lease", lease));
      if (!found.isEmpty()) {
        return Optional.of(found.getFirst());
      }
      if (left <= 0) {
        return Optional.empty();
      }
    }
  }

  private void take(
      ApiClient client, Screen screen, JsonText.Value delivery, Optional<PayloadFiles> files)
      throws IOException {
    String bundle = delivery.need("bundle");
    long key = delivery.number("key");
    MessageDigest digest = sha256();
    Optional<Path> file = Optional.empty();
    try (InputStream payload = client.payload(key)) {
      if (files.isPresent()) {
        file = Optional.of(files.get().write(bundle, payload, digest));
      } else {
        copy(payload, System.out);
      }
    } catch (IOException e) {
      client.giveBack(endpoint, List.of(key));
      throw CommandException.failed(bundle + " was not written, and given back: " + e.getMessage());
    }
    client.acknowledge(endpoint, List.of(key));
    String sum = HexFormat.of().formatHex(digest.digest());
    if (json) {
      screen.line(line(delivery, file.map(Path::toString).orElse("-"), sum));
    } else {
      String again =
          delivery.flag("repeated")
              ? " (again: it was handed out before and not acknowledged)"
              : "";
      screen.note(
          bundle
              + ": "
              + Units.sizeText(delivery.number("payload_bytes"))
              + file.map(path -> " in " + path).orElse("")
              + again);
    }
  }

  private static String line(JsonText.Value delivery, String file, String sha256) {
    return JsonText.line(
        out -> {
          out.writeStringProperty("bundle", delivery.need("bundle"));
          out.writeStringProperty("source", delivery.need("source"));
          out.writeStringProperty("class", delivery.need("class"));
          out.writeNumberProperty("bytes", delivery.number("payload_bytes"));
          out.writeStringProperty("sha256", sha256);
          out.writeStringProperty("file", file);
          out.writeBooleanProperty("repeated", delivery.flag("repeated"));
        });
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
      to.write(chunk, 0, read);
    }
    to.flush();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Duration duration(String text) {
    try {
      return Units.duration(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--timeout: " + e.getMessage());
    }
  }
}
