package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.wire.Octets;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A TCPCLv4 peer that does what a test says, and nothing by itself. */
final class ScriptedPeer implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  ScriptedPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /** Contact header and SESS_INIT both ways. */
  void establish(String nodeId, int keepalive) throws IOException {
    out.write("dtn!\4\0".getBytes(StandardCharsets.ISO_8859_1));
    byte[] contact = in.readNBytes(6);
    if (contact[4] != 4) {
      throw new IOException("version " + contact[4]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream init = new DataOutputStream(bytes);
    init.write(7);
    init.writeShort(keepalive);
    init.writeLong(1 << 20);
    init.writeLong(1L << 30);
    byte[] node = nodeId.getBytes(StandardCharsets.UTF_8);
    init.writeShort(node.length);
    init.write(node);
    init.writeInt(0);
    out.write(bytes.toByteArray());
    if (in.read() != 7) {
      throw new IOException("no SESS_INIT");
    }
    in.skipNBytes(18);
    in.skipNBytes(in.readUnsignedShort());
    in.skipNBytes(in.readInt());
  }

  /** A bundle in one segment. */
  void send(long id, Octets bundle) throws IOException {
    begin(id, bundle.size(), 3);
    out.write(bundle.toByteArray());
  }

  /** The head of a segment with START. */
  void begin(long id, long length, int flags) throws IOException {
    out.write(1);
    out.write(flags);
    out.writeLong(id);
    out.writeInt(0);
    out.writeLong(length);
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  /** The next byte, usually a message type; -1 at the end. */
  int next() throws IOException {
    return in.read();
  }

  /** Skips keepalives; the next message's type. */
  int nextMessage() throws IOException {
    int type = in.read();
    while (type == 4) {
      type = in.read();
    }
    return type;
  }

  long nextLong() throws IOException {
    return in.readLong();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
