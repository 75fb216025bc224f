package dev.holdfast.contacts.format;

import java.util.Optional;

/** The members of a contact in HDTN JSON. */
enum HdtnField {
  CONTACT("contact"),
  SOURCE("source"),
  DEST("dest"),
  START_TIME("startTime"),
  END_TIME("endTime"),
  RATE_BITS_PER_SEC("rateBitsPerSec"),
  /** Megabits per second, superseded by {@link #RATE_BITS_PER_SEC}. */
  RATE("rate"),
  OWLT("owlt");

  final String label;

  HdtnField(String label) {
    this.label = label;
  }

  static Optional<HdtnField> named(String label) {
    for (HdtnField field : values()) {
      if (field.label.equals(label)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
