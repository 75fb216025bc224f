package dev.holdfast.crdt;

import java.util.List;
import java.util.Optional;

/** Values of which each write replaces those it saw, so that what is left is concurrent. */
abstract sealed class Versions<V> extends Entries<Versions.Stamped<V>> permits MvRegister, Blob {
  /** A value and when it was written. */
  record Stamped<V>(Hlc at, V value) {}

  Versions(SortedTree<Dot, Stamped<V>> entries) {
    super(entries);
  }

  /**
   * All concurrent values, in the order of their writers, one of each at most; empty if there is
   * none. While deltas are missing, one that was replaced by a write not heard of may be among
   * them.
   */
  public final List<Version<V>> versions() {
    return latest().stream()
        .map(it -> new Version<>(it.getKey(), it.getValue().at(), it.getValue().value()))
        .toList();
  }

  /** All concurrent values, in the order of their writers. */
  public final List<V> values() {
    return versions().stream().map(Version::value).toList();
  }

  /**
   * The one to show: of the concurrent ones the one with the greatest time, then writer. A write
   * that saw another one always wins over it, whatever the clocks say, since it replaced it.
   */
  public final Optional<Version<V>> shown() {
    return versions().stream().max(Version.SHOWN_LAST);
  }
}
