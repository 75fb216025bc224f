package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.twin.CanonicalObject;
import dev.holdfast.crdt.twin.Form;
import dev.holdfast.crdt.twin.ThingId;
import dev.holdfast.crdt.twin.TwinPath;
import dev.holdfast.crdt.twin.TypedEdit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What applications and operators ask of the twins. */
public sealed interface TwinRequest {
  /**
   * Reads what stands at a path. Answered by {@link TwinAnswer.Shown}, or {@link
   * TwinAnswer.Refused} if nothing does.
   *
   * @param thing which thing
   * @param path where
   * @param form how kinds are written
   */
  record Read(ThingId thing, TwinPath path, Form form) implements TwinRequest {}

  /**
   * Lists things that are there, by id. Answered by {@link TwinAnswer.Listed}.
   *
   * @param after the last one known; empty to begin
   * @param limit at most this many, 1 or more
   */
  record Things(Optional<ThingId> after, int limit) implements TwinRequest {}

  /**
   * Changes a thing. Answered by {@link TwinAnswer.Changed} once that is durable, {@link
   * TwinAnswer.Mismatch} or {@link TwinAnswer.Refused}.
   *
   * @param thing which thing
   * @param wish how
   * @param condition on what it is before
   * @param subject who asks, for export rules; empty if not told
   */
  record Change(ThingId thing, Wish wish, Condition condition, Optional<String> subject)
      implements TwinRequest {}

  /** How a thing is to change. */
  sealed interface Wish {
    /**
     * A path is to hold that and nothing else.
     *
     * @param path where
     * @param json what
     */
    record Put(TwinPath path, JsonNode json) implements Wish {}

    /**
     * A merge patch (RFC 7396) is to be applied.
     *
     * @param path where
     * @param patch the patch
     */
    record Patch(TwinPath path, JsonNode patch) implements Wish {}

    /**
     * What is at a path is to go.
     *
     * @param path where
     */
    record Delete(TwinPath path) implements Wish {}

    /**
     * A set, counter, stock or list is to be changed by a step of its own.
     *
     * @param path where
     * @param edit the step
     */
    record Step(TwinPath path, TypedEdit edit) implements Wish {}
  }

  /** What must be so for a change to be made. */
  sealed interface Condition {
    /** Nothing. */
    record None() implements Condition {}

    /** The thing is there. */
    record Present() implements Condition {}

    /** The thing is not there. */
    record Absent() implements Condition {}

    /**
     * Nobody has changed the thing since it was read: the same writes are part of it.
     *
     * @param tag as it was given with the thing
     */
    record Unchanged(String tag) implements Condition {}
  }

  /**
   * Exports a thing as the canonical object, signed. Answered by {@link TwinAnswer.Document}.
   *
   * @param thing which thing
   */
  record Export(ThingId thing) implements TwinRequest {}

  /**
   * Imports a canonical object. Answered as {@link Change} is.
   *
   * @param document the object
   * @param mode whether writes that it has not seen may be replaced
   */
  record Import(JsonNode document, CanonicalObject.Mode mode) implements TwinRequest {}

  /** Asks how far each region is known. Answered by {@link TwinAnswer.Regions}. */
  record Look() implements TwinRequest {}

  /**
   * Makes blocks of what is pending, so that a copy of the store that goes on tells nothing twice.
   * Answered by {@link TwinAnswer.Regions} once that is durable; nothing is made of it while the
   * store has no room.
   */
  record Seal() implements TwinRequest {}

  /**
   * Says how far we are, for a region that is reached by carried media. Answered by {@link
   * TwinAnswer.Carried}.
   *
   * @param region name of the region it is for; empty for all
   */
  record Digest(Optional<String> region) implements TwinRequest {}

  /**
   * Takes a digest, or deltas, that were carried here, and says what its sender lacks. Answered by
   * {@link TwinAnswer.Carried}.
   *
   * @param file as {@link TwinAnswer.Carried} gave it
   * @param answer whether what the sender lacks is asked for
   */
  record Take(Octets file, boolean answer) implements TwinRequest {}
}
