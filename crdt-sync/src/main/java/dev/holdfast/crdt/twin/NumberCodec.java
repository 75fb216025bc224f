package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.CborKind;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Numbers as octets, exactly, whatever their size within limits: an integer of 64 bits with sign as
 * a CBOR integer; any other as a decimal fraction (RFC 8949 §3.4.4), a power of ten and an integer
 * that ten does not divide. So 5, 5.0 and 50e-1 are one number, and 0.1 is a tenth.
 */
final class NumberCodec {
  /** Digits of a number: arithmetic on them grows with their square. */
  static final int DIGITS_MAX = 1_000;

  /** The greatest power of ten, either sign. */
  static final int EXPONENT_MAX = 9_999;

  private static final int DECIMAL = 4;
  private static final int BIG_POSITIVE = 2;
  private static final int BIG_NEGATIVE = 3;

  /** Numbers of more digits are read with an exponent. */
  private static final int PLAIN_DIGITS = 60;

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private NumberCodec() {}

  /** Why that number cannot be stored; empty if it can. */
  static Optional<String> fault(JsonNode number) {
    if (number.isFloatingPointNumber() && !number.isBigDecimal()) {
      double value = number.doubleValue();
      if (!Double.isFinite(value)) {
        return Optional.of(value + " is no number in JSON");
      }
    }
    BigDecimal value = number.decimalValue();
    if (value.precision() > DIGITS_MAX) {
      return Optional.of(
          "a number of " + value.precision() + " digits, " + DIGITS_MAX + " at most");
    }
    return value.signum() != 0 && Math.abs((long) value.scale()) > EXPONENT_MAX
        ? Optional.of("a number beyond 10^" + EXPONENT_MAX + " or its inverse")
        : Optional.empty();
  }

  static void write(CborWriter to, JsonNode number) {
    BigDecimal value = number.decimalValue().stripTrailingZeros();
    if (fitsLong(value)) {
      to.integer(value.longValueExact());
      return;
    }
    to.tag(DECIMAL).array(2).integer(-(long) value.scale());
    BigInteger digits = value.unscaledValue();
    if (digits.bitLength() < Long.SIZE) {
      to.integer(digits.longValueExact());
    } else {
      // -1 - n, as CBOR has it, is the complement.
      boolean negative = digits.signum() < 0;
      byte[] bytes = (negative ? digits.not() : digits).toByteArray();
      int zero = bytes[0] == 0 ? 1 : 0;
      to.tag(negative ? BIG_NEGATIVE : BIG_POSITIVE)
          .bytes(Octets.wrap(bytes, zero, bytes.length - zero));
    }
    to.end();
  }

  private static boolean fitsLong(BigDecimal stripped) {
    // At most 19 digits with their zeros: so nothing large is made to find out.
    return stripped.scale() <= 0
        && (long) stripped.precision() - stripped.scale() <= 19
        && stripped.toBigIntegerExact().bitLength() < Long.SIZE;
  }

  /** Reads what {@link #write} wrote, and no other form of it. */
  static JsonNode read(CborReader from) {
    if (from.peek() != CborKind.TAG) {
      return integer(BigInteger.valueOf(from.integer()));
    }
    int where = from.offset();
    if (from.tag() != DECIMAL) {
      throw from.fault(where, "not a tag of a number");
    }
    from.array(2);
    long exponent = from.integer();
    BigInteger digits =
        from.peek() == CborKind.TAG ? big(from) : BigInteger.valueOf(from.integer());
    if (Math.abs(exponent) > EXPONENT_MAX) {
      throw from.fault(where, "a number beyond 10^" + EXPONENT_MAX + " or its inverse");
    }
    BigDecimal value = new BigDecimal(digits, (int) -exponent);
    if (value.precision() > DIGITS_MAX
        || digits.signum() == 0
        || digits.mod(BigInteger.TEN).signum() == 0
        || fitsLong(value)) {
      throw from.fault(where, "a number in another form than its one");
    }
    return value.scale() <= 0 && value.precision() - value.scale() <= PLAIN_DIGITS
        ? integer(value.toBigIntegerExact())
        : JSON.numberNode(value);
  }

  private static BigInteger big(CborReader from) {
    int where = from.offset();
    long tag = from.tag();
    Octets bytes = from.bytes();
    boolean short64 =
        bytes.size() < Long.BYTES || (bytes.size() == Long.BYTES && bytes.get(0) >= 0);
    if ((tag != BIG_POSITIVE && tag != BIG_NEGATIVE)
        || short64
        || bytes.get(0) == 0
        || bytes.size() > DIGITS_MAX / 2) {
      throw from.fault(where, "an integer in another form than its one");
    }
    BigInteger value = new BigInteger(1, bytes.toByteArray());
    return tag == BIG_NEGATIVE ? value.not() : value;
  }

  /** An integer as reading JSON makes it: equal ones are equal nodes. */
  static JsonNode integer(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return JSON.numberNode(value.intValue());
    }
    return value.bitLength() < Long.SIZE
        ? JSON.numberNode(value.longValue())
        : JSON.numberNode(value);
  }
}
