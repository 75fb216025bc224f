package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A TCP connection between two hosts, packet by packet; side 0 begins it. */
final class Wire {
  static final long START = 1_796_083_200_000_000_000L; // 2026-12-01T00:00:00Z
  private static final int FIN = 1;
  private static final int SYN = 2;
  private static final int RST = 4;
  private static final int ACK = 16;

  private final List<Frame> frames;
  private final Octets[] addresses;
  private final int[] ports;
  private final int[] next = {0xffff_ff00, 1_000_000}; // The first side's numbers wrap early.
  private long nanos;

  Wire(List<Frame> frames, String first, int firstPort, String second, int secondPort) {
    this.frames = frames;
    this.addresses = new Octets[] {Octets.ofHex(first), Octets.ofHex(second)};
    this.ports = new int[] {firstPort, secondPort};
  }

  /** From 10.0.0.1:50000 to 10.0.0.2:4556. */
  static Wire v4(List<Frame> frames) {
    return new Wire(frames, "0a000001", 50_000, "0a000002", 4556);
  }

  List<Frame> frames() {
    return frames;
  }

  /** What follows is seen so long after the start. */
  Wire at(double seconds) {
    nanos = Math.round(seconds * 1e9);
    return this;
  }

  /** Three packets, half a round trip apart. */
  Wire open(double seconds, double owlt) {
    at(seconds).packet(0, SYN, Octets.EMPTY);
    next[0]++;
    at(seconds + owlt).packet(1, SYN | ACK, Octets.EMPTY);
    next[1]++;
    return at(seconds + 2 * owlt).packet(0, ACK, Octets.EMPTY);
  }

  Wire says(int side, Octets... data) {
    for (Octets octets : data) {
      packet(side, ACK, octets);
      next[side] += octets.size();
    }
    return this;
  }

  /** What the side said so many bytes ago, or will say, now. */
  Wire saysAt(int side, int ahead, Octets data) {
    next[side] += ahead;
    packet(side, ACK, data);
    next[side] -= ahead;
    return this;
  }

  /** Bytes that the capture misses. */
  Wire loses(int side, Octets data) {
    next[side] += data.size();
    return this;
  }

  Wire closes(int side) {
    packet(side, FIN | ACK, Octets.EMPTY);
    next[side]++;
    return this;
  }

  /** A UDP datagram between the same ends. */
  Wire datagram(int side, Octets data) {
    ByteBuffer ip = ByteBuffer.allocate(28 + data.size());
    ip.put((byte) 0x45).put((byte) 0).putShort((short) ip.capacity()).putInt(0);
    ip.put((byte) 64).put((byte) 17).putShort((short) 0);
    ip.put(addresses[side].toByteArray()).put(addresses[1 - side].toByteArray());
    ip.putShort((short) ports[side]).putShort((short) ports[1 - side]);
    ip.putShort((short) (8 + data.size())).putShort((short) 0).put(data.toByteArray());
    frames.add(new Frame(START + nanos, Octets.wrap(ip.array())));
    return this;
  }

  Wire resets(int side) {
    return packet(side, RST, Octets.EMPTY);
  }

  private Wire packet(int side, int flags, Octets data) {
    frames.add(new Frame(START + nanos, ip(side, flags, data)));
    return this;
  }

  private Octets ip(int side, int flags, Octets data) {
    boolean v4 = addresses[0].size() == 4;
    int total = 20 + data.size();
    ByteBuffer ip = ByteBuffer.allocate(80 + data.size());
    if (v4) {
      ip.put((byte) 0x45).put((byte) 0).putShort((short) (20 + total)).putInt(0x00004000);
      ip.put((byte) 64).put((byte) 6).putShort((short) 0);
    } else {
      // One extension header (destination options) before TCP.
      ip.putInt(0x60000000).putShort((short) (8 + total)).put((byte) 60).put((byte) 64);
    }
    ip.put(addresses[side].toByteArray()).put(addresses[1 - side].toByteArray());
    if (!v4) {
      ip.put((byte) 6).put((byte) 0).put(new byte[] {1, 4, 0, 0, 0, 0});
    }
    ip.putShort((short) ports[side]).putShort((short) ports[1 - side]).putInt(next[side]);
    ip.putInt(next[1 - side]).put((byte) 0x50).put((byte) flags).putShort((short) 0xffff).putInt(0);
    ip.put(data.toByteArray());
    byte[] bytes = new byte[ip.position()];
    ip.flip().get(bytes);
    return Octets.wrap(bytes);
  }

  // Messages of RFC 9174 and MTCP.

  static Octets contact(boolean tls) {
    return Octets.ofHex(tls ? "64746e210401" : "64746e210400");
  }

  static Octets init(String node) {
    byte[] id = node.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(25 + id.length);
    bytes.put((byte) 7).putShort((short) 30).putLong(100_000).putLong(1_000_000);
    bytes.putShort((short) id.length).put(id).putInt(0);
    return Octets.wrap(bytes.array());
  }

  /** One segment; {@code always} has the extension length also in later ones. */
  static Octets segment(long id, boolean start, boolean end, boolean always, Octets data) {
    ByteBuffer bytes = ByteBuffer.allocate((start || always ? 22 : 18) + data.size());
    bytes.put((byte) 1).put((byte) ((end ? 1 : 0) | (start ? 2 : 0))).putLong(id);
    if (start || always) {
      bytes.putInt(0);
    }
    bytes.putLong(data.size()).put(data.toByteArray());
    return Octets.wrap(bytes.array());
  }

  static Octets transfer(long id, Octets data) {
    return segment(id, true, true, false, data);
  }

  static Octets ack(long id, long length) {
    return Octets.wrap(
        ByteBuffer.allocate(18).put((byte) 2).put((byte) 3).putLong(id).putLong(length).array());
  }

  static Octets refuse(long id) {
    return Octets.wrap(ByteBuffer.allocate(10).put((byte) 3).put((byte) 2).putLong(id).array());
  }

  static Octets term() {
    return Octets.ofHex("050000");
  }

  static Octets byteString(Octets data) {
    ByteBuffer bytes = ByteBuffer.allocate(5 + data.size());
    bytes.put((byte) 0x5a).putInt(data.size()).put(data.toByteArray());
    return Octets.wrap(bytes.array());
  }

  /** Something that begins and ends as a bundle does. */
  static Octets bundle(int size, int seed) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (seed + 31 * i + (i >> 8));
    }
    bytes[0] = (byte) 0x9f;
    bytes[size - 1] = (byte) 0xff;
    return Octets.wrap(bytes);
  }

  /** Both say who they are. */
  Wire meet(double seconds, String first, String second) {
    open(seconds, 0.125);
    at(seconds + 0.3).says(0, contact(false)).says(1, contact(false));
    at(seconds + 0.4).says(0, init(first));
    return at(seconds + 0.5).says(1, init(second));
  }

  static List<Frame> list() {
    return new ArrayList<>();
  }
}
