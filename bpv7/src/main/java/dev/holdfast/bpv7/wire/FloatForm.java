package dev.holdfast.bpv7.wire;

/** The three forms of floating-point numbers (RFC 8949 §3.3, §4.2.2). */
final class FloatForm {
  private static final int CANONICAL_NAN = 0x7e00;

  private FloatForm() {}

  /** The number that {@code width} bytes say. */
  static double value(long bits, int width) {
    return switch (width) {
      case 2 -> Float.float16ToFloat((short) bits);
      case 4 -> Float.intBitsToFloat((int) bits);
      default -> Double.longBitsToDouble(bits);
    };
  }

  /** Whether no narrower form keeps the value. */
  static boolean isShortest(double value, long bits, int width) {
    if (Double.isNaN(value)) {
      return width == 2 && bits == CANONICAL_NAN;
    }
    float single = (float) value;
    boolean fitsSingle = single == value;
    boolean fitsHalf = fitsSingle && Float.float16ToFloat(Float.floatToFloat16(single)) == value;
    return width == (fitsHalf ? 2 : fitsSingle ? 4 : 8);
  }
}
