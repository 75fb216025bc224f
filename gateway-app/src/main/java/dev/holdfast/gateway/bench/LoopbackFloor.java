package dev.holdfast.gateway.bench;

import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What loopback TCP alone carries on this machine: messages one way and a small answer to each the
 * other way, with no protocol, no checksum and no store.
 */
final class LoopbackFloor {
  /** As long as a TCPCLv4 XFER_ACK. */
  private static final int ANSWER = 18;

  private static final int BUFFER = 256 << 10;

  private final GatewayClock clock;

  LoopbackFloor(GatewayClock clock) {
    this.clock = clock;
  }

  /** Messages a second, from the first byte sent to the last answer. */
  double rate(int size, int count) {
    try (ServerSocketChannel server = listen();
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        SocketChannel accepted = server.accept()) {
      noDelay(client);
      noDelay(accepted);
      long start = clock.now().bootNanos();
      var answering = inBackground("bench-answer", () -> answer(accepted, size, count));
      var reading = inBackground("bench-read", () -> read(client, (long) ANSWER * count));
      write(client, (long) size * count);
      reading.join();
      double seconds = (clock.now().bootNanos() - start) / 1e9;
      answering.join();
      return count / seconds;
    } catch (IOException | CompletionException e) {
      throw new BenchException("loopback TCP failed: " + e.getMessage(), e);
    }
  }

  /** Milliseconds from sending {@code size} bytes until they are back, one at a time. */
  Samples roundTrips(int size, int count) {
    try (ServerSocketChannel server = listen();
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        SocketChannel accepted = server.accept()) {
      noDelay(client);
      noDelay(accepted);
      var echoing = inBackground("bench-echo", () -> echo(accepted, size, count));
      var samples = new Samples(count);
      ByteBuffer buffer = ByteBuffer.allocateDirect(size);
      for (int i = 0; i < count; i++) {
        long start = clock.now().bootNanos();
        writeAll(client, buffer.clear());
        readAll(client, buffer.clear());
        samples.add((clock.now().bootNanos() - start) / 1e6);
      }
      echoing.join();
      return samples;
    } catch (IOException | CompletionException e) {
      throw new BenchException("loopback TCP failed: " + e.getMessage(), e);
    }
  }

  private static void answer(SocketChannel channel, int size, int count) throws IOException {
    ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    ByteBuffer out = ByteBuffer.allocateDirect((BUFFER / size + 1) * ANSWER);
    long received = 0;
    long answered = 0;
    while (answered < count) {
      int more = channel.read(in.clear());
      if (more < 0) {
        throw new IOException("the connection ended");
      }
      received += more;
      long due = received / size - answered;
      if (due > 0) {
        writeAll(channel, out.clear().limit((int) due * ANSWER));
        answered += due;
      }
    }
  }

  private static void echo(SocketChannel channel, int size, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(size);
    for (int i = 0; i < count; i++) {
      readAll(channel, buffer.clear());
      writeAll(channel, buffer.clear());
    }
  }

  private static void write(SocketChannel channel, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    for (long left = bytes; left > 0; left -= buffer.limit()) {
      writeAll(channel, buffer.clear().limit((int) Math.min(BUFFER, left)));
    }
  }

  private static void read(SocketChannel channel, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    long left = bytes;
    while (left > 0) {
      int more = channel.read(buffer.clear());
      if (more < 0) {
        throw new IOException("the connection ended");
      }
      left -= more;
    }
  }

  private static void writeAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void readAll(SocketChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("the connection ended");
      }
    }
  }

  private static ServerSocketChannel listen() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static void noDelay(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Work that may fail with an I/O error. */
  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  private static CompletableFuture<Void> inBackground(String name, Task task) {
    var done = new CompletableFuture<Void>();
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(
            () -> {
              try {
                task.run();
                done.complete(null);
              } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
              }
            });
    return done;
  }
}
