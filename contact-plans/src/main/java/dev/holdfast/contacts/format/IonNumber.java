package dev.holdfast.contacts.format;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import java.util.Optional;

/** Numbers as ION reads them: {@code 0x1f} is hexadecimal, a leading {@code 0} means octal. */
final class IonNumber {
  private static final int MAX_DIGITS = 24;

  private IonNumber() {}

  /** A whole number of 64 bits, to be read as unsigned. */
  static Optional<Long> whole(String text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS || !isAlphanumeric(text)) {
      return Optional.empty();
    }
    try {
      if (text.startsWith("0x") || text.startsWith("0X")) {
        return Optional.of(Long.parseUnsignedLong(text.substring(2), 16));
      }
      int radix = text.startsWith("0") ? 8 : 10;
      return Optional.of(Long.parseUnsignedLong(text, radix));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  /** A whole number from zero up to a limit. */
  static Optional<Long> upTo(String text, long limit) {
    return whole(text).filter(value -> Long.compareUnsigned(value, limit) <= 0);
  }

  /** Seconds, whole or with up to three decimals, as milliseconds; at most 250 years. */
  static Optional<Long> millis(String text) {
    long limit = Contact.LATEST_END.millis();
    int dot = text.indexOf('.');
    if (dot < 0) {
      return upTo(text, limit / 1000).map(seconds -> seconds * 1000);
    }
    String fraction = text.substring(dot + 1);
    String whole = text.substring(0, dot);
    if (fraction.isEmpty() || fraction.length() > 3 || !isDecimal(fraction) || !isDecimal(whole)) {
      return Optional.empty();
    }
    if (whole.isEmpty() || whole.length() > 12) {
      return Optional.empty();
    }
    long millis = Long.parseLong(whole) * 1000 + Long.parseLong((fraction + "00").substring(0, 3));
    return millis <= limit ? Optional.of(millis) : Optional.empty();
  }

  /** A node number: base 0 as in ION, or {@code allocator.node} (RFC 9758 §3.3.1). */
  static Optional<NodeNumber> node(String text) {
    return text.indexOf('.') >= 0 ? NodeNumber.parse(text) : whole(text).map(NodeNumber::of);
  }

  private static boolean isDecimal(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isAlphanumeric(String text) {
    return text.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
  }
}
