package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes captures: knows nothing of the code that it tests, written from the descriptions of the
 * formats.
 *
 * @param format which format, byte order and clock
 * @param linkType what stands before the IP packets
 */
record CaptureFile(Format format, int linkType) {
  enum Format {
    PCAP_MICROS_BIG(true),
    PCAP_MICROS_LITTLE(false),
    PCAP_NANOS_BIG(true),
    PCAP_NANOS_LITTLE(false),
    PCAPNG_BIG(true),
    PCAPNG_LITTLE(false),
    /** Nanoseconds, with an offset of the clock, an option before it and blocks of other kinds. */
    PCAPNG_NANOS(false),
    /** Ticks of 2^-40 seconds. */
    PCAPNG_TWO(true),
    /** The packet block of older files. */
    PCAPNG_OLD_PACKET(false);

    private final boolean bigEndian;

    Format(boolean bigEndian) {
      this.bigEndian = bigEndian;
    }
  }

  static final CaptureFile PLAIN = new CaptureFile(Format.PCAP_MICROS_LITTLE, 101);
  private static final long CLOCK_OFFSET = 1_000;

  /** The file with these packets. */
  byte[] of(List<Frame> frames) {
    ByteBuffer out = ByteBuffer.allocate(1 << 22);
    out.order(format.bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    switch (format) {
      case PCAP_MICROS_BIG, PCAP_MICROS_LITTLE -> pcap(out, frames, 0xa1b2c3d4, 1_000);
      case PCAP_NANOS_BIG, PCAP_NANOS_LITTLE -> pcap(out, frames, 0xa1b23c4d, 1);
      case PCAPNG_BIG, PCAPNG_LITTLE, PCAPNG_NANOS, PCAPNG_TWO, PCAPNG_OLD_PACKET ->
          pcapng(out, frames);
    }
    byte[] file = new byte[out.position()];
    out.flip().get(file);
    return file;
  }

  private void pcap(ByteBuffer out, List<Frame> frames, int magic, long unit) {
    out.putInt(magic).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    out.putInt(262_144).putInt(linkType);
    for (Frame frame : frames) {
      byte[] bytes = linkLayer(frame.ip());
      out.putInt((int) (frame.unixNanos() / 1_000_000_000L));
      out.putInt((int) (frame.unixNanos() % 1_000_000_000L / unit));
      out.putInt(bytes.length).putInt(bytes.length).put(bytes);
    }
  }

  private void pcapng(ByteBuffer out, List<Frame> frames) {
    boolean nanos = format == Format.PCAPNG_NANOS;
    block(out, 0x0a0d0d0a, body(28).putInt(0x1a2b3c4d).putInt(1 | 0).putLong(-1L), true);
    if (nanos) {
      block(out, 4, body(8).putLong(0), false); // Names: passed over.
      // An interface that no packet comes from.
      block(out, 1, body(8).putShort((short) 147).putShort((short) 0).putInt(0), false);
    }
    ByteBuffer head = body(64).putShort((short) linkType).putShort((short) 0).putInt(0);
    if (nanos) {
      head.putShort((short) 2).putShort((short) 3).put(new byte[] {'l', 'o', '0', 0});
      head.putShort((short) 9).putShort((short) 1).put(new byte[] {9, 0, 0, 0});
      head.putShort((short) 14).putShort((short) 8).putLong(CLOCK_OFFSET);
      head.putInt(0);
    } else if (format == Format.PCAPNG_TWO) {
      head.putShort((short) 9).putShort((short) 1).put(new byte[] {(byte) 0xa8, 0, 0, 0});
      head.putInt(0);
    }
    block(out, 1, head, false);
    for (Frame frame : frames) {
      byte[] bytes = linkLayer(frame.ip());
      long ticks = ticks(frame.unixNanos());
      ByteBuffer packet = body(24 + bytes.length);
      if (format == Format.PCAPNG_OLD_PACKET) {
        packet.putShort((short) 0).putShort((short) 0);
      } else {
        packet.putInt(nanos ? 1 : 0);
      }
      packet.putInt((int) (ticks >>> 32)).putInt((int) ticks);
      packet.putInt(bytes.length).putInt(bytes.length).put(bytes);
      while (packet.position() % 4 != 0) {
        packet.put((byte) 0);
      }
      block(out, format == Format.PCAPNG_OLD_PACKET ? 2 : 6, packet, false);
    }
  }

  private long ticks(long unixNanos) {
    return switch (format) {
      case PCAPNG_NANOS -> unixNanos - CLOCK_OFFSET * 1_000_000_000L;
      case PCAPNG_TWO -> {
        long fraction = unixNanos % 1_000_000_000L;
        yield (unixNanos / 1_000_000_000L << 40)
            + Math.ceilDiv(fraction << 30, 1_000_000_000L) * (1 << 10);
      }
      case PCAP_MICROS_BIG,
          PCAP_MICROS_LITTLE,
          PCAP_NANOS_BIG,
          PCAP_NANOS_LITTLE,
          PCAPNG_BIG,
          PCAPNG_LITTLE,
          PCAPNG_OLD_PACKET ->
          unixNanos / 1_000;
    };
  }

  private ByteBuffer body(int most) {
    return ByteBuffer.allocate(most)
        .order(format.bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static void block(ByteBuffer out, int type, ByteBuffer body, boolean section) {
    int length = body.position() + 12;
    out.putInt(type).putInt(length);
    int at = out.position();
    out.put(body.flip()).putInt(length);
    if (section) { // The version is two numbers of 16 bits.
      out.putShort(at + 4, (short) 1).putShort(at + 6, (short) 0);
    }
  }

  private byte[] linkLayer(Octets ip) {
    int etherType = ip.unsigned(0) >> 4 == 4 ? 0x0800 : 0x86dd;
    ByteBuffer bytes = ByteBuffer.allocate(ip.size() + 32);
    switch (linkType) {
      case 0 -> bytes.order(ByteOrder.LITTLE_ENDIAN).putInt(etherType == 0x0800 ? 2 : 30);
      case 108 -> bytes.putInt(etherType == 0x0800 ? 2 : 24);
      case 1 ->
          bytes
              .put(new byte[12])
              .putShort((short) 0x8100)
              .putShort((short) 5)
              .putShort((short) etherType);
      case 113 -> bytes.put(new byte[14]).putShort((short) etherType);
      case 276 -> bytes.putShort((short) etherType).put(new byte[18]);
      default -> {}
    }
    bytes.put(ip.toByteArray());
    if (linkType == 1) {
      bytes.put(new byte[6]); // Padding, as short frames have it.
    }
    byte[] packet = new byte[bytes.position()];
    bytes.flip().get(packet);
    return packet;
  }
}
