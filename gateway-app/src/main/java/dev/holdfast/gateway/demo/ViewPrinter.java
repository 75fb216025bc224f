package dev.holdfast.gateway.demo;

import java.io.PrintWriter;
import java.util.List;

/** Prints the live view: over itself on a terminal, as plain lines elsewhere. One thread. */
public final class ViewPrinter {
  private static final long LINE_EVERY_MILLIS = 5_000;

  private final PrintWriter out;
  private final boolean terminal;
  private int height;
  private long lastLine = Long.MIN_VALUE;
  private String lastNews = "";

  /**
   * A printer.
   *
   * @param terminal whether the lines can be written over
   */
  public ViewPrinter(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Shows the view as it is now. */
  void show(View view) {
    if (terminal) {
      draw(LiveView.lines(view));
      return;
    }
    long now = view.now().millis();
    if (!view.news().equals(lastNews)) {
      lastNews = view.news();
      print(LiveView.clock(view) + " " + lastNews);
    }
    if (lastLine == Long.MIN_VALUE || now - lastLine >= LINE_EVERY_MILLIS) {
      lastLine = now;
      print(LiveView.line(view));
    }
  }

  /** A line that stays. */
  void say(String line) {
    draw(List.of());
    print(line);
  }

  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (height > 0) {
      text.append("\033[").append(height).append('A');
    }
    for (String line : lines) {
      text.append('\r').append(line).append("\033[K\n");
    }
    if (lines.size() < height) {
      text.append("\033[J");
    }
    height = lines.size();
    out.print(text);
    out.flush();
  }

  private void print(String line) {
    out.println(line);
    out.flush();
  }
}
