package dev.holdfast.crdt.twin;

import dev.holdfast.bpv7.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Names a thing, or a policy, as Eclipse Ditto does: {@code namespace:name}. The namespace is
 * letters, digits and underscores in parts that begin with a letter and are separated by dots or
 * dashes, or nothing; the name is any text without slashes and without the characters up to U+001F
 * and U+007F to U+00FF.
 *
 * @param text namespace, colon, name
 */
public record ThingId(String text) implements Comparable<ThingId> {
  /** The most characters an id has in Ditto. */
  public static final int LENGTH_MAX = 256;

  private static final String SECTION = "Ditto, namespaces and names";

  private static final Pattern NAMESPACE = Pattern.compile("([a-zA-Z]\\w*+([.-][a-zA-Z]\\w*+)*+)?");

  /** Checks that it is one. */
  public ThingId {
    if (check(text, TwinLimits.DEFAULT) instanceof Parsed.Bad<Boolean> bad) {
      throw new IllegalArgumentException(bad.toString());
    }
  }

  /** Reads an id from outside. */
  public static Parsed<ThingId> parse(String text, TwinLimits limits) {
    return switch (check(text, limits)) {
      case Parsed.Good<Boolean> _ -> new Parsed.Good<>(new ThingId(text));
      case Parsed.Bad<Boolean>(long offset, String section, String reason) ->
          new Parsed.Bad<>(offset, section, reason);
    };
  }

  private static Parsed<Boolean> check(String text, TwinLimits limits) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return bad(text.length(), "no colon: an id is namespace:name, such as org.acme:pump-1");
    }
    if (!NAMESPACE.matcher(text.substring(0, colon)).matches()) {
      return bad(
          0,
          "a namespace is letters, digits and _ in parts that begin with a letter, separated by"
              + " . or -, such as org.acme");
    }
    if (colon == text.length() - 1) {
      return bad(text.length(), "the name is empty");
    }
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x20 || (c >= 0x7f && c <= 0xff) || c == '/') {
        return bad(i, "a name has no slash, no control character and none of U+0080 to U+00FF");
      }
    }
    int half = Segments.halfCharacter(text);
    if (half >= 0) {
      return bad(half, "half a character");
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return text.length() > LENGTH_MAX || bytes > limits.thingBytes()
        ? bad(
            LENGTH_MAX,
            "an id of %d characters and %d bytes, %d and %d at most"
                .formatted(text.length(), bytes, LENGTH_MAX, limits.thingBytes()))
        : new Parsed.Good<>(true);
  }

  private static Parsed<Boolean> bad(int offset, String reason) {
    return new Parsed.Bad<>(offset, SECTION, reason);
  }

  /** What stands before the colon; may be empty. */
  public String namespace() {
    return text.substring(0, text.indexOf(':'));
  }

  /** What stands behind the colon. */
  public String name() {
    return text.substring(text.indexOf(':') + 1);
  }

  /** By text, as UTF-16. */
  @Override
  public int compareTo(ThingId other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
