package dev.holdfast.bpv7.mtcp;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;

/** What a {@link MtcpReader} finds in the bytes of the peer. */
public sealed interface MtcpPart {
  /**
   * A bundle begins.
   *
   * @param length of the whole bundle, at least 1
   */
  record BundleStarted(long length) implements MtcpPart {}

  /**
   * The next bytes of the bundle begun last.
   *
   * @param octets at least one byte
   */
  record BundleData(Octets octets) implements MtcpPart {}

  /** The bundle begun last is all here. */
  record BundleEnded() implements MtcpPart {}

  /** The peer is alive: an empty string. */
  record Keepalive() implements MtcpPart {}

  /**
   * What follows is no MTCP, and nothing after it can be read. Always the last part, given once.
   *
   * @param fault what is wrong and where, counted from the start of the connection
   */
  record Unreadable(Fault fault) implements MtcpPart {}
}
