package dev.holdfast.custody;

import dev.holdfast.bpv7.DtnTime;
import java.util.List;
import java.util.Optional;

/** Where a store keeps what {@link SeenBundles} decides to remember. */
public interface SeenRecords {
  /** The window of that name. */
  Optional<SeenWindow> get(SeenKey key);

  /** Windows that may be forgotten first, earliest {@link SeenWindow#until()} first. */
  List<Entry> earliest(int limit);

  /**
   * When a window may be forgotten.
   *
   * @param until after this
   * @param key its name
   */
  record Entry(DtnTime until, SeenKey key) {}
}
