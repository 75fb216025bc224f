package dev.holdfast.contacts.chart;

/**
 * How a picture of characters looks.
 *
 * @param columns width in characters, {@link #LEAST} to {@link #MOST}
 * @param colour whether ANSI colours are written
 * @param ascii whether only ASCII is written
 */
public record TextStyle(int columns, boolean colour, boolean ascii) {
  /** Too little for anything else. */
  public static final int LEAST = 40;

  /** Beyond any terminal. */
  public static final int MOST = 500;

  /** Takes a width beyond the limits as the limit. */
  public TextStyle {
    columns = Math.max(LEAST, Math.min(MOST, columns));
  }
}
