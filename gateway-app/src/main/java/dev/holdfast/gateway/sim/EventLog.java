package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Everything that happened in a world: the hash of all of it, and the last things in words. Equal
 * hashes mean equal runs.
 */
public final class EventLog {
  private static final int BUFFER = 1 << 16;
  private static final int KEPT = 256;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final long[] lastNanos = new long[KEPT];
  private final String[] lastNode = new String[KEPT];
  private final Object[] lastWhat = new Object[KEPT];
  private long lines;

  EventLog() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Begins the next entry; what it is about follows by {@link #add}. */
  EventLog entry(long nanos, String node, Object what, int code) {
    int at = (int) (lines % KEPT);
    lastNanos[at] = nanos;
    lastNode[at] = node;
    lastWhat[at] = what;
    lines++;
    return add(nanos).add(code);
  }

  EventLog add(long value) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(value);
    return this;
  }

  EventLog add(Octets octets) {
    add((long) octets.size());
    octets.read(
        (bytes, from, size) -> {
          if (size > buffer.remaining()) {
            flush();
          }
          if (size > BUFFER) {
            digest.update(bytes, from, size);
          } else {
            buffer.put(bytes, from, size);
          }
          return size;
        });
    return this;
  }

  EventLog add(String text) {
    int length = text.length();
    add(length);
    for (int i = 0; i < length; i++) {
      if (buffer.remaining() < Character.BYTES) {
        flush();
      }
      buffer.putChar(text.charAt(i));
    }
    return this;
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /** How many entries. */
  public long lines() {
    return lines;
  }

  /** The last entries in words, oldest first, for a person who looks for what went wrong. */
  public List<String> last() {
    List<String> words = new ArrayList<>();
    for (long i = Math.max(0, lines - KEPT); i < lines; i++) {
      int at = (int) (i % KEPT);
      words.add(VirtualTime.text(lastNanos[at]) + " " + lastNode[at] + " " + lastWhat[at]);
    }
    return words;
  }

  /** SHA-256 over all entries so far. */
  public String hash() {
    flush();
    try {
      MessageDigest copy = (MessageDigest) digest.clone();
      return HexFormat.of().formatHex(copy.digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 can be copied", e);
    }
  }
}
