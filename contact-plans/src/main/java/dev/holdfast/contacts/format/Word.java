package dev.holdfast.contacts.format;

/**
 * A piece of a text format and where it stands.
 *
 * @param text what it is; empty where the text is over
 * @param position where it begins, or would begin
 */
record Word(String text, Position position) {
  boolean is(String other) {
    return text.equals(other);
  }

  /** As messages quote it. */
  String shown() {
    return IonFields.shortened(text);
  }
}
