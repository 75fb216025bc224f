package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;

/**
 * What a state knows of writes, in two parts that must not be taken for one. A write that
 * somebody's later write replaced is known to be gone, even if it never arrived itself; but
 * whatever it replaced in its turn is still to be told. So only what was heard may be called seen
 * towards others, and equal {@code heard} means equal states.
 *
 * @param heard the writes whose own deltas are part of the state: its frontier
 * @param replaced writes that others replaced and that were not heard themselves; empty once
 *     everything has arrived
 */
public record Knowledge(CausalContext heard, CausalContext replaced) {
  /** Nothing known. */
  public static final Knowledge NONE = new Knowledge(CausalContext.EMPTY, CausalContext.EMPTY);

  /** Takes what was heard out of what was only replaced, so that equal knowledge is equal. */
  public Knowledge {
    replaced = replaced.minus(heard);
  }

  /** Whether that write is part of the state, or was replaced by one that is. */
  public boolean contains(Dot dot) {
    return heard.contains(dot) || replaced.contains(dot);
  }

  /** What either knows. */
  public Knowledge join(Knowledge other) {
    return new Knowledge(heard.join(other.heard), replaced.join(other.replaced));
  }

  /** Whether joining {@code other} would add nothing. */
  public boolean includes(Knowledge other) {
    return heard.containsAll(other.heard)
        && heard.join(replaced).containsAll(other.heard.join(other.replaced));
  }

  /** The dot {@code actor} may give next: one after the highest known. */
  Dot next(Octets actor) {
    return new Dot(
        actor, Math.addExact(Math.max(heard.highest(actor), replaced.highest(actor)), 1));
  }
}
