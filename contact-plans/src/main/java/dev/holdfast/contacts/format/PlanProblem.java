package dev.holdfast.contacts.format;

import dev.holdfast.contacts.OneLine;

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
  /** What is quoted from a file may hold line breaks. */
  public PlanProblem {
    what = OneLine.of(what);
    mend = OneLine.of(mend);
  }

  /** The one-line form: {@code FILE:LINE:COLUMN: what; how to mend}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + what + (mend.isEmpty() ? "" : "; " + mend);
  }
}
