package dev.holdfast.contacts.trace;

import dev.holdfast.contacts.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a text, one at a time, and the words of the line, without an object for each: a line
 * is a range of the buffer. A byte order mark at the start is dropped, and a carriage return at a
 * line's end.
 */
final class TraceLines {
  private static final int CHUNK = 1 << 16;
  private static final int QUOTED = 40;

  private final String name;
  private final InputStream in;
  private final int longest;
  private final byte[] buffer;

  private int filled;
  private boolean exhausted;
  private int nextLine;

  private int lineStart;
  private int lineEnd;
  private boolean terminated;
  private long number;

  private int at;
  private int wordStart;
  private int wordEnd;

  TraceLines(TraceSource source, TraceLimits limits) {
    this.name = source.name();
    this.in = source.bytes();
    this.longest = limits.lineBytes();
    this.buffer = new byte[CHUNK + longest];
  }

  /** Goes to the next line; false after the last. */
  boolean next() {
    int end = endOfLine();
    if (end < 0) {
      if (nextLine == filled) {
        return false;
      }
      end = filled;
    }
    number++;
    lineStart = number == 1 && startsWithMark() ? nextLine + 3 : nextLine;
    terminated = end < filled;
    nextLine = terminated ? end + 1 : end;
    lineEnd = end > lineStart && buffer[end - 1] == '\r' ? end - 1 : end;
    if (lineEnd - lineStart > longest) {
      throw tooLong();
    }
    at = lineStart;
    return true;
  }

  /** Goes to the next line that has words and does not start with {@code #}. */
  boolean nextWithWords() {
    while (next()) {
      if (word() && buffer[wordStart] != '#') {
        at = lineStart;
        return true;
      }
    }
    return false;
  }

  private boolean startsWithMark() {
    return filled - nextLine >= 3
        && buffer[nextLine] == (byte) 0xef
        && buffer[nextLine + 1] == (byte) 0xbb
        && buffer[nextLine + 2] == (byte) 0xbf;
  }

  /** Where the line from {@code nextLine} on ends; -1 if the text does before. */
  private int endOfLine() {
    int from = nextLine;
    while (true) {
      for (int i = from; i < filled; i++) {
        if (buffer[i] == '\n') {
          return i;
        }
      }
      if (exhausted) {
        return -1;
      }
      if (filled - nextLine > longest + 1) {
        number++;
        throw tooLong();
      }
      from = filled - nextLine;
      System.arraycopy(buffer, nextLine, buffer, 0, from);
      nextLine = 0;
      filled = from;
      fill();
    }
  }

  private void fill() {
    try {
      int count = in.read(buffer, filled, buffer.length - filled);
      exhausted = count < 0;
      filled += Math.max(0, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BadTraceException tooLong() {
    return bad("the line is longer than " + longest + " bytes", "no line of a trace is that long");
  }

  /** Whether the line has a line end, which the last one may lack. */
  boolean isTerminated() {
    return terminated;
  }

  /** The number of the line, from 1 on. */
  long number() {
    return number;
  }

  /** Goes to the next word of the line: what stands between blanks; false if there is none. */
  boolean word() {
    int i = at;
    while (i < lineEnd && isBlank(buffer[i])) {
      i++;
    }
    wordStart = i;
    while (i < lineEnd && !isBlank(buffer[i])) {
      i++;
    }
    wordEnd = i;
    at = i;
    return i > wordStart;
  }

  /** Goes back to before the first word of the line. */
  void toStart() {
    at = lineStart;
  }

  /** As {@link #word}, but a word that starts with {@code #} ends the line. */
  boolean wordBeforeComment() {
    if (!word()) {
      return false;
    }
    if (buffer[wordStart] != '#') {
      return true;
    }
    lineEnd = wordStart;
    wordEnd = wordStart;
    at = wordStart;
    return false;
  }

  /**
   * Goes to the next field of the line: what stands between commas, without blanks at its ends;
   * false if there is none.
   */
  boolean field() {
    if (at > lineEnd) {
      return false;
    }
    int from = at;
    int to = from;
    while (to < lineEnd && buffer[to] != ',') {
      to++;
    }
    at = to + 1;
    while (from < to && isBlank(buffer[from])) {
      from++;
    }
    while (to > from && isBlank(buffer[to - 1])) {
      to--;
    }
    wordStart = from;
    wordEnd = to;
    return true;
  }

  private static boolean isBlank(byte octet) {
    return octet == ' ' || octet == '\t';
  }

  /** What is behind the current word, with blanks. */
  String rest() {
    return text(at, lineEnd);
  }

  byte[] buffer() {
    return buffer;
  }

  int wordStart() {
    return wordStart;
  }

  int wordEnd() {
    return wordEnd;
  }

  /** Whether the current word is {@code text}, which is ASCII. */
  boolean wordIs(String text) {
    return wordEnd - wordStart == text.length() && wordStartsWith(text);
  }

  /** Whether the current word starts with {@code text}, which is ASCII. */
  boolean wordStartsWith(String text) {
    int length = text.length();
    if (wordEnd - wordStart < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (buffer[wordStart + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Drops so many bytes from the front of the current word. */
  void dropFromWord(int count) {
    wordStart += count;
  }

  /** The current word. */
  String wordText() {
    return text(wordStart, wordEnd);
  }

  private String text(int from, int to) {
    return new String(buffer, from, to - from, StandardCharsets.UTF_8);
  }

  /** The current word as a message quotes it. */
  String quoted() {
    return quoted(text(wordStart, Math.min(wordEnd, wordStart + 4 * QUOTED)));
  }

  /** A text as a message quotes it: cut, and in one line. */
  static String quoted(String text) {
    String cut = text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
    return "'" + OneLine.of(cut) + "'";
  }

  /** A problem of this line. */
  BadTraceException bad(String what, String mend) {
    return BadTraceException.atLine(name, Math.max(1, number), what, mend);
  }
}
