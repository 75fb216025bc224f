package dev.holdfast.gateway.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes: results to standard output, progress to standard error. */
public final class Screen {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal = Boolean.getBoolean("holdfast.terminal");

  /** The streams of a command. */
  public Screen(CommandSpec spec) {
    this.out = spec.commandLine().getOut();
    this.err = spec.commandLine().getErr();
  }

  /** A line of the result. */
  public void line(String text) {
    out.println(text);
    out.flush();
  }

  /** A line beside the result. */
  public void note(String text) {
    clear();
    err.println(text);
    err.flush();
  }

  /** Replaces the line of progress, if somebody is watching. */
  public void progress(String text) {
    if (terminal) {
      err.print("\r" + text + "\033[K");
      err.flush();
    }
  }

  /** Takes the line of progress away. */
  public void clear() {
    if (terminal) {
      err.print("\r\033[K");
      err.flush();
    }
  }

  /** A time for people: {@code 2.31 ms}, {@code 14.2 s}, {@code 3 min 20 s}. */
  public static String time(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    if (millis < 1_000) {
      return String.format(Locale.ROOT, millis < 100 ? "%.2f ms" : "%.0f ms", millis);
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }
    if (duration.toHours() == 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
