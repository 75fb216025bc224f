package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.wire.Octets;

/** What a {@link TcpclPeer} tells; on its own thread. */
sealed interface PeerEvent {
  /** The session with the gateway is established. */
  record Up() implements PeerEvent {}

  /**
   * The gateway has a bundle, durably.
   *
   * @param token the bundle's number, from 0
   * @param nanos when the acknowledgement was read
   */
  record Acked(long token, long nanos) implements PeerEvent {}

  /**
   * A bundle was refused or lost.
   *
   * @param token the bundle's number
   * @param why for people
   */
  record Failed(long token, String why) implements PeerEvent {}

  /**
   * Some bytes of a bundle from the gateway.
   *
   * @param octets the bytes
   */
  record Piece(Octets octets) implements PeerEvent {}

  /**
   * A bundle from the gateway is all here; its acknowledgement leaves at once.
   *
   * @param nanos when its last byte was read
   */
  record Arrived(long nanos) implements PeerEvent {}

  /**
   * The session is over.
   *
   * @param why for people
   */
  record Down(String why) implements PeerEvent {}
}
