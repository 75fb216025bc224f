package dev.holdfast.bpv7.admin;

import dev.holdfast.bpv7.wire.Octets;

/** The payload of a bundle that one node sends to another about its work (RFC 9171 §6.1). */
public sealed interface AdministrativeRecord permits StatusReport, AdministrativeRecord.Unknown {
  /** The record type code (RFC 9171 §9.3, RFC 9713). */
  long type();

  /**
   * A record of a type that is not known here.
   *
   * @param type record type code, unsigned
   * @param content the content as CBOR
   */
  record Unknown(long type, Octets content) implements AdministrativeRecord {}
}
