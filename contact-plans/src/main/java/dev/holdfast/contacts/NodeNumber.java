package dev.holdfast.contacts;

import java.util.Optional;

/**
 * A fully-qualified node number (RFC 9758 §3.3.1): the allocator identifier in the high 32 bits,
 * the number that this allocator gave in the low 32 bits. Written {@code 977} for the default
 * allocator (0) and {@code 974848.977} otherwise.
 *
 * @param value the 64-bit number, read as unsigned; order and text treat it so
 */
public record NodeNumber(long value) implements Comparable<NodeNumber> {
  private static final long MAX32 = 0xffff_ffffL;

  /** The node with this fully-qualified number. */
  public static NodeNumber of(long value) {
    return new NodeNumber(value);
  }

  /**
   * Reads {@code 977}, {@code 974848.977} or the plain decimal of all 64 bits. Empty for anything
   * else.
   */
  public static Optional<NodeNumber> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return unsigned(text).map(NodeNumber::new);
    }
    Optional<Long> allocator = unsigned(text.substring(0, dot)).filter(NodeNumber::isWithin32Bits);
    Optional<Long> node = unsigned(text.substring(dot + 1)).filter(NodeNumber::isWithin32Bits);
    if (allocator.isEmpty() || node.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new NodeNumber(allocator.get() << 32 | node.get()));
  }

  private static boolean isWithin32Bits(long value) {
    return Long.compareUnsigned(value, MAX32) <= 0;
  }

  private static Optional<Long> unsigned(String digits) {
    if (digits.isEmpty() || digits.length() > 20) {
      return Optional.empty();
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(Long.parseUnsignedLong(digits));
    } catch (NumberFormatException beyond64Bits) {
      return Optional.empty();
    }
  }

  /** The allocator identifier, 0..2^32-1; zero is the default allocator. */
  public long allocator() {
    return value >>> 32;
  }

  /** The node number within its allocator, 0..2^32-1. */
  public long node() {
    return value & MAX32;
  }

  /** As one decimal number of 64 bits, the form that plan files without allocators use. */
  public String decimal() {
    return Long.toUnsignedString(value);
  }

  @Override
  public int compareTo(NodeNumber other) {
    return Long.compareUnsigned(value, other.value);
  }

  @Override
  public String toString() {
    return allocator() == 0 ? Long.toString(node()) : allocator() + "." + node();
  }
}
