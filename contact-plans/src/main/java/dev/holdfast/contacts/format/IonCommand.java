package dev.holdfast.contacts.format;

import java.util.Optional;

/** The commands of ionadmin, by what they mean for a contact plan. */
enum IonCommand {
  /** {@code a contact} or {@code a range}. */
  ADD,
  /** {@code c contact}. */
  CHANGE,
  /** {@code d contact} or {@code d range}. */
  DELETE,
  /** {@code @}: the reference of the relative times that follow. */
  REFERENCE,
  /** {@code ^}: the region of the contacts that follow. */
  REGION,
  /** Anything that administers a node and says nothing about contacts. */
  OTHER;

  static Optional<IonCommand> of(String word) {
    return switch (word) {
      case "a" -> Optional.of(ADD);
      case "c" -> Optional.of(CHANGE);
      case "d" -> Optional.of(DELETE);
      case "@" -> Optional.of(REFERENCE);
      case "^" -> Optional.of(REGION);
      case "1", "s", "m", "!", "e", "v", "i", "l", "h", "?", "q", "r", "x" -> Optional.of(OTHER);
      default -> Optional.empty();
    };
  }
}
