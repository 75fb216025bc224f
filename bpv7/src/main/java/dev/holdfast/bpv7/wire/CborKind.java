package dev.holdfast.bpv7.wire;

/** What a CBOR item is, told from its first byte (RFC 8949 §3.1). */
public enum CborKind {
  /** Major type 0. */
  UNSIGNED(0, "an unsigned integer"),
  /** Major type 1. */
  NEGATIVE(1, "a negative integer"),
  /** Major type 2. */
  BYTES(2, "a byte string"),
  /** Major type 3. */
  TEXT(3, "a text string"),
  /** Major type 4. */
  ARRAY(4, "an array"),
  /** Major type 5. */
  MAP(5, "a map"),
  /** Major type 6. */
  TAG(6, "a tag"),
  /** Major type 7: booleans, null, floating-point numbers, simple values, the break. */
  OTHER(7, "a simple value or float");

  private static final CborKind[] BY_MAJOR = values();

  private final int major;
  private final String words;

  CborKind(int major, String words) {
    this.major = major;
    this.words = words;
  }

  /** The kind of the item that begins with this byte. */
  static CborKind of(int firstByte) {
    return BY_MAJOR[(firstByte & 0xff) >>> 5];
  }

  /** The major type, 0..7. */
  int major() {
    return major;
  }

  /** In words, with an article. */
  @Override
  public String toString() {
    return words;
  }
}
