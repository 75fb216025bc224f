package dev.holdfast.contacts.chart;

import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width. */
final class Wrapped {
  private static final int DEEPER = 4;

  private Wrapped() {}

  /** The lines of a text, each broken between words; what goes on stands deeper than its begin. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    text.lines().forEach(line -> wrap(line, Math.max(20, width), lines));
    return lines;
  }

  private static void wrap(String line, int width, List<String> lines) {
    int indent = line.length() - line.stripLeading().length();
    String rest = line;
    String margin = " ".repeat(indent + DEEPER);
    while (rest.length() > width) {
      int cut = rest.lastIndexOf(' ', width);
      if (cut <= margin.length()) {
        cut = width;
      }
      lines.add(rest.substring(0, cut).stripTrailing());
      rest = margin + rest.substring(cut).strip();
    }
    lines.add(rest.stripTrailing());
  }
}
