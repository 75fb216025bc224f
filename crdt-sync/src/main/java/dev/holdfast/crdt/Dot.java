package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;

/**
 * The name of one write: who made it, and as which of its writes. Never given twice.
 *
 * @param actor the writer's incarnation, {@value #ACTOR_SIZE} bytes
 * @param sequence 1 for an actor's first write, then without gaps
 */
public record Dot(Octets actor, long sequence) implements Comparable<Dot> {
  /** Length of an actor's name in bytes. */
  public static final int ACTOR_SIZE = 16;

  /** Checks the ranges. */
  public Dot {
    checkActor(actor);
    if (sequence < 1) {
      throw new IllegalArgumentException("a sequence number is 1 or more: " + sequence);
    }
  }

  static void checkActor(Octets actor) {
    if (actor.size() != ACTOR_SIZE) {
      throw new IllegalArgumentException(
          "an actor has " + ACTOR_SIZE + " bytes, not " + actor.size());
    }
  }

  /** By actor, then by sequence. */
  @Override
  public int compareTo(Dot other) {
    int byActor = actor.compareTo(other.actor);
    return byActor != 0 ? byActor : Long.compare(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return actor.hex() + ":" + sequence;
  }
}
