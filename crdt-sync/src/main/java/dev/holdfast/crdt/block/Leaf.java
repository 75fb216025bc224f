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
      Comparator.comparing(Leaf::thing, Leaf::inOctets)
          .thenComparing(Leaf::path, Leaf::inOctets)
          .thenComparingInt(leaf -> code(leaf.kind()));

  /** The kinds by the numbers that stand for them in octets. */
  public static final List<Kind> KINDS =
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
    to.text(thing).text(path).unsigned(code(kind));
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

  /** The number that stands for a kind in octets. */
  static int code(Kind kind) {
    int code = KINDS.indexOf(kind);
    if (code < 0) {
      throw new IllegalArgumentException("operations are written to leaves, not maps");
    }
    return code;
  }

  /** The order of two texts as UTF-8, which that of UTF-16 is not beyond U+FFFF. */
  private static int inOctets(String one, String other) {
    int common = Math.min(one.length(), other.length());
    for (int i = 0; i < common; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean apart = Character.isSurrogate(a) != Character.isSurrogate(b);
        return apart && Character.isSurrogate(a) ? 1 : apart ? -1 : Character.compare(a, b);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** By thing, then path, as UTF-8, then kind. */
  @Override
  public int compareTo(Leaf other) {
    return ORDER.compare(this, other);
  }
}
