package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;

/**
 * A state, or a delta, which is a state that knows little: what is there, and what is known. What
 * is known and not there was deleted, so there are no tombstones ("Delta state replicated data
 * types", Almeida, Shoker and Baquero 2016).
 *
 * <p>{@link #join} is the one operation: commutative, associative, idempotent. Every local
 * operation takes exactly one new dot, deletes too, and returns a delta that cannot be split: that
 * dot, what it writes, and the dots it replaces. The new state is the old one joined with it, and
 * the writer's next operation is made on that: counters and stocks go on from the writer's last
 * entry. A dot names one write at one place: to change three leaves takes three dots. That no dot
 * is given twice is for who keeps the state to see to; a join cannot tell.
 *
 * @param store what is there
 * @param known which writes that follows from
 */
public record Causal<S extends DotStore>(S store, Knowledge known) {
  /** A state into which nothing was written. */
  public static <S extends DotStore> Causal<S> of(S bottom) {
    return new Causal<>(bottom, Knowledge.NONE);
  }

  /** What one operation changes. */
  static <S extends DotStore> Causal<S> delta(Dot dot, S written, CausalContext replaced) {
    if (replaced.highest(dot.actor()) >= dot.sequence()) {
      throw new IllegalArgumentException(dot + " is no new dot: it would replace a later one");
    }
    return new Causal<>(written, new Knowledge(CausalContext.EMPTY.add(dot), replaced));
  }

  /** The dot for {@code actor}'s next operation on a state that is all it writes to. */
  public Dot next(Octets actor) {
    return known.next(actor);
  }

  /**
   * What both together say.
   *
   * @throws IllegalArgumentException if the two are states of different types
   */
  @SuppressWarnings("unchecked") // a store joins only with its own kind, to its own kind
  public Causal<S> join(Causal<S> other) {
    if (store.kind() != other.store.kind()) {
      throw new IllegalArgumentException(
          "a " + store.kind() + " does not join with a " + other.store.kind());
    }
    return new Causal<>((S) store.join(known, other.store, other.known), known.join(other.known));
  }
}
