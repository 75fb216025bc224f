package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.trace.BadTraceException;
import dev.holdfast.contacts.trace.TraceSource;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The bytes of a capture file, read in pieces of known length, with the place where they stand. */
final class CaptureInput {
  private final String name;
  private final InputStream in;
  private long offset;

  CaptureInput(TraceSource source) {
    this.name = source.name();
    this.in = new BufferedInputStream(source.bytes(), 1 << 16);
  }

  String name() {
    return name;
  }

  /** Where the next byte stands, from the start of the file. */
  long offset() {
    return offset;
  }

  /**
   * Fills an array, or finds that the file ended before its first byte, which is false.
   *
   * @param what it is, for the message if the file stops within it
   */
  boolean fillOrEnd(byte[] bytes, String what) {
    int count = read(bytes, 0, bytes.length);
    if (count > 0 && count < bytes.length) {
      throw stops(what);
    }
    return count > 0;
  }

  /** The next bytes, which must be there. */
  byte[] take(int count, String what) {
    byte[] bytes = new byte[count];
    if (read(bytes, 0, count) < count) {
      throw stops(what);
    }
    return bytes;
  }

  /** Passes over bytes, which must be there. */
  void skip(long count, String what) {
    byte[] scratch = new byte[(int) Math.min(count, 8192)];
    for (long left = count; left > 0; ) {
      int some = (int) Math.min(left, scratch.length);
      if (read(scratch, 0, some) < some) {
        throw stops(what);
      }
      left -= some;
    }
  }

  private int read(byte[] bytes, int from, int count) {
    try {
      int some = in.readNBytes(bytes, from, count);
      offset += some;
      return some;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BadTraceException stops(String what) {
    return bad(
        offset,
        "the file stops within " + what,
        "copy the whole file again, or keep what is whole: editcap " + name + " whole.pcapng");
  }

  /** A problem at a place of the file. */
  BadTraceException bad(long at, String what, String mend) {
    return BadTraceException.atOffset(name, at, what, mend);
  }
}
