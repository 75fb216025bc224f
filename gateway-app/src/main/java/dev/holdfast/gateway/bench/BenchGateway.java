package dev.holdfast.gateway.bench;

import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The gateway under test: {@code holdfast run} as a process of its own, with the options this
 * process was started with but its own heap, its own store, and log and API on loopback.
 */
final class BenchGateway implements AutoCloseable {
  /** The gateway's node number. */
  static final long NODE = 1;

  /** The neighbour that sends. */
  static final long LOAD_NODE = 2;

  /** The neighbour that receives; the gateway dials it. */
  static final long SINK_NODE = 3;

  private static final long READY_SECONDS = 60;
  private static final long STOP_SECONDS = 30;
  private static final long POLL_NANOS = 2_000_000;

  private final Path directory;
  private final Process process;
  private final int tcpclPort;
  private final double readyMillis;

  private BenchGateway(Path directory, Process process, int tcpclPort, double readyMillis) {
    this.directory = directory;
    this.process = process;
    this.tcpclPort = tcpclPort;
    this.readyMillis = readyMillis;
  }

  /**
   * Starts a gateway and waits until it says that it is ready.
   *
   * @param directory where its store and its log go; made if missing
   * @param heap its heap as Java writes it
   * @param sink where the receiving neighbour listens, if there is one
   */
  static BenchGateway start(GatewayClock clock, Path directory, String heap, OptionalInt sink) {
    try {
      Files.createDirectories(directory);
      int tcpclPort = freePort();
      int apiPort = freePort();
      Path config = directory.resolve("gateway.yaml");
      Files.writeString(config, configuration(tcpclPort, apiPort, sink));
      long start = clock.now().bootNanos();
      Process process =
          new ProcessBuilder(command(heap, config))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(directory.resolve("gateway.log").toFile())
              .start();
      while (!isReady(apiPort)) {
        if (!process.isAlive() || clock.now().bootNanos() - start > READY_SECONDS * 1e9) {
          process.destroyForcibly();
          throw new BenchException("the gateway did not become ready: " + log(directory));
        }
        LockSupport.parkNanos(POLL_NANOS);
      }
      double millis = (clock.now().bootNanos() - start) / 1e6;
      return new BenchGateway(directory, process, tcpclPort, millis);
    } catch (IOException e) {
      throw new BenchException("the gateway cannot be started: " + e.getMessage(), e);
    }
  }

  private static String configuration(int tcpclPort, int apiPort, OptionalInt sink) {
    String common =
        """
        node: ipn:%d
        store: {directory: store}
        listen: {tcpcl: {address: "127.0.0.1:%d"}}
        endpoints: {register: [ipn:%d.42]}
        api: {address: "127.0.0.1:%d", maxUpload: 1KiB}
        log: {level: warn}
        links:
          - {name: load, type: tcpcl, peer: ipn:%d, schedule: always}
        """
            .formatted(NODE, tcpclPort, NODE, apiPort, LOAD_NODE);
    return sink.isEmpty()
        ? common
        : common
            + "  - {name: sink, type: tcpcl, peer: ipn:%d, schedule: always, dial: \"127.0.0.1:%d\"}\n"
                .formatted(SINK_NODE, sink.getAsInt());
  }

  private static List<String> command(String heap, Path config) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-Xmx") && !option.startsWith("-agentlib")) {
        command.add(option);
      }
    }
    command.add("-Xmx" + heap);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("dev.holdfast.gateway.Main", "run", "--config", config.toString()));
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean isReady(int apiPort) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), apiPort)) {
      String request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      return new String(answer, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** A connection to its TCPCLv4 port. */
  SocketChannel connect() {
    try {
      return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), tcpclPort));
    } catch (IOException e) {
      throw new BenchException("the gateway takes no connection: " + e.getMessage(), e);
    }
  }

  /** From the start of the process until it said that it is ready, in milliseconds. */
  double readyMillis() {
    return readyMillis;
  }

  /** Where its RocksDB is. */
  Path database() {
    return directory.resolve("store").resolve("db");
  }

  /** Memory of the process that is in RAM now, in bytes. */
  long residentBytes() {
    return statusBytes("VmRSS:");
  }

  /** The most memory of the process that was in RAM at one time, in bytes. */
  long peakResidentBytes() {
    return statusBytes("VmHWM:");
  }

  private long statusBytes(String name) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith(name)) {
          String digits = line.replaceAll("[^0-9]", "");
          return Long.parseLong(digits) << 10;
        }
      }
    } catch (IOException e) {
      throw new BenchException("the gateway's memory cannot be read: " + e.getMessage(), e);
    }
    throw new BenchException("this machine does not tell " + name);
  }

  /** Asks it to stop and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new BenchException("the gateway did not stop when asked: " + log(directory));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static String log(Path directory) throws BenchException {
    try {
      List<String> lines = Files.readAllLines(directory.resolve("gateway.log"));
      return lines.isEmpty() ? "it said nothing" : lines.getLast();
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }
}
