package dev.holdfast.crdt.block;

import dev.holdfast.crdt.Kind;
import java.util.Comparator;

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

  /** By thing, then path, as UTF-16, then kind. */
  @Override
  public int compareTo(Leaf other) {
    return ORDER.compare(this, other);
  }
}
