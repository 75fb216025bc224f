package dev.holdfast.contacts.chart;

/**
 * A picture, drawn.
 *
 * @param text the characters: an SVG document, or lines for a terminal
 * @param summary what is in it, in one line
 * @param contacts how many contacts the plan has in the window and for the nodes asked for
 * @param drawn how many of them are in the picture
 * @param joined how many of these are joined with others into bars
 * @param pairs how many pairs have such contacts
 * @param rows how many of them are in the picture
 */
public record Drawing(
    String text, String summary, int contacts, int drawn, int joined, int pairs, int rows) {
  static Drawing of(String text, Chart chart) {
    return new Drawing(
        text,
        chart.summary(),
        chart.contacts(),
        chart.drawnContacts(),
        chart.joined(),
        chart.pairs(),
        chart.rows().size());
  }

  /** Whether pairs had no room. */
  public boolean isCut() {
    return rows < pairs;
  }
}
