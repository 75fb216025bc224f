package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The newer format: sections, each in a byte order of its own, of blocks that say their length.
 * Packets come from interfaces with a link type and a clock each; blocks of other kinds are passed
 * over.
 */
final class PcapngFile implements PacketFile {
  static final int SECTION = 0x0a0d0d0a;
  private static final int INTERFACE = 1;
  private static final int OLD_PACKET = 2;
  private static final int SIMPLE_PACKET = 3;
  private static final int PACKET = 6;

  private static final int BYTE_ORDER = 0x1a2b3c4d;
  private static final int BYTE_ORDER_SWAPPED = 0x4d3c2b1a;
  private static final int OPTION_RESOLUTION = 9;
  private static final int OPTION_OFFSET = 14;
  private static final String DAMAGED = "the file is damaged here: keep what is before it";

  /** What a section says of one interface. */
  private record Interface(int linkType, PcapngTime time) {}

  private final CaptureInput in;
  private final CaptureLimits limits;
  private final List<Interface> interfaces = new ArrayList<>();
  private boolean bigEndian;
  private long lastTime;

  /** A file of which the first number was read, the type of its first block. */
  PcapngFile(CaptureInput in, CaptureLimits limits) {
    this.in = in;
    this.limits = limits;
    section(0);
  }

  @Override
  public Optional<Packet> next() {
    while (true) {
      long offset = in.offset();
      byte[] type = new byte[4];
      if (!in.fillOrEnd(type, "the head of a block")) {
        return Optional.empty();
      }
      int kind = new WireNumbers(type, bigEndian).i32(0);
      if (kind == SECTION) {
        section(offset);
        continue;
      }
      long length = new WireNumbers(in.take(4, "the head of a block"), bigEndian).u32(0);
      if (length < 12 || length % 4 != 0) {
        throw in.bad(offset + 4, "a block of " + length + " bytes", DAMAGED);
      }
      if (kind != INTERFACE && kind != PACKET && kind != SIMPLE_PACKET && kind != OLD_PACKET) {
        in.skip(length - 12, "a block");
        end(length);
        continue;
      }
      if (length > limits.packetBytes() + 4096L) {
        throw in.bad(
            offset + 4,
            "a packet of " + length + " bytes, at most " + limits.packetBytes() + " are taken",
            DAMAGED);
      }
      WireNumbers body = new WireNumbers(in.take((int) length - 12, "a block"), bigEndian);
      end(length);
      if (kind == INTERFACE) {
        anInterface(body, offset);
      } else {
        return Optional.of(packet(kind, body, offset));
      }
    }
  }

  /** Reads the head of a section, the type of its block read. */
  private void section(long offset) {
    byte[] head = in.take(8, "the head of a section");
    int order = new WireNumbers(head, true).i32(4);
    if (order != BYTE_ORDER && order != BYTE_ORDER_SWAPPED) {
      throw in.bad(offset + 8, "a section without byte order", DAMAGED);
    }
    bigEndian = order == BYTE_ORDER;
    long length = new WireNumbers(head, bigEndian).u32(0);
    if (length < 28 || length % 4 != 0) {
      throw in.bad(offset + 4, "a section head of " + length + " bytes", DAMAGED);
    }
    WireNumbers version = new WireNumbers(in.take(4, "the head of a section"), bigEndian);
    if (version.u16(0) != 1) {
      throw in.bad(offset + 12, "pcapng version " + version.u16(0) + " is unknown", MEND);
    }
    in.skip(length - 20, "the head of a section");
    end(length);
    interfaces.clear();
  }

  /** The length stands once more at the end of a block. */
  private void end(long length) {
    long offset = in.offset();
    if (new WireNumbers(in.take(4, "the end of a block"), bigEndian).u32(0) != length) {
      throw in.bad(offset, "the block has another length at its end", DAMAGED);
    }
  }

  private void anInterface(WireNumbers body, long offset) {
    if (body.size() < 8 || interfaces.size() >= limits.interfaces()) {
      throw in.bad(
          offset,
          body.size() < 8
              ? "an interface block of " + body.size() + " bytes"
              : "more than " + limits.interfaces() + " interfaces",
          DAMAGED);
    }
    long units = PcapngTime.MICROS.unitsPerSecond();
    long seconds = 0;
    int at = 8;
    while (at + 4 <= body.size() && body.u16(at) != 0) {
      int code = body.u16(at);
      int length = body.u16(at + 2);
      if (at + 4 + length > body.size()) {
        throw in.bad(offset + 8 + at, "an option beyond its block", DAMAGED);
      }
      if (code == OPTION_RESOLUTION && length >= 1) {
        units = PcapngTime.unitsPerSecond(body.u8(at + 4));
      } else if (code == OPTION_OFFSET && length >= 8) {
        seconds = body.i64(at + 4);
      }
      at += 4 + (length + 3 & ~3);
    }
    if (units < 1 || Math.abs(seconds / 2) > PcapngTime.MAX_SECONDS / 2) {
      throw in.bad(offset + 8, "a clock that no time can be told by", DAMAGED);
    }
    interfaces.add(new Interface(body.u16(0), new PcapngTime(units, seconds)));
  }

  private Packet packet(int kind, WireNumbers body, long offset) {
    int head = kind == SIMPLE_PACKET ? 4 : 20;
    if (body.size() < head) {
      throw in.bad(offset, "a packet block of " + body.size() + " bytes", DAMAGED);
    }
    long index =
        switch (kind) {
          case PACKET -> body.u32(0);
          case OLD_PACKET -> body.u16(0);
          default -> 0;
        };
    if (index >= interfaces.size()) {
      throw in.bad(offset + 8, "a packet of interface " + index + ", which is unknown", DAMAGED);
    }
    Interface from = interfaces.get((int) index);
    // A simple packet has no time and no captured length of its own.
    long length = kind == SIMPLE_PACKET ? Math.min(body.u32(0), body.size() - 4) : body.u32(12);
    if (length > body.size() - head) {
      throw in.bad(offset + 20, "a packet beyond its block", DAMAGED);
    }
    if (kind != SIMPLE_PACKET) {
      long time = from.time().unixNanos(body.u32(4) << 32 | body.u32(8));
      if (time < 0) {
        throw in.bad(offset + 12, "the time of the packet is none", DAMAGED);
      }
      lastTime = time;
    }
    Octets octets = Octets.wrap(body.bytes(), head, (int) length);
    return new Packet(offset, lastTime, from.linkType(), octets);
  }
}
