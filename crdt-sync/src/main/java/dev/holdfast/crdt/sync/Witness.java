package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.StreamId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/**
 * How far a store has told its stream of a class. Kept outside the store, so that a copy of the
 * store that is started later is found out: it does not know of numbers that were given. Written
 * durably after a turn is committed and before what it says is sent.
 *
 * <p>Where it is kept must not be restored with the store; what it was written in, a boot of a
 * machine say, is for its keeper to compare, since a machine's own snapshot restores both.
 *
 * @param stream that is written
 * @param last the last number that is in a block; 0 if none
 */
public record Witness(StreamId stream, long last) {
  private static final char SEPARATOR = ' ';

  /** Checks the range. */
  public Witness {
    if (last < 0) {
      throw new IllegalArgumentException("no number: " + last);
    }
  }

  /**
   * Whether a store goes on where this was written; else it is to begin a new stream.
   *
   * @param sameBoot whether nobody can have set back the machine since, store and witness together
   * @param own the stream that the store writes
   * @param chains of the store
   */
  public boolean continues(boolean sameBoot, StreamId own, Function<StreamId, Chain> chains) {
    return sameBoot && own.equals(stream) && chains.apply(stream).last() >= last;
  }

  /** One line: the stream's name in hexadecimal digits, a space, the number. */
  public String text() {
    return stream.name().hex() + SEPARATOR + last;
  }

  /** What {@link #text} wrote; empty if it is anything else. */
  public static Optional<Witness> parse(String text) {
    int at = text.indexOf(SEPARATOR);
    if (at != 2 * StreamId.SIZE) {
      return Optional.empty();
    }
    try {
      byte[] name = HexFormat.of().parseHex(text, 0, at);
      long last = Long.parseLong(text, at + 1, text.length(), 10);
      Witness witness = new Witness(new StreamId(Octets.wrap(name)), last);
      return witness.text().equals(text) ? Optional.of(witness) : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
