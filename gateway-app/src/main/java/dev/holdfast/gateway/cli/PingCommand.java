package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.clock.GatewayClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code holdfast ping}: sends bundles to an echo endpoint and waits for each to come back.
 *
 * <p>A second (virtual) thread waits at a temporary endpoint, so that the time of a round trip
 * holds no request that was not yet asked.
 */
@Command(
    name = "ping",
    sortOptions = false,
    description = "Sends bundles to an echo endpoint, such as ipn:3.2047, and times their return.")
public final class PingCommand implements Callable<Integer> {
  private static final int HEADER = 16;
  private static final int MOST_BYTES = 48 << 10;

  private final GatewayClock clock;
  private final Entropy entropy;
  private final RoundTrips trips = new RoundTrips();
  private final LinkedBlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private GatewayOption gateway = new GatewayOption();

  @Option(names = "--count", paramLabel = "N", description = "How many (default: 5).")
  private int count = 5;

  @Option(
      names = "--interval",
      paramLabel = "D",
      description = "From one to the next; 0s for as soon as it is back (default: 1s).")
  private String interval = "1s";

  @Option(
      names = "--timeout",
      paramLabel = "D",
      description = "How long to wait for each, and its lifetime (default: 10s).")
  private String timeout = "10s";

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "Payload bytes, 16 to 49152 (default: 64).")
  private int size = 64;

  @Option(
      names = "--priority",
      paramLabel = "P",
      description = "bulk, normal, expedited or urgent (default: expedited).")
  private String priority = "expedited";

  @Option(names = "--best-effort", description = "Nothing on the way need keep them over a crash.")
  private boolean bestEffort;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Parameters(
      paramLabel = "EID",
      converter = EndpointText.class,
      description = "The echo endpoint.")
  private String target = "";

  /** The command; {@code clock} times the round trips, {@code entropy} names the run. */
  public PingCommand(GatewayClock clock, Entropy entropy) {
    this.clock = clock;
    this.entropy = entropy;
  }

  /** A bundle that came back, and when. */
  private record Reply(long sequence, long nanos) {}

  @Override
  public Integer call() throws InterruptedException {
    if (size < HEADER || size > MOST_BYTES || count < 1) {
      throw CommandException.unusable("--size is 16 to " + MOST_BYTES + ", --count is 1 or more");
    }
    long intervalMillis = duration("--interval", interval).toMillis();
    Duration patience = duration("--timeout", timeout);
    ApiClient client = gateway.client();
    Screen screen = new Screen(spec);
    String home = home(client);
    client.register(home);
    long run = entropy.nextLong();
    if (!json) {
      screen.line("PING " + target + " from " + home + ": " + size + " bytes");
    }
    Thread listener =
        Thread.ofVirtual().name("ping").start(() -> listen(client, home, run, screen));
    long sent = 0;
    for (int sequence = 1; sequence <= count; sequence++) {
      long began = clock.now().bootNanos();
      JsonText.Value _ =
          client.submit(query(home), BodyPublishers.ofByteArray(payload(run, sequence)));
      sent++;
      await(screen, sequence, began, patience);
      long left = intervalMillis - (clock.now().bootNanos() - began) / 1_000_000;
      if (left > 0 && sequence < count) {
        late(screen, replies.poll(left, TimeUnit.MILLISECONDS), sequence);
      }
    }
    listener.interrupt();
    summary(screen, sent);
    return trips.count() > 0 ? 0 : 1;
  }

  private void await(Screen screen, long sequence, long began, Duration patience)
      throws InterruptedException {
    long until = began + patience.toNanos();
    while (true) {
      Reply reply =
          replies.poll(Math.max(0, until - clock.now().bootNanos()), TimeUnit.NANOSECONDS);
      if (reply == null) {
        say(screen, "no reply to seq=" + sequence + " within " + Units.text(patience));
        return;
      }
      if (reply.sequence == sequence) {
        long took = reply.nanos - began;
        trips.add(took);
        say(
            screen,
            size
                + " bytes from "
                + target
                + ": seq="
                + sequence
                + " time="
                + Screen.time(Duration.ofNanos(took)));
        return;
      }
      late(screen, reply, sequence);
    }
  }

  private void late(Screen screen, @Nullable Reply reply, long sequence) {
    if (reply != null && reply.sequence <= sequence) {
      say(screen, "seq=" + reply.sequence + " came late, or once more");
    }
  }

  private void say(Screen screen, String text) {
    if (json) {
      screen.progress(text);
    } else {
      screen.line(text);
    }
  }

  private void listen(ApiClient client, String home, long run, Screen screen) {
    ApiClient.Query query =
        new ApiClient.Query().with("limit", 16).with("wait", "30s").with("inline", 65_536);
    while (!Thread.currentThread().isInterrupted()) {
      try {
        List<JsonText.Value> found = client.fetch(home, query);
        long now = clock.now().bootNanos();
        if (!found.isEmpty()) { // First, since the last reply ends the command.
          client.acknowledge(home, found.stream().map(each -> each.number("key")).toList());
        }
        for (JsonText.Value each : found) {
          sequence(each, run).ifPresent(number -> replies.add(new Reply(number, now)));
        }
      } catch (CommandException e) {
        if (!Thread.currentThread().isInterrupted()) {
          screen.note("ping: " + e.getMessage());
        }
        return;
      }
    }
  }

  private ApiClient.Query query(String home) {
    return new ApiClient.Query()
        .with("to", target)
        .with("from", home)
        .with("lifetime", timeout)
        .with("class", priority)
        .with("best_effort", bestEffort);
  }

  private byte[] payload(long run, long sequence) {
    return ByteBuffer.allocate(size).putLong(run).putLong(sequence).array();
  }

  private static Optional<Long> sequence(JsonText.Value delivery, long run) {
    ByteBuffer payload =
        ByteBuffer.wrap(Base64.getDecoder().decode(delivery.text("payload").orElse("")));
    return payload.remaining() >= HEADER && payload.getLong() == run
        ? Optional.of(payload.getLong())
        : Optional.empty();
  }

  /** A service of the gateway's node that nobody else uses, in the scheme of the target. */
  private String home(ApiClient client) {
    List<String> nodes = client.get("/status").texts("nodes");
    String scheme = target.substring(0, Math.max(0, target.indexOf(':')));
    String node =
        nodes.stream()
            .filter(each -> each.startsWith(scheme + ":"))
            .findFirst()
            .or(() -> nodes.stream().findFirst())
            .orElseThrow(() -> CommandException.failed("the gateway does not say who it is"));
    long number = entropy.nextLong() >>> 32 | 1L << 32;
    return node.startsWith("ipn:")
        ? node.substring(0, node.lastIndexOf('.') + 1) + number
        : node + "ping-" + Long.toHexString(number);
  }

  private void summary(Screen screen, long sent) {
    long lost = sent - trips.count();
    if (json) {
      screen.clear();
      screen.line(
          JsonText.line(
              out -> {
                out.writeStringProperty("target", target);
                out.writeNumberProperty("bytes", size);
                out.writeNumberProperty("sent", sent);
                out.writeNumberProperty("received", trips.count());
                out.writeNumberProperty("lost", lost);
                if (trips.count() > 0) {
                  out.writeObjectPropertyStart("round_trip_ms");
                  out.writeNumberProperty("min", trips.minMillis());
                  out.writeNumberProperty("avg", trips.averageMillis());
                  out.writeNumberProperty("median", trips.millisOf(0.5));
                  out.writeNumberProperty("p99", trips.millisOf(0.99));
                  out.writeNumberProperty("max", trips.maxMillis());
                  out.writeEndObject();
                }
              }));
      return;
    }
    screen.line("--- " + target + " ---");
    screen.line(sent + " sent, " + trips.count() + " back, " + 100 * lost / sent + " % lost");
    if (trips.count() > 0) {
      screen.line(
          String.format(
              Locale.ROOT,
              "round trip min/avg/median/p99/max = %.2f/%.2f/%.2f/%.2f/%.2f ms",
              trips.minMillis(),
              trips.averageMillis(),
              trips.millisOf(0.5),
              trips.millisOf(0.99),
              trips.maxMillis()));
    }
  }

  private static Duration duration(String option, String text) {
    try {
      return Units.duration(text);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable(option + ": " + e.getMessage());
    }
  }
}
