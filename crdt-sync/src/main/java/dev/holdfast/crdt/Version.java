package dev.holdfast.crdt;

import java.util.Comparator;

/**
 * One of the concurrent values of a register.
 *
 * @param dot the write
 * @param at when, by the writer's hybrid clock: for display and to break ties
 * @param value what was written
 */
public record Version<V>(Dot dot, Hlc at, V value) {
  /** By time, then by writer: the greatest is shown. */
  static final Comparator<Version<?>> SHOWN_LAST =
      Comparator.<Version<?>, Hlc>comparing(Version::at).thenComparing(Version::dot);
}
