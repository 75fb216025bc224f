package dev.holdfast.contacts.trace;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Where a trace comes from.
 *
 * @param name as the operator wrote it, such as a file name; problems carry it
 * @param bytes the content, from its start; opened and closed by the caller, who keeps it open
 *     while the trace is read. It need not be buffered. What it throws is passed on as {@link
 *     java.io.UncheckedIOException}.
 */
public record TraceSource(String name, InputStream bytes) {
  /** A trace that is at hand as text. */
  public static TraceSource ofText(String name, String text) {
    return new TraceSource(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
