package dev.holdfast.bpv7;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.Eids.DtnSyntax;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/** The primary block as bytes (RFC 9171 §4.3.1). */
final class PrimaryBlockCodec {
  private static final String SECTION = "RFC 9171 §4.3.1";
  private static final int VERSION = 7;

  private PrimaryBlockCodec() {}

  static PrimaryBlock read(CborReader reader, ReadOptions options) {
    int begin = reader.offset();
    int items = reader.in(SECTION).array();
    if (items < 8 || items > 11) { // RFC 9171 §4.3.1
      throw reader.fault(begin, "a primary block has 8 to 11 items, not " + items);
    }
    int where = reader.offset();
    long version = reader.unsigned();
    if (version != VERSION) { // RFC 9171 §4.3.1
      throw reader.fault(
          where, "version " + Long.toUnsignedString(version) + " is not Bundle Protocol version 7");
    }
    int flagsOffset = reader.offset();
    BundleFlags flags = new BundleFlags(reader.unsigned());
    CrcType crc = CrcTypes.read(reader);
    boolean isFragment = flags.has(BundleFlags.IS_FRAGMENT);
    int due = 8 + (isFragment ? 2 : 0) + (crc == CrcType.NONE ? 0 : 1);
    if (items != due) { // RFC 9171 §4.3.1
      throw reader
          .in(SECTION)
          .fault(begin, "by its flags and CRC type it has " + due + " items, not " + items);
    }
    DtnSyntax syntax =
        options.allows(Leniency.DTN_SLASH) ? DtnSyntax.SLASH_OPTIONAL : DtnSyntax.STRICT;
    Eid destination = Eids.read(reader, options.limits(), syntax);
    Eid source = Eids.read(reader, options.limits(), syntax);
    Eid reportTo = Eids.read(reader, options.limits(), syntax);
    if (!options.allows(Leniency.FLAG_RULES)) {
      Optional<String> fault = BundleRules.flagFault(flags, source);
      if (fault.isPresent()) {
        throw reader.in("RFC 9171 §4.2.3").fault(flagsOffset, fault.get());
      }
    }
    reader.in("RFC 9171 §4.2.7").array(2);
    CreationTimestamp created =
        new CreationTimestamp(new DtnTime(reader.unsigned()), reader.unsigned());
    long lifetime = reader.in(SECTION).unsigned();
    Optional<FragmentInfo> fragment = isFragment ? Optional.of(fragment(reader)) : Optional.empty();
    CrcTypes.check(reader, begin, crc, "the primary block");
    Octets encoded = reader.slice(begin, reader.offset());
    return new PrimaryBlock(
        flags, crc, destination, source, reportTo, created, lifetime, fragment, encoded);
  }

  private static FragmentInfo fragment(CborReader reader) {
    int where = reader.offset();
    long offset = reader.unsigned();
    long total = reader.unsigned();
    if (total == 0 || Long.compareUnsigned(offset, total) > 0) { // RFC 9171 §4.3.1
      throw reader.fault(
          where,
          "fragment offset "
              + Long.toUnsignedString(offset)
              + " lies outside of an application data unit of "
              + Long.toUnsignedString(total)
              + " bytes");
    }
    return new FragmentInfo(offset, total);
  }

  static void write(CborWriter writer, PrimaryBlock block) {
    int from = writer.position();
    writer
        .array(8 + (block.fragment().isPresent() ? 2 : 0) + (block.crc() == CrcType.NONE ? 0 : 1))
        .unsigned(VERSION)
        .unsigned(block.flags().bits())
        .unsigned(block.crc().code());
    Eids.write(writer, block.destination());
    Eids.write(writer, block.source());
    Eids.write(writer, block.reportTo());
    writer
        .array(2)
        .unsigned(block.created().time().millis())
        .unsigned(block.created().sequence())
        .end()
        .unsigned(block.lifetime());
    if (block.fragment().isPresent()) {
      FragmentInfo fragment = block.fragment().get();
      writer.unsigned(fragment.offset()).unsigned(fragment.totalLength());
    }
    CrcTypes.write(writer, from, block.crc());
    writer.end();
  }

  /** The same block with its bytes written afresh. */
  static PrimaryBlock encoded(PrimaryBlock block) {
    CborWriter writer = new CborWriter(96);
    write(writer, block);
    return withEncoded(block, writer.finish());
  }

  static PrimaryBlock withEncoded(PrimaryBlock block, Octets encoded) {
    return new PrimaryBlock(
        block.flags(),
        block.crc(),
        block.destination(),
        block.source(),
        block.reportTo(),
        block.created(),
        block.lifetime(),
        block.fragment(),
        encoded);
  }
}
