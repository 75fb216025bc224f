package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A capture of links between ipn nodes, put together; node N has the address 10.0.0.N.
 *
 * <p>TCPCLv4 sessions, and bundles by MTCP and UDP.
 */
public final class SmallCapture {
  /** 2026-12-01T00:00:00Z. */
  public static final long START_SECONDS = 1_796_083_200;

  private static final int SYN = 2;
  private static final int ACK = 16;
  private static final int FIN = 1;
  private static final int RAW_IP = 101;
  private static final int PORT = 4556;

  private record Packet(double seconds, byte[] ip) {}

  private final List<Packet> packets = new ArrayList<>();
  private int connections;

  /** A session; the first node begins it. */
  public final class Session {
    private final int[] nodes;
    private final int port = 50_000 + ++connections;
    private final int[] next = {1_000, 2_000};
    private int transfers;

    private Session(double seconds, int first, int second) {
      this(first, second);
      connect(seconds);
      for (int side = 0; side < 2; side++) {
        says(seconds + 0.03, side, Octets.ofHex("64746e210400").toByteArray());
        says(seconds + 0.04, side, init("ipn:" + nodes[side] + ".0"));
      }
    }

    private Session(int first, int second) {
      nodes = new int[] {first, second};
    }

    private void connect(double seconds) {
      packet(seconds, 0, SYN, new byte[0]);
      next[0]++;
      packet(seconds + 0.01, 1, SYN | ACK, new byte[0]);
      next[1]++;
      packet(seconds + 0.02, 0, ACK, new byte[0]);
    }

    /** The node sends a bundle, in one segment. */
    public Session sends(double seconds, int node, Octets bundle) {
      ByteBuffer segment = ByteBuffer.allocate(22 + bundle.size());
      segment.put((byte) 1).put((byte) 3).putLong(transfers++).putInt(0).putLong(bundle.size());
      segment.put(bundle.toByteArray());
      says(seconds, node == nodes[0] ? 0 : 1, segment.array());
      return this;
    }

    /** Both close it. */
    public SmallCapture ends(double seconds) {
      for (int side = 0; side < 2; side++) {
        packet(seconds, side, FIN | ACK, new byte[0]);
      }
      return SmallCapture.this;
    }

    private void says(double seconds, int side, byte[] data) {
      packet(seconds, side, ACK, data);
      next[side] += data.length;
    }

    private void packet(double seconds, int side, int flags, byte[] data) {
      ByteBuffer ip = ByteBuffer.allocate(40 + data.length);
      ip.put((byte) 0x45).put((byte) 0).putShort((short) ip.capacity()).putInt(0);
      ip.put((byte) 64).put((byte) 6).putShort((short) 0);
      ip.putInt(0x0a000000 + nodes[side]).putInt(0x0a000000 + nodes[1 - side]);
      ip.putShort((short) (side == 0 ? port : PORT)).putShort((short) (side == 0 ? PORT : port));
      ip.putInt(next[side]).putInt(next[1 - side]).put((byte) 0x50).put((byte) flags);
      ip.putShort((short) 0xffff).putInt(0).put(data);
      packets.add(new Packet(seconds, ip.array()));
    }
  }

  private static byte[] init(String node) {
    byte[] id = node.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(25 + id.length);
    bytes.put((byte) 7).putShort((short) 30).putLong(100_000).putLong(1_000_000);
    bytes.putShort((short) id.length).put(id).putInt(0);
    return bytes.array();
  }

  /** A session between two nodes that begins so many seconds after the start. */
  public Session session(double seconds, int first, int second) {
    return new Session(seconds, first, second);
  }

  /** A connection by which the first node sends a bundle to the second one by MTCP. */
  public SmallCapture mtcp(double seconds, int first, int second, Octets bundle) {
    Session connection = new Session(first, second);
    connection.connect(seconds);
    ByteBuffer framed = ByteBuffer.allocate(5 + bundle.size());
    framed.put((byte) 0x5a).putInt(bundle.size()).put(bundle.toByteArray());
    connection.says(seconds + 0.03, 0, framed.array());
    return connection.ends(seconds + 0.04);
  }

  /** A bundle from one node to another one in a datagram. */
  public SmallCapture udp(double seconds, int first, int second, Octets bundle) {
    ByteBuffer ip = ByteBuffer.allocate(28 + bundle.size());
    ip.put((byte) 0x45).put((byte) 0).putShort((short) ip.capacity()).putInt(0);
    ip.put((byte) 64).put((byte) 17).putShort((short) 0);
    ip.putInt(0x0a000000 + first).putInt(0x0a000000 + second);
    ip.putShort((short) PORT).putShort((short) PORT);
    ip.putShort((short) (8 + bundle.size())).putShort((short) 0).put(bundle.toByteArray());
    packets.add(new Packet(seconds, ip.array()));
    return this;
  }

  /** Writes it as pcap. */
  public Path write(Path file) throws IOException {
    packets.sort(Comparator.comparingDouble(Packet::seconds));
    ByteBuffer out =
        ByteBuffer.allocate(24 + packets.stream().mapToInt(p -> 16 + p.ip.length).sum());
    out.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0);
    out.putInt(262_144).putInt(RAW_IP);
    for (Packet packet : packets) {
      long micros = Math.round(packet.seconds * 1e6);
      out.putInt((int) (START_SECONDS + micros / 1_000_000)).putInt((int) (micros % 1_000_000));
      out.putInt(packet.ip.length).putInt(packet.ip.length).put(packet.ip);
    }
    return Files.write(file, out.array());
  }
}
