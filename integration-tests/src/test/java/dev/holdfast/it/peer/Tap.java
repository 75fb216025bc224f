package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.awaitility.Awaitility;

/**
 * A relay on loopback between two TCPCLv4 entities that writes down what passes. It takes one
 * connection; a message is written down before it is passed on, so that an answer never stands
 * before its question.
 */
public final class Tap implements AutoCloseable {
  private final ServerSocket server;
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Transcript.Entry> entries = new ArrayList<>();

  private Tap(ServerSocket server) {
    this.server = server;
  }

  /** Relays the first connection to {@link #port} to the target port. */
  public static Tap to(int target, TcpclFraming active, TcpclFraming passive) {
    try {
      Tap tap = new Tap(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      Thread.ofVirtual().start(() -> tap.relay(target, active, passive));
      return tap;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What has passed until now. */
  public Transcript transcript(List<String> remarks) {
    synchronized (entries) {
      return new Transcript(remarks, List.copyOf(entries));
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      synchronized (sockets) {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void relay(int target, TcpclFraming active, TcpclFraming passive) {
    try {
      Socket in = open(server.accept());
      Awaitility.await().until(() -> Loopback.isListening(target)); // It may still be starting.
      Socket out = open(new Socket(InetAddress.getLoopbackAddress(), target));
      Thread.ofVirtual().start(() -> pump(in, out, Transcript.Side.ACTIVE, active));
      Thread.ofVirtual().start(() -> pump(out, in, Transcript.Side.PASSIVE, passive));
    } catch (IOException e) {
      close();
    }
  }

  private Socket open(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    synchronized (sockets) {
      sockets.add(socket);
    }
    return socket;
  }

  private void pump(Socket from, Socket to, Transcript.Side side, TcpclFraming framing) {
    ByteArrayOutputStream pending = new ByteArrayOutputStream();
    byte[] buffer = new byte[65_536];
    try {
      OutputStream out = to.getOutputStream();
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        pending.write(buffer, 0, n);
        Octets rest = record(side, framing, Octets.wrap(pending.toByteArray()));
        pending.reset();
        pending.writeBytes(rest.toByteArray());
        out.write(buffer, 0, n);
      }
      add(new Transcript.Entry(side, Transcript.CLOSE, Octets.EMPTY));
      to.shutdownOutput();
    } catch (IOException e) {
      add(new Transcript.Entry(side, Transcript.CLOSE, Octets.EMPTY));
    }
  }

  /** Writes down every whole message and returns what is left. */
  private Octets record(Transcript.Side side, TcpclFraming framing, Octets stream) {
    Octets rest = stream;
    OptionalInt size = framing.size(rest);
    while (size.isPresent() && size.getAsInt() > 0 && size.getAsInt() <= rest.size()) {
      Octets message = rest.slice(0, size.getAsInt()).compact();
      add(new Transcript.Entry(side, TcpclFraming.name(message.unsigned(0)), message));
      rest = rest.from(size.getAsInt());
      size = framing.size(rest);
    }
    return rest;
  }

  private void add(Transcript.Entry entry) {
    synchronized (entries) {
      entries.add(entry);
    }
  }
}
