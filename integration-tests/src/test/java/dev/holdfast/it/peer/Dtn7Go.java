package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A running node of dtn7-go, driven through its WebSocket interface.
 *
 * <p>Its node id must be {@code dtn://name/}: it holds {@code ipn:n.0} invalid. It repeats every
 * ten seconds what it holds as pending, also what is on its way, so that a bundle may come twice;
 * and it sends what it has to every new session, whoever it is for.
 */
public final class Dtn7Go implements AutoCloseable {
  private final PeerProcess process;
  private final String name;
  private final int webPort;
  private final Path directory;

  private Dtn7Go(PeerProcess process, String name, int webPort, Path directory) {
    this.process = process;
    this.name = name;
    this.webPort = webPort;
    this.directory = directory;
  }

  /** How to start a node. */
  public static final class Node {
    private final String name;
    private final List<String> convergence = new ArrayList<>();
    private final List<Integer> listening = new ArrayList<>();
    private String routing = "epidemic";

    private Node(String name) {
      this.name = name;
    }

    public Node tcpcl(int port) {
      convergence.add(layer("listen", "tcpclv4", port));
      listening.add(port);
      return this;
    }

    /** Connects there at the start and again every ten seconds. */
    public Node peer(int port) {
      convergence.add(layer("peer", "tcpclv4", port));
      return this;
    }

    /** Routes by that algorithm: epidemic, binary_spray or prophet. */
    public Node routing(String algorithm) {
      routing = algorithm;
      return this;
    }

    public Dtn7Go start(Path directory) {
      int webPort = Loopback.freePorts(1).getFirst();
      Path config = directory.resolve("dtn7-go-" + webPort + ".toml");
      try {
        Files.createDirectories(directory);
        Files.writeString(config, text(directory.resolve("store-" + webPort), webPort));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      PeerProcess process =
          PeerProcess.start(
              "dtn7-go-" + webPort,
              directory,
              List.of(Tool.DTN7_GO.require().toString(), config.toString()));
      listening.add(webPort);
      process.awaitReady(() -> listening.stream().allMatch(Loopback::isListening));
      return new Dtn7Go(process, name, webPort, directory);
    }

    private String text(Path store, int webPort) {
      return """
      [core]
      store = "%s"
      node-id = "dtn://%s/"
      [logging]
      level = "info"
      [agents]
      ping = "dtn://%s/ping"
      [agents.webserver]
      address = "127.0.0.1:%d"
      websocket = true
      [routing]
      algorithm = "%s"
      [routing.sprayconf]
      multiplicity = 10
      [routing.prophetconf]
      pinit = 0.75
      beta = 0.25
      gamma = 0.98
      ageinterval = "1m"
      %s\
      """
          .formatted(store, name, name, webPort, routing, String.join("", convergence));
    }

    private static String layer(String kind, String protocol, int port) {
      return """
      [[%s]]
      protocol = "%s"
      endpoint = "127.0.0.1:%d"
      """
          .formatted(kind, protocol, port);
    }
  }

  /** A node with the id {@code dtn://name/}; its ping agent is at {@code dtn://name/ping}. */
  public static Node node(String name) {
    return new Node(name);
  }

  /** Registers {@code dtn://name/service} and stays connected. */
  public Dtn7GoAgent agent(String service) {
    return agentAt("dtn://" + name + "/" + service);
  }

  /** Registers an endpoint by its whole EID, which may be an {@code ipn} one. */
  public Dtn7GoAgent agentAt(String endpoint) {
    return Dtn7GoAgent.connect(webPort, endpoint);
  }

  /**
   * A bundle made by dtn7-go's own codec: CRC-32C on every block, hop limit 64, lifetime a day,
   * delivery report requested.
   */
  public Octets create(String source, String destination, Octets payload) {
    try {
      Path input = Files.createTempFile(directory, "payload", "");
      Path output = Files.createTempFile(directory, "bundle", "");
      Files.write(input, payload.toByteArray());
      String tool = Tool.DTN7_GO_TOOL.require().toString();
      Process made =
          new ProcessBuilder(
                  tool, "create", source, destination, input.toString(), output.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(made.getInputStream().readAllBytes());
      if (made.waitFor() != 0) {
        throw new IllegalStateException("dtn-tool create: " + said);
      }
      return Octets.wrap(Files.readAllBytes(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * dtn-tool's own pinger, which says every second what comes back to {@code dtn://name/pinger}.
   */
  public PeerProcess ping(String destination) {
    return PeerProcess.start(
        "dtn-tool-ping-" + webPort,
        directory,
        List.of(
            Tool.DTN7_GO_TOOL.require().toString(),
            "ping",
            "ws://127.0.0.1:" + webPort + "/ws",
            "dtn://" + name + "/pinger",
            destination));
  }

  public PeerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
