package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;

/** One change of a {@link TwinStore}. */
public sealed interface TwinChange {
  /** Of which record. */
  Octets key();

  /**
   * The record has that value, whatever it had.
   *
   * @param key which
   * @param value what
   */
  record Put(Octets key, Octets value) implements TwinChange {}

  /**
   * The record is gone.
   *
   * @param key which
   */
  record Remove(Octets key) implements TwinChange {}
}
