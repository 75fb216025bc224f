package dev.holdfast.contacts.format;

/** A text that marks such as brackets and commas divide; blanks between its parts mean nothing. */
final class MarkedText {
  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  MarkedText(String text) {
    this.text = text;
  }

  boolean isAtEnd() {
    skipBlanks();
    return at == text.length();
  }

  /** Where the next part begins. */
  Position position() {
    skipBlanks();
    return new Position(line, at - lineStart + 1);
  }

  /** The next character, which stays the next one; a blank at the end. */
  char peek() {
    return isAtEnd() ? ' ' : text.charAt(at);
  }

  /** Takes the mark if it comes next. */
  boolean take(char mark) {
    if (peek() != mark) {
      return false;
    }
    at++;
    return true;
  }

  /** What stands before one of the marks, or before the end. */
  Word upTo(String marks) {
    Position position = position();
    int begin = at;
    while (at < text.length() && marks.indexOf(text.charAt(at)) < 0) {
      step();
    }
    return new Word(text.substring(begin, at).strip(), position);
  }

  /** The next character, as a word for messages. */
  Word here() {
    Position position = position();
    return new Word(isAtEnd() ? "" : text.substring(at, text.offsetByCodePoints(at, 1)), position);
  }

  /** Goes on after the next such mark, or to the end. */
  void skipPast(char mark) {
    while (at < text.length()) {
      boolean found = text.charAt(at) == mark;
      step();
      if (found) {
        return;
      }
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      step();
    }
  }

  private void step() {
    if (text.charAt(at) == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
  }
}
