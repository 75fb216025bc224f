package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.Fault;
import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.OptionalLong;

/** What a session wants done or has to tell. */
public sealed interface TcpclOutput {
  /**
   * Bytes for the connection; whole messages, at most one such output a turn, before all others.
   *
   * @param parts in their order
   * @param size of all of them
   */
  record Write(List<Octets> parts, int size) implements TcpclOutput {}

  /**
   * TLS is agreed on: begin the handshake once everything written is out (RFC 9174 §4.4.3).
   *
   * @param client whether we are the TLS client
   */
  record StartTls(boolean client) implements TcpclOutput {}

  /**
   * A peer that connected to us says who it is. It waits for {@link TcpclInput.Admit}, or for
   * {@link TcpclInput.Terminate} if it is not welcome, as long as the caller likes.
   *
   * @param peer what it says; the keepalive interval is its own
   */
  record PeerKnown(PeerParameters peer) implements TcpclOutput {}

  /**
   * Bundles may go both ways from now on.
   *
   * @param peer who it is and what it takes
   */
  record Established(PeerParameters peer) implements TcpclOutput {}

  /**
   * A bundle begins to come in.
   *
   * @param id its transfer
   * @param length of the whole bundle, if the peer announces it; then it never ends with another
   */
  record TransferStarted(TransferId id, OptionalLong length) implements TcpclOutput {}

  /**
   * The next bytes of a bundle that comes in.
   *
   * @param id its transfer
   * @param octets at least one byte
   */
  record TransferData(TransferId id, Octets octets) implements TcpclOutput {}

  /**
   * A bundle is all here; it waits for {@link TcpclInput.Accepted} or {@link TcpclInput.Refused}.
   *
   * @param id its transfer
   * @param length of the whole bundle
   */
  record TransferEnded(TransferId id, long length) implements TcpclOutput {}

  /**
   * A bundle that began to come in will not come whole; whatever was to be told to the peer has
   * been.
   *
   * @param id its transfer
   */
  record TransferAborted(TransferId id) implements TcpclOutput {}

  /**
   * The next bytes of a bundle that is being sent are wanted; answered by {@link TcpclInput.Data}
   * or {@link TcpclInput.DataUnavailable}. Never asked twice without an answer.
   *
   * @param token the caller's number
   * @param offset of the first byte wanted
   * @param maxBytes at most this many
   */
  record NeedData(long token, long offset, int maxBytes) implements TcpclOutput {}

  /**
   * The connection has taken the last byte of a bundle.
   *
   * @param token the caller's number
   */
  record TransferSent(long token) implements TcpclOutput {}

  /**
   * The peer acknowledged a bundle or a part of it.
   *
   * @param token the caller's number
   * @param bytes how many it has
   * @param last whether that is all and the transfer is settled
   */
  record TransferAcked(long token, long bytes, boolean last) implements TcpclOutput {}

  /**
   * The peer refused a bundle; the transfer is settled.
   *
   * @param token the caller's number
   * @param reason why
   * @param bytes how many it had acknowledged
   */
  record TransferRefused(long token, XferRefuseReason reason, long bytes) implements TcpclOutput {}

  /**
   * A bundle was not sent, or it is not known whether it arrived; the transfer is settled.
   *
   * @param token the caller's number
   * @param cause why
   * @param bytes how many the peer had acknowledged
   */
  record TransferLost(long token, LossCause cause, long bytes) implements TcpclOutput {}

  /** Why a transfer was lost. */
  enum LossCause {
    /** The session ended first. */
    SESSION_ENDED,
    /** It was withdrawn before it began. */
    WITHDRAWN,
    /** It is longer than the peer's Transfer MRU. */
    OVER_TRANSFER_MRU,
    /** Its bytes could not be had, before the first was sent. */
    UNREADABLE,
    /** As many wait as may. */
    QUEUE_FULL,
    /** The peer's acknowledgement makes no sense. */
    BAD_ACK
  }

  /**
   * The peer rejected a message of ours (RFC 9174 §5.1.2).
   *
   * @param reason why
   * @param messageType code of the message's type
   */
  record Rejected(MsgRejectReason reason, int messageType) implements TcpclOutput {}

  /**
   * The peer broke a rule. What had to be done has been.
   *
   * @param fault which and where; offsets count from the start of the connection
   */
  record Violation(Fault fault) implements TcpclOutput {}

  /**
   * The session is ending: transfers in progress may still be settled, no other begins.
   *
   * @param reason why
   * @param byPeer whether the peer ended it
   */
  record Terminated(SessTermReason reason, boolean byPeer) implements TcpclOutput {}

  /**
   * The session is over: write what was given, then close the connection. Always the last output,
   * given once; every transfer has been settled before it.
   *
   * @param cause why, for people
   */
  record CloseConnection(String cause) implements TcpclOutput {}
}
