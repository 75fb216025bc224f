package dev.holdfast.gateway.linkem;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Two programs that a relay stands between. */
final class Peers implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  final ServerSocket server;
  private final Linkem relay;

  Peers(LinkSchedule schedule, long seed, LinkemSettings.AtWindowEnd atEnd) throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    server.setSoTimeout(TIMEOUT_MILLIS);
    relay = Linkem.start(settings(schedule, seed, atEnd), LinkemLimits.DEFAULT, new RunningClock());
  }

  private LinkemSettings settings(
      LinkSchedule schedule, long seed, LinkemSettings.AtWindowEnd atEnd) {
    return new LinkemSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        (InetSocketAddress) server.getLocalSocketAddress(),
        schedule,
        seed,
        atEnd,
        false);
  }

  Linkem relay() {
    return relay;
  }

  Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    socket.connect(relay.address());
    return socket;
  }

  Socket accept() throws IOException {
    Socket socket = server.accept();
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  /** Sends as much as it can until the connection ends; from a thread of its own. */
  static Thread flood(Socket socket, int bytes) {
    return Thread.ofVirtual()
        .start(
            () -> {
              byte[] block = new byte[1_000];
              try {
                OutputStream out = socket.getOutputStream();
                for (int left = bytes; left > 0; left -= block.length) {
                  out.write(block);
                }
                socket.shutdownOutput();
              } catch (IOException cut) {
                // As expected of a link that closes.
              }
            });
  }

  /** Reads until the end or the reset; how many bytes came. */
  static long drain(Socket socket) {
    long total = 0;
    try {
      InputStream in = socket.getInputStream();
      byte[] block = new byte[65_536];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        total += n;
      }
      return total;
    } catch (IOException reset) {
      return -total;
    }
  }

  @Override
  public void close() throws IOException {
    relay.close();
    server.close();
  }
}
