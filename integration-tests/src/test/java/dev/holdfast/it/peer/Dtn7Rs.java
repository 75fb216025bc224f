package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;

/**
 * A running node of dtn7-rs, driven through its HTTP interface.
 *
 * <p>What it sends carries no CRC at all. Its static peers are dialled when a bundle is to go
 * there, not before. It sends and takes one transfer at a time.
 */
public final class Dtn7Rs implements AutoCloseable {
  private static final byte[] NOTHING = "Nothing to receive".getBytes(StandardCharsets.US_ASCII);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final PeerProcess process;
  private final int webPort;

  private Dtn7Rs(PeerProcess process, int webPort) {
    this.process = process;
    this.webPort = webPort;
  }

  /** How to start a node: collected first, since everything must be known when it starts. */
  public static final class Node {
    private final String nodeId;
    private final List<String> arguments = new ArrayList<>();
    private final List<Integer> listening = new ArrayList<>();
    private final List<String> dialling = new ArrayList<>();

    private Node(String nodeId) {
      this.nodeId = nodeId;
    }

    /** Registers {@code dtn://node/name}, or service number {@code name} of an ipn node. */
    public Node endpoint(String name) {
      arguments.addAll(List.of("-e", name));
      return this;
    }

    public Node tcpcl(int port) {
      return listen("tcp", port);
    }

    public Node mtcp(int port) {
      return listen("mtcp", port);
    }

    /** A static peer; the node is a bare {@code name} or node number, the layer tcp or mtcp. */
    public Node peer(String layer, int port, String node) {
      dialling.add(layer);
      arguments.addAll(List.of("-s", layer + "://127.0.0.1:" + port + "/" + node));
      return this;
    }

    public Dtn7Rs start(Path directory) {
      // It dials only with layers that it listens on itself.
      for (String layer : dialling) {
        if (arguments.stream().noneMatch(argument -> argument.startsWith(layer + ":port="))) {
          listen(layer, Loopback.freePorts(1).getFirst());
        }
      }
      int webPort = Loopback.freePorts(1).getFirst();
      List<String> command = new ArrayList<>(List.of(Tool.DTN7_RS.require().toString()));
      // No discovery, no janitor; peers are never forgotten; everything in memory.
      command.addAll(List.of("-4", "--disable_nd", "-i", "0", "-j", "0", "-p", "1h"));
      command.addAll(List.of("-r", "epidemic", "-D", "mem", "-W", directory.toString()));
      command.addAll(List.of("-n", nodeId, "-w", Integer.toString(webPort)));
      command.addAll(arguments);
      PeerProcess process = PeerProcess.start("dtn7-rs-" + webPort, directory, command);
      listening.add(webPort);
      process.awaitReady(() -> listening.stream().allMatch(Loopback::isListening));
      return new Dtn7Rs(process, webPort);
    }

    private Node listen(String layer, int port) {
      arguments.addAll(List.of("-C", layer + ":port=" + port + ":bind=127.0.0.1"));
      listening.add(port);
      return this;
    }
  }

  /** A node with that id: {@code dtn://name/} or {@code ipn:n.0}. */
  public static Node node(String nodeId) {
    return new Node(nodeId);
  }

  /** Makes a bundle from the node id to the destination, with a lifetime of an hour. */
  public void send(String destination, Octets payload) {
    call(request("/send?dst=" + destination, payload));
  }

  /** Hands in a whole bundle; its source must be the node id, a registered endpoint or dtn:none. */
  public void insert(Octets bundle) {
    call(request("/insert", bundle));
  }

  /** The next bundle at the endpoint ({@code name}, or a whole EID such as the node id). */
  public Optional<Octets> fetch(String endpoint) {
    Octets answer = call(request("/endpoint?" + endpoint));
    return answer.equals(Octets.wrap(NOTHING)) ? Optional.empty() : Optional.of(answer);
  }

  /** Waits for that many bundles at the endpoint. */
  public List<Octets> await(String endpoint, int count) {
    List<Octets> got = new ArrayList<>();
    Awaitility.await(count + " bundles at " + endpoint + " of dtn7-rs")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              Optional<Octets> next = fetch(endpoint);
              while (next.isPresent() && got.size() < count) {
                got.add(next.get());
                next = got.size() < count ? fetch(endpoint) : Optional.empty();
              }
              return got.size() == count;
            });
    return got;
  }

  public PeerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + path)).build();
  }

  private HttpRequest request(String path, Octets body) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + path))
        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
        .build();
  }

  private Octets call(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            request.uri() + " answers " + answer.statusCode() + "\n" + process.logTail());
      }
      return Octets.wrap(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
