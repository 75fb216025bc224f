package dev.holdfast.contacts.format;

/**
 * A plan as text, with the name that its problems carry.
 *
 * @param name as the operator wrote it, such as a file name
 * @param text the whole content
 */
public record PlanSource(String name, String text) {
  /** Drops a leading byte order mark. */
  public PlanSource {
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
  }
}
