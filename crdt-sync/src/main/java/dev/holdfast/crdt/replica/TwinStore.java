package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/**
 * Where replicas are kept: records in the order of their keys, compared as unsigned bytes. Read
 * here; what is to be written is given as {@link TwinChange}s to whoever commits them, in one batch
 * with what goes with them.
 */
public interface TwinStore {
  /** The value under a key; empty if there is none. */
  Optional<Octets> get(Octets key);

  /**
   * Visits records in order.
   *
   * @param from the first key
   * @param to the key after the last
   * @param visitor may end the visit
   */
  void scan(Octets from, Octets to, Visitor visitor);

  /** Is shown records. */
  @FunctionalInterface
  interface Visitor {
    /**
     * A record.
     *
     * @return whether to go on
     */
    boolean visit(Octets key, Octets value);
  }
}
