package dev.holdfast.contacts.trace;

/**
 * A trace that cannot be read, or not further: the message is one line, {@code FILE:LINE: what; how
 * to mend it}, or {@code FILE: offset N: what; how to mend it} for a capture.
 *
 * <p>An exception, and not a result as for plans, since a trace is read while it is followed: the
 * events before the place stand.
 */
public final class BadTraceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final long line;
  private final String what;
  private final String mend;

  private BadTraceException(String message, String source, long line, String what, String mend) {
    super(message);
    this.source = source;
    this.line = line;
    this.what = what;
    this.mend = mend;
  }

  /** What is wrong with a line of a text, from 1 on. */
  public static BadTraceException atLine(String source, long line, String what, String mend) {
    return new BadTraceException(
        source + ":" + line + ": " + what + "; " + mend, source, line, what, mend);
  }

  /** What is wrong with bytes, {@code offset} from the start of the file. */
  public static BadTraceException atOffset(String source, long offset, String what, String mend) {
    return new BadTraceException(
        source + ": offset " + offset + ": " + what + "; " + mend, source, 0, what, mend);
  }

  /** The name of the file as it was given. */
  public String source() {
    return source;
  }

  /** The line, from 1 on; 0 for files without lines. */
  public long line() {
    return line;
  }

  /** What is wrong, in a few words. */
  public String what() {
    return what;
  }

  /** How to mend it, in a few words. */
  public String mend() {
    return mend;
  }
}
