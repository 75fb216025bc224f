package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/** The older format of libpcap: a head with one link type, and packets. */
final class PcapFile implements PacketFile {
  static final int MICROS = 0xa1b2c3d4;
  static final int NANOS = 0xa1b23c4d;
  static final int MICROS_SWAPPED = 0xd4c3b2a1;
  static final int NANOS_SWAPPED = 0x4d3cb2a1;

  private static final int HEAD_BYTES = 20;
  private static final int PACKET_HEAD_BYTES = 16;

  /** The bits above tell of frame check sequences, which nothing here looks at. */
  private static final int LINK_TYPE_BITS = 0x03ff_ffff;

  private final CaptureInput in;
  private final boolean bigEndian;
  private final long nanosPerUnit;
  private final CaptureLimits limits;
  private final int linkType;

  /** A file of which the first number was read. */
  PcapFile(CaptureInput in, boolean bigEndian, long nanosPerUnit, CaptureLimits limits) {
    this.in = in;
    this.bigEndian = bigEndian;
    this.nanosPerUnit = nanosPerUnit;
    this.limits = limits;
    WireNumbers head = new WireNumbers(in.take(HEAD_BYTES, "its head"), bigEndian);
    if (head.u16(0) != 2) {
      throw in.bad(4, "pcap version " + head.u16(0) + " is unknown", PacketFile.MEND);
    }
    this.linkType = head.i32(16) & LINK_TYPE_BITS;
    if (!LinkLayer.isKnown(linkType)) {
      throw in.bad(20, "link type " + linkType + " is unknown", LinkLayer.MEND);
    }
  }

  @Override
  public Optional<Packet> next() {
    long offset = in.offset();
    byte[] bytes = new byte[PACKET_HEAD_BYTES];
    if (!in.fillOrEnd(bytes, "the head of a packet")) {
      return Optional.empty();
    }
    WireNumbers head = new WireNumbers(bytes, bigEndian);
    long length = head.u32(8);
    if (length > limits.packetBytes()) {
      throw in.bad(
          offset,
          "a packet of " + length + " bytes, at most " + limits.packetBytes() + " are taken",
          "the file is damaged here: keep what is before it");
    }
    long fraction = head.u32(4) * nanosPerUnit;
    if (fraction >= PcapngTime.NANOS_PER_SECOND) {
      throw in.bad(
          offset,
          "the time of the packet is none",
          "the file is damaged here: keep what is before");
    }
    long time = head.u32(0) * PcapngTime.NANOS_PER_SECOND + fraction;
    Octets octets = Octets.wrap(in.take((int) length, "a packet"));
    return Optional.of(new Packet(offset, time, linkType, octets));
  }
}
