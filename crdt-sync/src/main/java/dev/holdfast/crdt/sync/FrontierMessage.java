package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;

/**
 * How far a region is, and how much it takes.
 *
 * @param said how far
 * @param budgetBytes how many bytes it wants to be sent before it is heard of again, 0 or more
 */
public record FrontierMessage(Said said, long budgetBytes) implements Claim {
  /** How far. */
  public sealed interface Said {}

  /**
   * Said in full.
   *
   * @param frontier with the beginnings of the streams' names
   */
  public record Whole(WireFrontier frontier) implements Said {}

  /**
   * Root and what is heard of are those that an earlier message says, of the reader or of the
   * sender: of two regions that are equal, one says it in full, however many streams there are.
   *
   * @param message the beginning of that message's id, {@value #SIZE} bytes
   */
  public record SameAs(Octets message) implements Said {
    /** Bytes of the id that are said: too many to make another message for. */
    public static final int SIZE = 16;

    /** Checks the length. */
    public SameAs {
      if (message.size() != SIZE) {
        throw new IllegalArgumentException("not the beginning of an id: " + message);
      }
    }

    /** As in that message. */
    public static SameAs of(Signed message) {
      return new SameAs(message.id().slice(0, SIZE).compact());
    }
  }

  /** Checks the range. */
  public FrontierMessage {
    Claim.checkBudget(budgetBytes);
  }
}
