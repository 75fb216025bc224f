package dev.holdfast.contacts.format;

import java.math.BigDecimal;
import java.util.List;

/** A part of a contact in dtn-tvg-util JSON, as it stands there. */
sealed interface TvgItem {
  /** Where it begins. */
  Position position();

  /** A string. */
  record Name(String text, Position position) implements TvgItem {}

  /** A number. */
  record Amount(BigDecimal value, Position position) implements TvgItem {}

  /** An array. */
  record Items(List<TvgItem> items, Position position) implements TvgItem {}

  /** Something that has no place in a contact. */
  record Other(Position position) implements TvgItem {}
}
