package dev.holdfast.bpv7.tcpcl;

/**
 * A transfer of one direction within one session (RFC 9174 §5.2.1), as its sender numbered it.
 *
 * @param number unsigned 64-bit
 */
public record TransferId(long number) {
  @Override
  public String toString() {
    return Long.toUnsignedString(number);
  }
}
