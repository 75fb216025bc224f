package dev.holdfast.gateway.replay.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as decimals, written the same everywhere and never with an exponent for whole ones. */
final class Quantity {
  private static final int NANO_DIGITS = 9;

  private Quantity() {}

  /** Nanoseconds as seconds, exactly. */
  static BigDecimal seconds(long nanos) {
    return plain(BigDecimal.valueOf(nanos, NANO_DIGITS));
  }

  /** What was measured; three more digits than any of it is worth. */
  static BigDecimal of(double value) {
    return plain(BigDecimal.valueOf(value).round(MathContext.DECIMAL32));
  }

  /** The value as it is. */
  static BigDecimal exactly(double value) {
    return plain(BigDecimal.valueOf(value));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
