package dev.holdfast.custody;

import dev.holdfast.bpv7.wire.Octets;

/** Where the payload of a bundle is while the node decides about it. */
public sealed interface Payload {
  /** Payload length in bytes. */
  long length();

  /**
   * In memory; written with its metadata.
   *
   * @param bytes the payload
   */
  record Inline(Octets bytes) implements Payload {
    @Override
    public long length() {
      return bytes.size();
    }
  }

  /**
   * Already in the store's payload space and synced there, not yet tied to metadata. What stays
   * untied is swept at the next start.
   *
   * @param spool its number there
   * @param length payload length in bytes
   */
  record Spooled(long spool, long length) implements Payload {}
}
