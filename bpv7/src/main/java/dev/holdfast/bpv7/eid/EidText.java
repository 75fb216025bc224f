package dev.holdfast.bpv7.eid;

import dev.holdfast.bpv7.eid.Eids.DtnSyntax;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.bpv7.wire.WireException;

/** Endpoint identifiers as text; faults carry the index of the character they are about. */
final class EidText {
  private static final String URI_SECTION = "RFC 9171 §4.2.5.1";
  private static final String DTN_SECTION = "RFC 9171 §4.2.5.1.1";
  private static final String IPN_SECTION = "RFC 9758 §5";
  private static final String REG_NAME_MARKS = "-._~!$&'()*+,;=%";
  private static final long MAX32 = 0xffff_ffffL;

  private EidText() {}

  static Eid read(String text) {
    if (text.length() > Limits.DEFAULT.eidBytes()) {
      throw new WireException(
          0, URI_SECTION, "more than " + Limits.DEFAULT.eidBytes() + " characters");
    }
    if (text.equals("dtn:none")) {
      return Eid.NULL;
    }
    if (text.startsWith("dtn:")) {
      return dtn(text, 4, DtnSyntax.STRICT);
    }
    if (text.startsWith("ipn:")) {
      return ipn(text);
    }
    throw new WireException(0, URI_SECTION, "an identifier begins with ipn: or dtn:");
  }

  /** What follows {@code dtn:}, from index {@code from} of {@code text} to its end. */
  static DtnEid dtn(String text, int from, DtnSyntax syntax) {
    if (!text.startsWith("//", from)) {
      throw new WireException(from, DTN_SECTION, "a dtn identifier is dtn:none or dtn://node/…");
    }
    int name = from + 2;
    int slash = text.indexOf('/', name);
    int nameEnd = slash < 0 ? text.length() : slash;
    if (nameEnd == name) {
      throw new WireException(name, DTN_SECTION, "the node name is empty");
    }
    for (int i = name; i < nameEnd; i++) {
      if (!isNameCharacter(text, i)) {
        throw new WireException(i, DTN_SECTION, "not a character of a node name");
      }
    }
    if (slash < 0 && syntax == DtnSyntax.STRICT) {
      throw new WireException(nameEnd, DTN_SECTION, "no slash ends the node name");
    }
    for (int i = nameEnd + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x21 || c > 0x7e) {
        throw new WireException(i, DTN_SECTION, "not a visible ASCII character");
      }
    }
    String demux = slash < 0 ? "" : text.substring(slash + 1);
    return new DtnEid(text.substring(name, nameEnd), demux);
  }

  static boolean isNameCharacter(String text, int index) {
    char c = text.charAt(index);
    if (c == '%') { // RFC 3986 §2.1
      return isHexDigit(text, index + 1) && isHexDigit(text, index + 2);
    }
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || REG_NAME_MARKS.indexOf(c) >= 0; // RFC 3986 §3.2.2
  }

  private static boolean isHexDigit(String text, int index) {
    return index < text.length() && "0123456789abcdefABCDEF".indexOf(text.charAt(index)) >= 0;
  }

  private static IpnEid ipn(String text) {
    int first = text.indexOf('.');
    if (first < 0) {
      throw new WireException(text.length(), IPN_SECTION, "an ipn identifier is ipn:node.service");
    }
    if (text.startsWith("!.", 4)) { // RFC 9758 §3.4.2: the local node
      return new IpnEid(0, MAX32, number(text, 6, text.length(), -1L), false);
    }
    int second = text.indexOf('.', first + 1);
    if (second < 0) {
      long node = number(text, 4, first, MAX32);
      return new IpnEid(0, node, number(text, first + 1, text.length(), -1L), false);
    }
    long allocator = number(text, 4, first, MAX32);
    long node = number(text, first + 1, second, MAX32);
    return new IpnEid(allocator, node, number(text, second + 1, text.length(), -1L), false);
  }

  /** A decimal number without leading zeros, at most {@code max} as unsigned. */
  static long number(String text, int from, int to, long max) {
    if (from == to) {
      throw new WireException(from, IPN_SECTION, "a number is missing");
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        throw new WireException(i, IPN_SECTION, "not a digit");
      }
    }
    if (text.charAt(from) == '0' && to - from > 1) {
      throw new WireException(from, IPN_SECTION, "a number has no leading zeros");
    }
    try {
      long value = Long.parseUnsignedLong(text, from, to, 10);
      if (Long.compareUnsigned(value, max) <= 0) {
        return value;
      }
    } catch (NumberFormatException _) {
      // More than 64 bits: the same fault as more than the maximum.
    }
    throw new WireException(from, IPN_SECTION, "more than " + Long.toUnsignedString(max));
  }
}
