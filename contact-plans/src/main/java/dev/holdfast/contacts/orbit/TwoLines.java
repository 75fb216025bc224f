package dev.holdfast.contacts.orbit;

/**
 * Two-line elements as published.
 *
 * @param first the line that begins with 1
 * @param second the line that begins with 2
 */
public record TwoLines(String first, String second) {
  private static final int LENGTH = 69;

  /**
   * Checks the form, so that what is wrong can be told of one line.
   *
   * @throws IllegalArgumentException with what is wrong and how to mend it
   */
  public TwoLines {
    check(first, '1');
    check(second, '2');
    if (!first.substring(2, 7).equals(second.substring(2, 7))) {
      throw new IllegalArgumentException(
          "the two lines are of two satellites, %s and %s; take both from one"
              .formatted(first.substring(2, 7).strip(), second.substring(2, 7).strip()));
    }
  }

  private static void check(String line, char number) {
    if (line.length() != LENGTH) {
      throw new IllegalArgumentException(
          "line %s has %d characters; two-line elements have %d"
              .formatted(number, line.length(), LENGTH));
    }
    if (line.charAt(0) != number || line.charAt(1) != ' ') {
      throw new IllegalArgumentException(
          "this line begins with '%s'; line %s begins with '%s '"
              .formatted(line.substring(0, 2), number, number));
    }
    int sum = 0;
    for (int i = 0; i < LENGTH - 1; i++) {
      char c = line.charAt(i);
      sum += c >= '0' && c <= '9' ? c - '0' : c == '-' ? 1 : 0;
    }
    char stands = line.charAt(LENGTH - 1);
    if (stands != '0' + sum % 10) {
      throw new IllegalArgumentException(
          "line %s ends with check digit %s, its digits give %d; copy it again as published"
              .formatted(number, stands, sum % 10));
    }
  }
}
