package dev.holdfast.bpv7.eid;

import java.util.Optional;

/**
 * An endpoint identifier (RFC 9171 §4.2.5.1).
 *
 * <p>Two identifiers are equal if they name the same endpoint, whatever form they came in.
 */
public sealed interface Eid permits NullEid, IpnEid, DtnEid, UnknownEid {
  // No default methods here: with one, loading NullEid would wait for Eid and Eid for NullEid.
  /** The null endpoint. */
  Eid NULL = new NullEid();

  /**
   * Whether this names no endpoint: {@code dtn:none}, {@code ipn:0.0} or any service of node zero
   * (RFC 9758 §3.4.1).
   */
  boolean isNull();

  /**
   * The node this endpoint belongs to; empty for the null endpoint, group names and unknown
   * schemes.
   */
  Optional<NodeId> nodeId();
}
