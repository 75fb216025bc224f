package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.DotStore;
import dev.holdfast.crdt.Kind;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is shown of all that stands at a place. */
sealed interface Shown {
  /** Nothing: there is no such place. */
  record Nothing() implements Shown {}

  /**
   * An object.
   *
   * @param by the write that says so, if no member does
   */
  record Members(Optional<Dot> by) implements Shown {}

  /**
   * A value.
   *
   * @param by the write
   * @param json the value
   */
  record Value(Dot by, JsonNode json) implements Shown {}

  /**
   * A set, counter, stock, list or blob.
   *
   * @param by the write that declares it, if it still is
   * @param kind which
   * @param store what it holds; may be empty
   */
  record Typed(Optional<Dot> by, Kind kind, DotStore store) implements Shown {}
}
