package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Kind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * All that stands at one place of a thing, where it is not one thing only: written concurrently, of
 * different kinds, or not readable here.
 *
 * @param path where, as stored; the thing's lifecycle is at {@value Twin#LIFECYCLE}
 * @param candidates the one that is shown first, then by clock and writer, the last one first; then
 *     what has none
 */
public record Conflict(String path, List<Candidate> candidates) {
  /** Keeps its own copy. */
  public Conflict {
    candidates = List.copyOf(candidates);
  }

  /**
   * One of the candidates.
   *
   * @param kind of which kind; {@link Kind#MAP} for an object
   * @param writer the write; none for an object that is there through its members, and for what
   *     many writers made together
   * @param at the write's clock, if there is a write
   * @param json what it says: {@link Form#TYPED}; octets that cannot be read as {@code $octets}
   * @param shown whether readers see this one
   */
  public record Candidate(
      Kind kind, Optional<Dot> writer, Optional<Hlc> at, JsonNode json, boolean shown) {}
}
