package dev.holdfast.crdt.twin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The names that paths are made of, and how they are escaped (RFC 6901 §3). */
final class Segments {
  private Segments() {}

  /** Where half a pair of surrogates stands, which has no octets; -1 if nowhere. */
  static int halfCharacter(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return i;
      }
    }
    return -1;
  }

  /** Why that is no name of a member that has a path; empty if it is one. */
  static Optional<String> fault(String name) {
    if (name.isEmpty()) {
      return Optional.of("an empty name");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
        return Optional.of("the control character U+%04X in a name".formatted((int) c));
      }
    }
    if (halfCharacter(name) >= 0) {
      return Optional.of("half a character in a name");
    }
    return Declaration.isReserved(name)
        ? Optional.of(name + " stands for a type and is no name of a member")
        : Optional.empty();
  }

  /** How many bytes a text has as UTF-8. */
  static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  static String join(List<String> names) {
    return String.join("/", names.stream().map(Segments::escape).toList());
  }

  /** What an escaped name says; empty if a tilde is followed by neither 0 nor 1. */
  static Optional<String> unescape(String escaped) {
    if (escaped.indexOf('~') < 0) {
      return Optional.of(escaped);
    }
    StringBuilder name = new StringBuilder(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      char c = escaped.charAt(i);
      if (c == '~') {
        i++;
        char next = i < escaped.length() ? escaped.charAt(i) : ' ';
        if (next != '0' && next != '1') {
          return Optional.empty();
        }
        name.append(next == '0' ? '~' : '/');
      } else {
        name.append(c);
      }
    }
    return Optional.of(name.toString());
  }
}
