package dev.holdfast.contacts.trace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The node names of a trace, each one string for all its events, found by its bytes in a line
 * without making a string to look with.
 */
final class Names {
  private static final int FREE = -1;

  private final TraceLines lines;
  private final TraceLimits limits;
  private final List<String> names = new ArrayList<>();
  private int[] slots = newSlots(64);

  Names(TraceLines lines, TraceLimits limits) {
    this.lines = lines;
    this.limits = limits;
  }

  String name(int id) {
    return names.get(id);
  }

  /** The number of the name in a range of the line's buffer, from 0 on; a new one if it is new. */
  int id(int from, int to) {
    byte[] buffer = lines.buffer();
    int mask = slots.length - 1;
    int slot = hash(buffer, from, to) & mask;
    while (slots[slot] != FREE) {
      if (isSame(names.get(slots[slot]), buffer, from, to)) {
        return slots[slot];
      }
      slot = slot + 1 & mask;
    }
    String fresh = checked(buffer, from, to);
    int id = names.size();
    names.add(fresh);
    slots[slot] = id;
    if (2 * names.size() > slots.length) {
      grow();
    }
    return id;
  }

  private String checked(byte[] buffer, int from, int to) {
    String text = new String(buffer, from, to - from, StandardCharsets.UTF_8);
    if (!isName(text)) {
      throw lines.bad(
          TraceLines.quoted(text) + " is no node name", "use letters, digits and - _ . : in names");
    }
    if (text.length() > limits.nameBytes()) {
      throw lines.bad(
          "a node name is longer than " + limits.nameBytes() + " bytes", "use shorter names");
    }
    if (names.size() >= limits.names()) {
      throw lines.bad("more than " + limits.names() + " node names", "split the trace");
    }
    return text;
  }

  /** Letters, digits and {@code - _ . :}, at least one. */
  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letterOrDigit = c < 0x80 && Character.isLetterOrDigit(c);
      if (!letterOrDigit && c != '-' && c != '_' && c != '.' && c != ':') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isSame(String name, byte[] buffer, int from, int to) {
    int length = name.length();
    if (to - from != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name.charAt(i) != buffer[from + i]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(byte[] buffer, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + buffer[i];
    }
    return hash ^ hash >>> 15;
  }

  private void grow() {
    slots = newSlots(2 * slots.length);
    int mask = slots.length - 1;
    for (int id = 0; id < names.size(); id++) {
      byte[] name = names.get(id).getBytes(StandardCharsets.US_ASCII);
      int slot = hash(name, 0, name.length) & mask;
      while (slots[slot] != FREE) {
        slot = slot + 1 & mask;
      }
      slots[slot] = id;
    }
  }

  private static int[] newSlots(int count) {
    int[] fresh = new int[count];
    Arrays.fill(fresh, FREE);
    return fresh;
  }
}
