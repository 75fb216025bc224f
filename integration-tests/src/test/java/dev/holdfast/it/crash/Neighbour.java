package dev.holdfast.it.crash;

import dev.holdfast.bpv7.wire.Octets;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A TCPCLv4 neighbour that sends bundles and keeps every acknowledgement, written from RFC 9174
 * alone: what judges our session must not be our session.
 */
final class Neighbour implements AutoCloseable {
  private static final int XFER_SEGMENT = 1;
  private static final int XFER_ACK = 2;
  private static final int XFER_REFUSE = 3;
  private static final int KEEPALIVE = 4;
  private static final int SESS_TERM = 5;
  private static final int SESS_INIT = 7;
  private static final int END = 1;
  private static final int START = 2;
  private static final long MRU = 1L << 30;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final LinkedBlockingQueue<Ack> acks = new LinkedBlockingQueue<>();

  /** An XFER_ACK, RFC 9174 §5.2.3. */
  record Ack(int flags, long transfer, long length) {
    boolean isFinal() {
      return (flags & END) != 0;
    }
  }

  /** Connects and brings the session up. */
  Neighbour(int port, String nodeId) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    establish(nodeId);
    Thread.ofVirtual().name("neighbour").start(this::listen);
  }

  private void establish(String nodeId) throws IOException {
    out.write("dtn!\4\0".getBytes(StandardCharsets.ISO_8859_1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream init = new DataOutputStream(bytes);
    init.write(SESS_INIT);
    init.writeShort(0); // no keepalives
    init.writeLong(MRU);
    init.writeLong(MRU);
    init.writeUTF(nodeId); // a 16-bit length and ASCII
    init.writeInt(0);
    out.write(bytes.toByteArray());
    out.flush();
    in.skipNBytes(6);
    if (in.read() != SESS_INIT) {
      throw new IOException("no SESS_INIT");
    }
    in.skipNBytes(18);
    in.skipNBytes(in.readUnsignedShort());
    in.skipNBytes(in.readInt());
  }

  /** Sends a bundle in segments of at most that many bytes; returns when it is in the socket. */
  void send(long transfer, Octets bundle, int segmentBytes) throws IOException {
    int at = 0;
    while (at < bundle.size()) {
      int size = Math.min(segmentBytes, bundle.size() - at);
      int flags = (at == 0 ? START : 0) | (at + size == bundle.size() ? END : 0);
      out.write(XFER_SEGMENT);
      out.write(flags);
      out.writeLong(transfer);
      if (at == 0) {
        out.writeInt(0);
      }
      out.writeLong(size);
      out.write(bundle.slice(at, at + size).toByteArray());
      at += size;
    }
    out.flush();
  }

  private void listen() {
    try {
      while (true) {
        int type = in.read();
        switch (type) {
          case XFER_ACK -> acks.add(new Ack(in.readUnsignedByte(), in.readLong(), in.readLong()));
          case XFER_REFUSE -> in.skipNBytes(9);
          case KEEPALIVE -> {}
          case SESS_TERM -> in.skipNBytes(2);
          case -1 -> throw new EOFException();
          default -> throw new IOException("message type " + type);
        }
      }
    } catch (IOException over) {
      acks.add(new Ack(0, -1, 0)); // Whoever waits for a final one goes on waiting, in vain.
    }
  }

  /** The next final acknowledgement; empty if none comes in that time. */
  Optional<Ack> nextFinal(long millis) throws InterruptedException {
    Ack ack = acks.poll(millis, TimeUnit.MILLISECONDS);
    while (ack != null && !ack.isFinal()) {
      ack = acks.poll(millis, TimeUnit.MILLISECONDS);
    }
    return Optional.ofNullable(ack);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
