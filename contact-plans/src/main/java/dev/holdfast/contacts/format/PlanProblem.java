package dev.holdfast.contacts.format;

/**
 * Something in a plan file that is wrong, or that was read otherwise than written.
 *
 * @param file the name of the source
 * @param line from 1
 * @param column from 1, in characters
 * @param what what is wrong, in one line
 * @param mend how to mend it, in one line
 */
public record PlanProblem(String file, int line, int column, String what, String mend) {
  /** What stands in a file may hold line breaks and worse: each becomes a dot. */
  public PlanProblem {
    what = inOneLine(what);
    mend = inOneLine(mend);
  }

  private static String inOneLine(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    text.chars().forEach(c -> line.append(Character.isISOControl(c) ? '·' : (char) c));
    return line.toString();
  }

  /** The one-line form: {@code FILE:LINE:COLUMN: what; how to mend}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + what + (mend.isEmpty() ? "" : "; " + mend);
  }
}
