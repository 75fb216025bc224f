package dev.holdfast.contacts.chart;

import java.util.Arrays;

/** A line of characters that is written here and there. One thread. */
final class TextLine {
  private final char[] cells;

  /** Where the words end that were put last, the space after them included. */
  private int end;

  TextLine(int width) {
    cells = new char[width];
    Arrays.fill(cells, ' ');
  }

  void set(int at, char mark) {
    cells[at] = mark;
  }

  void fill(int from, int to, char mark) {
    Arrays.fill(cells, Math.min(from, cells.length), Math.min(to, cells.length), mark);
  }

  /** Writes words at a place if they fit there, after those that were put before. */
  void put(int at, String words) {
    if (at >= end && at + words.length() <= cells.length) {
      words.getChars(0, words.length(), cells, at);
      end = at + words.length() + 1;
    }
  }

  /** Writes words centred on a place; the words that they touch go. */
  void over(int at, String words) {
    int begin = Math.max(0, Math.min(cells.length - words.length(), at - words.length() / 2));
    int after = begin + words.length();
    for (int i = Math.max(0, begin - 1); i >= 0 && cells[i] != ' '; i--) {
      cells[i] = ' ';
    }
    for (int i = Math.min(after, cells.length - 1); i < cells.length && cells[i] != ' '; i++) {
      cells[i] = ' ';
    }
    words.getChars(0, words.length(), cells, begin);
  }

  @Override
  public String toString() {
    return new String(cells);
  }
}
