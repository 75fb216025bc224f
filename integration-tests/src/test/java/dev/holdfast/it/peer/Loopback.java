package dev.holdfast.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ports on 127.0.0.1. */
public final class Loopback {
  private static final String LISTENING = "0A";

  private Loopback() {}

  /** That many different ports which nothing listens on at the moment. */
  public static List<Integer> freePorts(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      held.forEach(Loopback::close);
    }
  }

  /**
   * Whether a process listens on the port, asked of the kernel: a probing connection would be taken
   * for a peer, and dtn7-go accepts nobody else for 15 s after one that says nothing.
   */
  public static boolean isListening(int port) {
    String suffix = String.format(Locale.ROOT, ":%04X", port);
    try {
      for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
        if (!Files.isReadable(Path.of(table))) {
          continue;
        }
        for (String line : Files.readAllLines(Path.of(table))) {
          String[] fields = line.strip().split("\\s+");
          if (fields.length > 3 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING)) {
            return true;
          }
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
