package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.keys.RegionId;
import java.util.Optional;

/**
 * Something that operators should know.
 *
 * @param what kind of thing it is: counted as such
 * @param region whom it is about, if that is known
 * @param text for people
 */
public record Notice(What what, Optional<RegionId> region, String text) {
  /** Kinds of things. */
  public enum What {
    /** A message or block that is not what its signature is over. */
    BAD_SIGNATURE,
    /** A block or statement that cannot be taken. */
    REFUSED,
    /** A block that came early and for which there was no room. */
    DROPPED,
    /** A key is missing, and is asked for. */
    KEY_MISSING,
    /** A writer has forked a stream. */
    FORK,
    /** Equal frontiers, and different states. */
    DIVERGED,
    /** This store is an old copy of itself. */
    RESTORED,
    /** A sketch that could not be decoded. */
    SKETCH_FAILED
  }
}
