package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.trace.TraceSource;
import java.util.Optional;

/** A file of packets, one after the other. */
sealed interface PacketFile permits PcapFile, PcapngFile {
  String MEND = "expected a pcap or pcapng file, as tcpdump, dumpcap and tshark write";

  /** The next packet; empty after the last. */
  Optional<Packet> next();

  /** Opens a file by what it begins with. */
  static PacketFile open(TraceSource source, CaptureLimits limits) {
    CaptureInput in = new CaptureInput(source);
    byte[] magic = new byte[4];
    if (!in.fillOrEnd(magic, "its first number")) {
      throw in.bad(0, "the file is empty", MEND);
    }
    int number = new WireNumbers(magic, true).i32(0);
    return switch (number) {
      case PcapngFile.SECTION -> new PcapngFile(in, limits);
      case PcapFile.MICROS -> new PcapFile(in, true, 1_000, limits);
      case PcapFile.NANOS -> new PcapFile(in, true, 1, limits);
      case PcapFile.MICROS_SWAPPED -> new PcapFile(in, false, 1_000, limits);
      case PcapFile.NANOS_SWAPPED -> new PcapFile(in, false, 1, limits);
      default -> {
        if ((number >>> 16) == 0x1f8b) {
          throw in.bad(0, "the file is compressed", "gunzip it first");
        }
        throw in.bad(0, "the file is no capture", MEND);
      }
    };
  }
}
