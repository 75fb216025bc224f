package dev.holdfast.contacts.format;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of one line and where they stand. A word that starts with {@code #} ends the line.
 *
 * @param number of the line, from 1
 * @param words in order
 * @param columns of the words, from 1
 * @param endColumn where the next word would stand
 */
record IonLine(int number, List<String> words, List<Integer> columns, int endColumn) {
  static IonLine of(int number, String text) {
    List<String> words = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    int at = 0;
    int end = 1;
    while (at < text.length()) {
      if (isBlank(text.charAt(at))) {
        at++;
        continue;
      }
      if (text.charAt(at) == '#') {
        break;
      }
      int begin = at;
      while (at < text.length() && !isBlank(text.charAt(at))) {
        at++;
      }
      words.add(text.substring(begin, at));
      columns.add(begin + 1);
      end = at + 2;
    }
    return new IonLine(number, words, columns, end);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  boolean isEmpty() {
    return words.isEmpty();
  }

  int size() {
    return words.size();
  }

  /** The word, or nothing if the line is shorter. */
  String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }

  /** Where the word stands, or would stand. */
  int column(int index) {
    return index < columns.size() ? columns.get(index) : endColumn;
  }

  Position position(int index) {
    return new Position(number, column(index));
  }
}
