package dev.holdfast.contacts.format;

/** The words of an A-SABR plan, for which line ends are blanks and {@code #} begins a comment. */
final class AsabrWords {
  private static final String MARKS = "[],";

  private final String text;
  private int at;
  private int line = 1;
  private int lineStart;

  AsabrWords(String text) {
    this.text = text;
  }

  /** The next word or bracket or comma; an empty word at the end. */
  Word next() {
    return word(true);
  }

  /** The next word up to a blank, whatever it consists of. */
  Word nextName() {
    return word(false);
  }

  /** The next word or bracket or comma, which stays the next one. */
  Word peek() {
    int before = at;
    int lineBefore = line;
    int startBefore = lineStart;
    Word word = word(true);
    at = before;
    line = lineBefore;
    lineStart = startBefore;
    return word;
  }

  /** Goes on to where a node or a contact begins. */
  void skipStatement() {
    for (Word word = peek(); !isStart(word); word = peek()) {
      next();
    }
  }

  /** Whether a node or a contact begins with the word, or nothing does any more. */
  static boolean isStart(Word word) {
    return word.is("node") || word.is("contact") || word.text().isEmpty();
  }

  private Word word(boolean marks) {
    skipBlanks();
    Position position = new Position(line, at - lineStart + 1);
    int begin = at;
    if (marks && at < text.length() && MARKS.indexOf(text.charAt(at)) >= 0) {
      at++;
    } else {
      while (at < text.length() && !isEnd(text.charAt(at), marks)) {
        at++;
      }
    }
    return new Word(text.substring(begin, at), position);
  }

  private static boolean isEnd(char c, boolean marks) {
    return Character.isWhitespace(c) || c == '#' || (marks && MARKS.indexOf(c) >= 0);
  }

  private void skipBlanks() {
    boolean comment = false;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        comment = false;
        line++;
        lineStart = at + 1;
      } else if (c == '#') {
        comment = true;
      } else if (!comment && !Character.isWhitespace(c)) {
        return;
      }
      at++;
    }
  }
}
