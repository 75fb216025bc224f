package dev.holdfast.bpv7.eid;

import dev.holdfast.bpv7.wire.CborKind;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.bpv7.wire.WireException;

/**
 * Endpoint identifiers as CBOR (RFC 9171 §4.2.5.1, RFC 9758 §6) and as text (RFC 9171 §4.2.5.1.1,
 * RFC 9758 §5). Any thread.
 */
public final class Eids {
  static final int DTN = 1;
  static final int IPN = 2;

  private static final String EID_SECTION = "RFC 9171 §4.2.5.1";
  private static final String DTN_SECTION = "RFC 9171 §4.2.5.1.1";
  private static final String IPN_SECTION = "RFC 9758 §6.1";
  private static final long MAX32 = 0xffff_ffffL;

  private Eids() {}

  /** How the scheme-specific part of a {@code dtn} identifier must look. */
  public enum DtnSyntax {
    /** As RFC 9171 §4.2.5.1.1 has it. */
    STRICT,
    /** The slash after the node name may be missing; some nodes name themselves so. */
    SLASH_OPTIONAL
  }

  /** The identifier that {@code text} spells, such as {@code ipn:3.42} or {@code dtn://node/in}. */
  public static Parsed<Eid> parse(String text) {
    try {
      return new Parsed.Good<>(EidText.read(text));
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  /** The identifier that the bytes of exactly one CBOR item spell. */
  public static Parsed<Eid> decode(Octets cbor) {
    CborReader reader = new CborReader(cbor);
    try {
      Eid eid = read(reader, Limits.DEFAULT, DtnSyntax.STRICT);
      reader.expectEnd();
      return new Parsed.Good<>(eid);
    } catch (WireException fault) {
      return new Parsed.Bad<>(fault);
    }
  }

  /** The identifier as one CBOR item. */
  public static Octets encode(Eid eid) {
    CborWriter writer = new CborWriter(32);
    write(writer, eid);
    return writer.finish();
  }

  /** Writes the identifier as one item. */
  public static void write(CborWriter writer, Eid eid) {
    writer.array(2);
    switch (eid) {
      case NullEid _ -> writer.unsigned(DTN).unsigned(0);
      case DtnEid dtn -> writer.unsigned(DTN).text("//" + dtn.nodeName() + "/" + dtn.demux());
      case IpnEid ipn when ipn.threeElements() ->
          writer
              .unsigned(IPN)
              .array(3)
              .unsigned(ipn.allocator())
              .unsigned(ipn.node())
              .unsigned(ipn.service())
              .end();
      case IpnEid ipn ->
          writer.unsigned(IPN).array(2).unsigned(ipn.qualifiedNode()).unsigned(ipn.service()).end();
      case UnknownEid unknown -> writer.unsigned(unknown.scheme()).item(unknown.specificPart());
    }
    writer.end();
  }

  /**
   * Reads one identifier.
   *
   * @throws WireException if there is none at the cursor
   */
  public static Eid read(CborReader reader, Limits limits, DtnSyntax syntax) {
    reader.in(EID_SECTION);
    reader.array(2);
    long scheme = reader.unsigned();
    if (scheme == IPN) {
      return readIpn(reader);
    }
    if (scheme == DTN) {
      return readDtn(reader, limits, syntax);
    }
    int where = reader.offset();
    if (scheme == 0) {
      throw reader.fault(where - 1, "scheme code 0 is reserved");
    }
    Octets specificPart = reader.item(limits.depth(), limits.eidBytes());
    return new UnknownEid(scheme, specificPart);
  }

  private static Eid readIpn(CborReader reader) {
    reader.in(IPN_SECTION);
    int where = reader.offset();
    int elements = reader.array();
    if (elements == 2) {
      long qualified = reader.unsigned();
      return new IpnEid(qualified >>> 32, qualified & MAX32, reader.unsigned(), false);
    }
    if (elements != 3) {
      throw reader.fault(where, "an ipn identifier has 2 or 3 elements, not " + elements);
    }
    long allocator = thirtyTwoBits(reader, "allocator identifier");
    long node = thirtyTwoBits(reader, "node number");
    return new IpnEid(allocator, node, reader.unsigned(), true);
  }

  private static long thirtyTwoBits(CborReader reader, String what) {
    int where = reader.offset();
    long value = reader.unsigned();
    if (value < 0 || value > MAX32) {
      throw reader.fault(where, "the " + what + " of a 3-element ipn identifier exceeds 32 bits");
    }
    return value;
  }

  private static Eid readDtn(CborReader reader, Limits limits, DtnSyntax syntax) {
    reader.in(DTN_SECTION);
    int where = reader.offset();
    if (reader.peek() == CborKind.UNSIGNED) {
      if (reader.unsigned() != 0) {
        throw reader.fault(where, "the only number in the dtn scheme is 0, for dtn:none");
      }
      return Eid.NULL;
    }
    String text = reader.text(limits.eidBytes());
    try {
      return EidText.dtn(text, 0, syntax);
    } catch (WireException fault) {
      throw reader.fault(where, fault.reason() + " (character " + fault.offset() + ")");
    }
  }
}
