package dev.holdfast.gateway.link;

/**
 * The node's number for something it sends; never used twice while it runs.
 *
 * @param number the number
 */
public record TransferToken(long number) implements Comparable<TransferToken> {
  @Override
  public int compareTo(TransferToken other) {
    return Long.compare(number, other.number);
  }
}
