package dev.holdfast.contacts;

/** Text that came from a file, fit to stand in one line of a message or a log. */
public final class OneLine {
  private OneLine() {}

  /** The text with a dot for each character that would break the line or move the cursor. */
  public static String of(String text) {
    if (text.chars().noneMatch(Character::isISOControl)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    text.chars().forEach(c -> line.append(Character.isISOControl(c) ? '·' : (char) c));
    return line.toString();
  }
}
