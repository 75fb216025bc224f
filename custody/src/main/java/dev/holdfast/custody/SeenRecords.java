package dev.holdfast.custody;

import dev.holdfast.bpv7.DtnTime;
import java.util.Optional;
import java.util.function.Predicate;

/** Where a store keeps what {@link SeenBundles} decides to remember. */
public interface SeenRecords {
  /** The window of that name. */
  Optional<SeenWindow> get(SeenKey key);

  /**
   * Shows the windows that may be forgotten first, earliest {@link SeenWindow#until()} first, as
   * long as {@code further} says so.
   */
  void earliest(Predicate<Entry> further);

  /**
   * When a window may be forgotten.
   *
   * @param until after this
   * @param key its name
   */
  record Entry(DtnTime until, SeenKey key) {}
}
