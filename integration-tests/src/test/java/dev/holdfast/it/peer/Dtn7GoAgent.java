package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One application at a dtn7-go node: a WebSocket that is registered for one endpoint.
 *
 * <p>Each message is a CBOR array of a type code (0 status, 1 register, 2 bundle) and its content.
 */
public final class Dtn7GoAgent implements AutoCloseable {
  private static final int REGISTER = 1;
  private static final Octets ACCEPTED = Octets.ofHex("820060");
  private static final Octets BUNDLE = Octets.ofHex("8202");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client;
  private final WebSocket socket;
  private final BlockingQueue<Octets> messages;

  private Dtn7GoAgent(HttpClient client, WebSocket socket, BlockingQueue<Octets> messages) {
    this.client = client;
    this.socket = socket;
    this.messages = messages;
  }

  static Dtn7GoAgent connect(int webPort, String endpoint) {
    HttpClient client = HttpClient.newHttpClient();
    BlockingQueue<Octets> messages = new LinkedBlockingQueue<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + webPort + "/ws"), new Collector(messages))
            .join();
    Dtn7GoAgent agent = new Dtn7GoAgent(client, socket, messages);
    agent.write(new CborWriter(64).array(2).unsigned(REGISTER).text(endpoint).finish());
    Octets answer = agent.take().orElse(Octets.EMPTY);
    if (!answer.equals(ACCEPTED)) {
      throw new IllegalStateException(endpoint + " is refused by dtn7-go: " + answer.hex());
    }
    return agent;
  }

  /** Hands in a bundle from this endpoint; the node gives it a sequence number of its own. */
  public void send(Octets bundle) {
    write(Octets.concat(List.of(BUNDLE, bundle)));
  }

  /** Waits for the next bundle; dtn7-go may deliver the same one again. */
  public Octets next() {
    Octets message =
        take().orElseThrow(() -> new AssertionError("no bundle from dtn7-go in " + PATIENCE));
    CborReader reader = new CborReader(message);
    reader.array(2);
    reader.unsigned();
    return message.from(reader.offset());
  }

  /** Waits until that many bundles with different payloads have come. */
  public List<Octets> await(int count) {
    List<Octets> bundles = new ArrayList<>();
    List<Octets> payloads = new ArrayList<>();
    while (bundles.size() < count) {
      Octets bundle = next();
      Octets payload = PeerBundles.payload(bundle);
      if (!payloads.contains(payload)) {
        payloads.add(payload);
        bundles.add(bundle);
      }
    }
    return bundles;
  }

  @Override
  public void close() {
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    socket.abort();
    client.close();
  }

  private void write(Octets message) {
    socket.sendBinary(message.asByteBuffer(), true).join();
  }

  private Optional<Octets> take() {
    try {
      return Optional.ofNullable(messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Puts the pieces of each message together. */
  private static final class Collector implements WebSocket.Listener {
    private final BlockingQueue<Octets> messages;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    Collector(BlockingQueue<Octets> messages) {
      this.messages = messages;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      message.writeBytes(Octets.copyOf(data).toByteArray());
      if (last) {
        messages.add(Octets.wrap(message.toByteArray()));
        message.reset();
      }
      from.request(1);
      return null;
    }
  }
}
