package dev.holdfast.contacts.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads traces in tests. */
public final class Traces {
  private Traces() {}

  /** Every event of a trace, as lines of our text. */
  public static List<String> lines(LinkTrace trace) {
    List<String> lines = new ArrayList<>();
    trace.forEachRemaining(event -> lines.add(line(event)));
    return lines;
  }

  /** An event as a line, without its line end. */
  public static String line(TraceEvent event) {
    StringBuilder text = new StringBuilder();
    LinkTraceText.print(event, text);
    return text.substring(0, text.length() - 1);
  }

  /** The whole text of a trace. */
  public static String text(LinkTrace trace) {
    StringBuilder text = new StringBuilder();
    LinkTraceText.printHeader(trace.epoch(), text);
    trace.forEachRemaining(event -> LinkTraceText.print(event, text));
    return text.toString();
  }

  /** The message with which reading a text ends. */
  public static String problem(String text, Function<TraceSource, LinkTrace> read) {
    try {
      read.apply(TraceSource.ofText("t", text)).forEachRemaining(_ -> {});
    } catch (BadTraceException bad) {
      return String.valueOf(bad.getMessage());
    }
    throw new AssertionError("nothing wrong with: " + text);
  }

  /** A file of the vectors. */
  public static String vector(String name) {
    return new String(vectorBytes(name), StandardCharsets.UTF_8);
  }

  /** A file of the vectors. */
  public static byte[] vectorBytes(String name) {
    try (InputStream in = Traces.class.getResourceAsStream("/vectors/trace/" + name)) {
      if (in == null) {
        throw new AssertionError("no vector " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An up with both values. */
  public static LinkChange.Up up(long rate, long owltNanos) {
    return new LinkChange.Up(OptionalLong.of(rate), OptionalLong.of(owltNanos));
  }
}
