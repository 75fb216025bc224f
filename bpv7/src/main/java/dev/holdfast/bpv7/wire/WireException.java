package dev.holdfast.bpv7.wire;

/**
 * A broken rule met while reading bytes from outside.
 *
 * <p>It is how the readers of this module leave a half-read input; the codec's public entries catch
 * it and answer with a typed result, so that it never reaches a caller who did not ask for it. It
 * carries no stack trace: hostile input must stay cheap.
 */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final String section;
  private final String reason;
  private final long needed;

  private WireException(long offset, String section, String reason, long needed) {
    super("offset " + offset + ", " + section + ": " + reason, null, false, false);
    this.offset = offset;
    this.section = section;
    this.reason = reason;
    this.needed = needed;
  }

  /** Bytes that are there and wrong. */
  public WireException(long offset, String section, String reason) {
    this(offset, section, reason, 0);
  }

  /**
   * Bytes that are missing.
   *
   * @param offset where the item begins that does not end
   * @param needed how many bytes the whole input must have at least for reading to get further
   */
  static WireException truncated(long offset, String section, long needed) {
    return new WireException(offset, section, "the input ends here, within an item", needed);
  }

  /** Where, in bytes from the start of the input. */
  public long offset() {
    return offset;
  }

  /** The rule's place, such as {@code RFC 9171 §4.3.1}. */
  public String section() {
    return section;
  }

  /** What is wrong, for people. */
  public String reason() {
    return reason;
  }

  /** Whether the input is right as far as it goes, but ends too early. */
  public boolean isTruncated() {
    return needed > 0;
  }

  /** For a truncated input, the least size with which another try can get further; otherwise 0. */
  public long needed() {
    return needed;
  }
}
