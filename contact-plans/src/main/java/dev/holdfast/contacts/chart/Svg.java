package dev.holdfast.contacts.chart;

import java.util.Locale;

/**
 * SVG elements, one after another. Text that comes from a plan is escaped here and nowhere else.
 */
final class Svg {
  private static final int LONGEST = 400;

  private final StringBuilder text = new StringBuilder(1 << 14);

  Svg raw(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  /** Text at a place; {@code anchor} is start, middle or end. */
  Svg text(String css, double x, double y, String anchor, String content) {
    text.append("<text class=\"%s\" x=\"%s\" y=\"%s\"".formatted(css, number(x), number(y)));
    if (!anchor.equals("start")) {
      text.append(" text-anchor=\"").append(anchor).append('"');
    }
    text.append('>').append(escaped(content)).append("</text>\n");
    return this;
  }

  Svg line(String css, double x1, double y1, double x2, double y2) {
    text.append(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
            .formatted(css, number(x1), number(y1), number(x2), number(y2)));
    return this;
  }

  /** A box without words. */
  Svg box(String css, double x, double y, double width, double height) {
    text.append("<rect ").append(box(x, y, width, height, css)).append("/>\n");
    return this;
  }

  /**
   * A box with a tooltip.
   *
   * @param opacity above 0 up to 1
   */
  Svg box(String css, Box box, double opacity, String title) {
    text.append("<rect ").append(box(box.x, box.y, box.width, box.height, css));
    if (opacity < 1) {
      text.append(" opacity=\"").append(String.format(Locale.ROOT, "%.2f", opacity)).append('"');
    }
    text.append("><title>").append(escaped(title)).append("</title></rect>\n");
    return this;
  }

  /** A place in pixels. */
  record Box(double x, double y, double width, double height) {}

  Svg dot(String css, double x, double y, double radius) {
    text.append(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"%s\"/>\n"
            .formatted(css, number(x), number(y), number(radius)));
    return this;
  }

  private static String box(double x, double y, double width, double height, String css) {
    return "class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\""
        .formatted(css, number(x), number(y), number(width), number(height));
  }

  /** A coordinate with one decimal at most. */
  static String number(double value) {
    String digits = String.format(Locale.ROOT, "%.1f", value);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }

  /** What is safe between tags and in attributes; what XML does not allow becomes a dot. */
  static String escaped(String content) {
    StringBuilder safe = new StringBuilder(content.length() + 16);
    String cut = content.length() > LONGEST ? content.substring(0, LONGEST) + "…" : content;
    cut.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                case '\n' -> safe.append('\n');
                default -> safe.appendCodePoint(isXml(c) ? c : '·');
              }
            });
    return safe.toString();
  }

  private static boolean isXml(int c) {
    boolean surrogate = c >= 0xd800 && c <= 0xdfff;
    return !Character.isISOControl(c) && !surrogate && c != 0xfffe && c != 0xffff;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
