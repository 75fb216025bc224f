package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.crdt.Kind;
import java.util.Comparator;
import java.util.List;

/**
 * A place that operations write to.
 *
 * @param thing the thing's id, at least a character
 * @param path where in the thing; what its parts mean is for who keeps the things
 * @param kind of which type, not {@link Kind#MAP}: an operation has one place
 */
public record Leaf(String thing, String path, Kind kind) implements Comparable<Leaf> {
  private static final Comparator<Leaf> ORDER =
      Comparator.comparing(Leaf::thing).thenComparing(Leaf::path).thenComparing(Leaf::kind);

  /** By the numbers that stand for them. */
  private static final List<Kind> KINDS =
      List.of(Kind.REGISTER, Kind.SET, Kind.COUNTER, Kind.STOCK, Kind.BLOB, Kind.LIST);

  /** Checks what is not for the limits to check. */
  public Leaf {
    if (thing.isEmpty() || kind == Kind.MAP) {
      throw new IllegalArgumentException("no leaf: '" + thing + "' " + path + " " + kind);
    }
    checkPairs(thing);
    checkPairs(path);
  }

  /** Half a pair of surrogates has no octets, so another text would be read than was written. */
  private static void checkPairs(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw new IllegalArgumentException("half a character at " + i + " of a name");
      }
    }
  }

  /** Writes three items: thing, path, the number that stands for the kind. */
  public void write(CborWriter to) {
    to.text(thing).text(path).unsigned(KINDS.indexOf(kind));
  }

  /**
   * Reads three items.
   *
   * @throws dev.holdfast.bpv7.wire.WireException if they are no leaf
   */
  public static Leaf read(CborReader from, BlockLimits limits) {
    int where = from.offset();
    String thing = from.text(limits.thingBytes());
    if (thing.isEmpty()) {
      throw from.fault(where, "a thing without a name");
    }
    String path = from.text(limits.pathBytes());
    return new Leaf(thing, path, KINDS.get(from.unsigned(KINDS.size() - 1)));
  }

  /** By thing, then path, as UTF-16, then kind. */
  @Override
  public int compareTo(Leaf other) {
    return ORDER.compare(this, other);
  }
}
