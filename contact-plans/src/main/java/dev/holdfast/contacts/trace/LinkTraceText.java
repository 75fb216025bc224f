package dev.holdfast.contacts.trace;

import dev.holdfast.bpv7.DtnTime;
import java.util.Optional;

/**
 * Holdfast's own text of a link trace, described in {@code contact-plans/docs/link-traces.md}:
 *
 * <pre>{@code
 * #linktrace 1
 * #epoch 2026-12-01T00:00:00Z
 * 0 48>4 up rate=100000 owlt=0.24
 * 12.5 48>4 rate 50000
 * 60 48>4 down inflight=lost
 * }</pre>
 *
 * <p>What is read and printed again says the same; only comments and blanks are lost.
 */
public final class LinkTraceText {
  private LinkTraceText() {}

  /**
   * Reads a trace, its first lines at once and its events as they are asked for.
   *
   * @throws BadTraceException if it does not start as a link trace does
   */
  public static LinkTrace read(TraceSource source, TraceLimits limits) {
    return new LinkTextReader(source, limits).trace();
  }

  /** Appends the first lines of a trace. */
  public static void printHeader(Optional<DtnTime> epoch, StringBuilder text) {
    text.append("#linktrace 1\n");
    epoch.ifPresent(time -> text.append("#epoch ").append(time.toInstant()).append('\n'));
  }

  /**
   * Appends the line of an event, with its line end.
   *
   * @param event whose names, and whose bundle's, the format can say: see {@link #isName}
   */
  public static void print(TraceEvent event, StringBuilder text) {
    LinkTextPrinter.print(event, text);
  }

  /** Whether a node can have this name: letters, digits and {@code - _ . :}, at least one. */
  public static boolean isName(String text) {
    return Names.isName(text);
  }
}
