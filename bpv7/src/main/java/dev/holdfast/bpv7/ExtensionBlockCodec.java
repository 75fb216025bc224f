package dev.holdfast.bpv7;

import dev.holdfast.bpv7.CanonicalBlock.BundleAge;
import dev.holdfast.bpv7.CanonicalBlock.HopCount;
import dev.holdfast.bpv7.CanonicalBlock.PreviousNode;
import dev.holdfast.bpv7.CanonicalBlock.Traffic;
import dev.holdfast.bpv7.CanonicalBlock.Unknown;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.Eids.DtnSyntax;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborReader.Form;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.util.Optional;

/** What the extension blocks carry, as bytes (RFC 9171 §4.3.2, §4.4). */
final class ExtensionBlockCodec {
  private static final int CRITICAL = 1;
  private static final int BEST_EFFORT = 2;
  private static final int MAX_HOP_LIMIT = 255;
  private static final int MAX_ORDINAL = 255;

  private ExtensionBlockCodec() {}

  /**
   * The block understood, if its type is known here.
   *
   * @param frame the block as read
   * @param dataOffset where its data begin in the bundle
   */
  static CanonicalBlock interpret(Unknown frame, int dataOffset, ReadOptions options) {
    long type = frame.type();
    if (type == options.trafficType()) {
      return traffic(frame);
    }
    if (type == BlockType.ION_QUALITY_OF_SERVICE) {
      return ionQualityOfService(frame);
    }
    if (type != BlockType.PREVIOUS_NODE
        && type != BlockType.BUNDLE_AGE
        && type != BlockType.HOP_COUNT) {
      return frame;
    }
    Form form = options.allows(Leniency.INTEGER_WIDTH) ? Form.ANY_WIDTH : Form.SHORTEST;
    CborReader data = new CborReader(frame.data(), dataOffset, form);
    CanonicalBlock block;
    if (type == BlockType.PREVIOUS_NODE) {
      DtnSyntax syntax =
          options.allows(Leniency.DTN_SLASH) ? DtnSyntax.SLASH_OPTIONAL : DtnSyntax.STRICT;
      block = new PreviousNode(frame.header(), Eids.read(data, options.limits(), syntax));
      data.in("RFC 9171 §4.4.1");
    } else if (type == BlockType.BUNDLE_AGE) {
      block = new BundleAge(frame.header(), data.in("RFC 9171 §4.4.2").unsigned());
    } else {
      block = hopCount(frame, data.in("RFC 9171 §4.4.3"));
    }
    data.expectEnd();
    return block;
  }

  private static CanonicalBlock hopCount(Unknown frame, CborReader data) {
    data.array(2);
    int where = data.offset();
    int limit = data.unsigned(MAX_HOP_LIMIT);
    if (limit == 0) { // RFC 9171 §4.4.3
      throw data.fault(where, "the hop limit is 1 to " + MAX_HOP_LIMIT);
    }
    return new HopCount(frame.header(), limit, data.unsigned());
  }

  /** A block of that type whose data are none of ours stays unknown: the code range is free. */
  private static CanonicalBlock traffic(Unknown frame) {
    CborReader data = new CborReader(frame.data());
    try {
      data.array(3);
      Optional<TrafficClass> trafficClass = TrafficClass.of(data.unsigned());
      int ordinal = data.unsigned(MAX_ORDINAL);
      long flags = data.unsigned();
      return trafficClass.isEmpty() || !data.atEnd()
          ? frame
          : trafficBlock(frame, trafficClass.get(), ordinal, flags);
    } catch (WireException _) {
      return frame;
    }
  }

  private static CanonicalBlock ionQualityOfService(Unknown frame) {
    CborReader data = new CborReader(frame.data(), Form.ANY_WIDTH);
    try {
      data.array(4);
      long flags = data.unsigned();
      Optional<TrafficClass> trafficClass = TrafficClass.of(data.unsigned());
      int ordinal = data.unsigned(MAX_ORDINAL);
      data.unsigned(); // the data label, which means nothing to us
      return trafficClass.isEmpty() || !data.atEnd()
          ? frame
          : trafficBlock(frame, trafficClass.get(), ordinal, flags);
    } catch (WireException _) {
      return frame;
    }
  }

  private static Traffic trafficBlock(
      Unknown frame, TrafficClass trafficClass, int ordinal, long flags) {
    return new Traffic(
        frame.header(),
        frame.type(),
        trafficClass,
        ordinal,
        (flags & CRITICAL) != 0,
        (flags & BEST_EFFORT) != 0);
  }

  /** Writes the whole block, CRC included. */
  static void write(CborWriter writer, CanonicalBlock block) {
    int from = writer.position();
    BlockHeader header = block.header();
    writer
        .array(header.crc() == CrcType.NONE ? 5 : 6)
        .unsigned(block.type())
        .unsigned(header.number())
        .unsigned(header.flags().bits())
        .unsigned(header.crc().code());
    writeData(writer, block);
    CrcTypes.write(writer, from, header.crc());
    writer.end();
  }

  /** The block as its bytes. */
  static BundleHead.Extension encoded(CanonicalBlock block) {
    CborWriter writer = new CborWriter(32);
    write(writer, block);
    return new BundleHead.Extension(block, writer.finish());
  }

  /** The block-type-specific data. */
  static Octets data(CanonicalBlock block) {
    CborWriter writer = new CborWriter(16);
    writeData(writer, block);
    return new CborReader(writer.finish()).bytes();
  }

  private static void writeData(CborWriter writer, CanonicalBlock block) {
    int from = writer.position();
    switch (block) {
      case Unknown(_, _, Octets data) -> {
        writer.bytes(data);
        return;
      }
      case PreviousNode(_, var node) -> Eids.write(writer, node);
      case BundleAge(_, long millis) -> writer.unsigned(millis);
      case HopCount(_, int limit, long count) ->
          writer.array(2).unsigned(limit).unsigned(count).end();
      case Traffic traffic -> writeTraffic(writer, traffic);
    }
    writer.embedded(from);
  }

  private static void writeTraffic(CborWriter writer, Traffic traffic) {
    int flags = (traffic.critical() ? CRITICAL : 0) | (traffic.bestEffort() ? BEST_EFFORT : 0);
    if (traffic.type() == BlockType.ION_QUALITY_OF_SERVICE) {
      writer
          .array(4)
          .unsigned(flags)
          .unsigned(traffic.trafficClass().code())
          .unsigned(traffic.ordinal())
          .unsigned(0);
    } else {
      writer
          .array(3)
          .unsigned(traffic.trafficClass().code())
          .unsigned(traffic.ordinal())
          .unsigned(flags);
    }
    writer.end();
  }
}
