package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The keys of one class's records. All begin with a byte for what they are and the class's name.
 *
 * <pre>
 *   1 entry      leaf, actor (16), number (8)        clock and content: what is there
 *   2 dot        actor (16), number (8)              hash of the entry (32), its leaf
 *   3 block      stream (16), last (8), variant (4)  the block, whole or redacted
 *   4 chain      stream (16)                         how far the stream is known
 *   5 pending    number (8)                          own operation that no block has yet
 *   6 replica                                        own stream, clock, hash of the set, counts
 *   7 awaited    leaf, actor (16), first (8)         last (8): replaced there and not heard
 *   8 awaiting   actor (16), first (8), leaf         last (8): the same, by writer
 *   9 early      stream (16), first (8)              a block whose predecessors are missing
 *  10 note       a name                              what is kept beside the replica
 *  11 base       leaf, actor, number                 own row of a counter or stock, as an entry, that
 *                                                    what is pending replaced
 *
 *   leaf         thing, 0 1, path, 0 1, kind         a zero within a text is 0 255
 * </pre>
 */
final class Layout {
  static final int ENTRY = 1;
  static final int DOT = 2;
  static final int BLOCK = 3;
  static final int CHAIN = 4;
  static final int PENDING = 5;
  static final int REPLICA = 6;
  static final int AWAITED = 7;
  static final int AWAITING = 8;
  static final int EARLY = 9;
  static final int NOTE = 10;
  static final int BASE = 11;

  /** Bytes before what is particular of a key. */
  static final int PREFIX = 1 + ClassId.SIZE;

  private static final int NUMBER = 8;
  private static final int ESCAPED = 0xff;
  private static final int END = 1;

  private final ClassId name;

  Layout(ClassId name) {
    this.name = name;
  }

  /** A key of those parts. */
  Octets key(int what, Octets... parts) {
    var out = new ByteArrayOutputStream(PREFIX + 64);
    out.write(what);
    out.writeBytes(name.name().toByteArray());
    for (Octets part : parts) {
      out.writeBytes(part.toByteArray());
    }
    return Octets.wrap(out.toByteArray());
  }

  /** A number that is ordered as such. */
  static Octets number(long number) {
    byte[] bytes = new byte[NUMBER];
    for (int i = 0; i < NUMBER; i++) {
      bytes[i] = (byte) (number >>> (8 * (NUMBER - 1 - i)));
    }
    return Octets.wrap(bytes);
  }

  static long number(Octets key, int at) {
    long number = 0;
    for (int i = at; i < at + NUMBER; i++) {
      number = number << 8 | key.unsigned(i);
    }
    return number;
  }

  Octets entry(Octets leaf, Dot dot) {
    return key(ENTRY, leaf, dot.actor(), number(dot.sequence()));
  }

  Octets dot(Dot dot) {
    return key(DOT, dot.actor(), number(dot.sequence()));
  }

  Octets chain(StreamId stream) {
    return key(CHAIN, stream.name());
  }

  /** The dot at the end of a key. */
  static Dot dotAtEnd(Octets key) {
    int numberAt = key.size() - NUMBER;
    Octets actor = key.slice(numberAt - Dot.ACTOR_SIZE, numberAt).compact();
    return new Dot(actor, number(key, numberAt));
  }

  /** The leaf of an entry's key, as it stands in keys. */
  static Octets leafOf(Octets entryKey) {
    return entryKey.slice(PREFIX, entryKey.size() - NUMBER - Dot.ACTOR_SIZE).compact();
  }

  /** The first key after all those that begin with {@code prefix}. */
  static Octets after(Octets prefix) {
    byte[] bytes = prefix.toByteArray();
    int at = bytes.length - 1;
    while (at >= 0 && bytes[at] == (byte) 0xff) {
      at--;
    }
    if (at < 0) {
      throw new IllegalArgumentException("no key comes after " + prefix.hex());
    }
    bytes[at]++;
    return Octets.wrap(bytes, 0, at + 1);
  }

  /** A leaf as it stands in keys. */
  static Octets leaf(Leaf leaf) {
    var out = new ByteArrayOutputStream(64);
    text(out, leaf.thing());
    text(out, leaf.path());
    out.write(Leaf.KINDS.indexOf(leaf.kind()));
    return Octets.wrap(out.toByteArray());
  }

  /** What the leaves of a thing begin with. */
  static Octets thing(String thing) {
    var out = new ByteArrayOutputStream(64);
    text(out, thing);
    return Octets.wrap(out.toByteArray());
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0) {
        out.write(bytes, from, i + 1 - from);
        out.write(ESCAPED);
        from = i + 1;
      }
    }
    out.write(bytes, from, bytes.length - from);
    out.write(0);
    out.write(END);
  }

  /** The leaf that stands in a key. */
  static Leaf leaf(Octets key) {
    var texts = new String[2];
    int at = 0;
    for (int i = 0; i < texts.length; i++) {
      var out = new ByteArrayOutputStream();
      while (key.unsigned(at) != 0 || key.unsigned(at + 1) == ESCAPED) {
        out.write(key.get(at));
        at += key.unsigned(at) == 0 ? 2 : 1;
      }
      at += 2;
      texts[i] = out.toString(StandardCharsets.UTF_8);
    }
    return new Leaf(texts[0], texts[1], Leaf.KINDS.get(key.unsigned(at)));
  }
}
