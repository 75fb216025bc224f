package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Distinct runs of bytes in their order, each said by how much of the one before it has at its
 * beginning and at its end: ids and paths differ in little.
 *
 * <pre>
 *   how many; of each: how many bytes are shared at the beginning; 2 * how many are between, and 1
 *   more if some are shared at the end; then how many of these; the bytes between
 * </pre>
 *
 * <p>Both shares are the longest there are, the beginning first, so that there is one form.
 */
final class Texts {
  private Texts() {}

  static void write(Numbers to, SortedSet<Octets> texts) {
    to.put(texts.size());
    Octets before = Octets.EMPTY;
    for (Octets text : texts) {
      int begin = sharedBegin(before, text);
      int end = sharedEnd(before, text, begin);
      to.put(begin);
      to.put(2L * (text.size() - begin - end) + (end > 0 ? 1 : 0));
      if (end > 0) {
        to.put(end);
      }
      to.put(text.slice(begin, text.size() - end));
      before = text;
    }
  }

  /**
   * Reads them.
   *
   * @param most how many there may be
   * @param mostBytes how long each may be
   */
  static List<Octets> read(CborReader from, int most, int mostBytes) {
    int count = Numbers.read(from, most, "the count of texts");
    List<Octets> texts = new ArrayList<>(count);
    Octets before = Octets.EMPTY;
    for (int i = 0; i < count; i++) {
      int where = from.offset();
      int begin = Numbers.read(from, before.size(), "what is shared at the beginning");
      long coded = Numbers.read(from, 2L * from.remaining() + 1, "what is between");
      int between = (int) (coded >>> 1);
      int end =
          (coded & 1) == 0
              ? 0
              : Numbers.read(from, before.size() - begin, "what is shared at the end");
      if (begin + end + between > mostBytes) {
        throw from.fault(where, "a text of more than " + mostBytes + " bytes");
      }
      Octets text =
          Octets.concat(
              List.of(
                  before.slice(0, begin), take(from, between), before.from(before.size() - end)));
      if (i > 0 && before.compareTo(text) >= 0) {
        throw from.fault(where, "texts come in their order, each once");
      }
      boolean longest = begin == sharedBegin(before, text) && end == sharedEnd(before, text, begin);
      if (!longest || ((coded & 1) == 1 && end == 0)) {
        throw from.fault(where, "not what is shared with the text before");
      }
      texts.add(text);
      before = text;
    }
    return texts;
  }

  private static Octets take(CborReader from, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) from.takeByte();
    }
    return Octets.wrap(bytes);
  }

  private static int sharedBegin(Octets before, Octets text) {
    int most = Math.min(before.size(), text.size());
    int shared = 0;
    while (shared < most && before.get(shared) == text.get(shared)) {
      shared++;
    }
    return shared;
  }

  private static int sharedEnd(Octets before, Octets text, int begin) {
    int most = Math.min(before.size(), text.size()) - begin;
    int shared = 0;
    while (shared < most
        && before.get(before.size() - 1 - shared) == text.get(text.size() - 1 - shared)) {
      shared++;
    }
    return shared;
  }
}
