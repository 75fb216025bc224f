package dev.holdfast.bpv7;

/**
 * A broken rule in bytes from outside.
 *
 * @param offset where in the input, in bytes from its start
 * @param section the rule's place, such as {@code RFC 9171 §4.3.1}
 * @param reason what is wrong, for people
 */
public record Fault(long offset, String section, String reason) {
  @Override
  public String toString() {
    return "offset " + offset + ", " + section + ": " + reason;
  }
}
