package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;

/** What happens to a session. */
public sealed interface TcpclInput {
  /** The TCP connection stands. Always the first. */
  record Connected() implements TcpclInput {}

  /** The TLS handshake asked for by {@link TcpclOutput.StartTls} succeeded. */
  record TlsEstablished() implements TcpclInput {}

  /**
   * The peer told by {@link TcpclOutput.PeerKnown} is welcome. Whatever came in after its SESS_INIT
   * is read with the next {@link Received}, which may be empty.
   *
   * @param parameters how the session with this peer is to be; the role stays
   */
  record Admit(TcpclParameters parameters) implements TcpclInput {}

  /**
   * Bytes came in.
   *
   * @param octets in their order; slices of them are handed on, so the array below is not reused
   */
  record Received(Octets octets) implements TcpclInput {}

  /**
   * The connection took bytes of earlier {@link TcpclOutput.Write}s.
   *
   * @param bytes how many more since the last time
   */
  record Written(long bytes) implements TcpclInput {}

  /**
   * A bundle is to be sent.
   *
   * @param token the caller's number, to tell what comes of it; not used twice in a session
   * @param length of the whole bundle, at least 1
   * @param first its leading bytes, all of them or none; the rest is asked for by {@link
   *     TcpclOutput.NeedData}
   */
  record Send(long token, long length, List<Octets> first) implements TcpclInput {
    /** Keeps an unmodifiable copy of the list. */
    public Send {
      first = List.copyOf(first);
    }
  }

  /**
   * The next bytes of a bundle, as asked for. Passed over if the transfer has been settled since.
   *
   * @param token the caller's number
   * @param octets at least one byte and at most as many as asked for
   */
  record Data(long token, Octets octets) implements TcpclInput {}

  /**
   * The bytes of a bundle cannot be had. A transfer that has begun cannot be taken back (RFC 9174
   * §5.2.2), so the connection is closed then.
   *
   * @param token the caller's number
   */
  record DataUnavailable(long token) implements TcpclInput {}

  /**
   * A bundle need not be sent any more. Answered by {@link TcpclOutput.TransferLost} if its
   * transfer has not begun, else without effect.
   *
   * @param token the caller's number
   */
  record Withdraw(long token) implements TcpclInput {}

  /**
   * A received bundle is durable: its final acknowledgement may leave.
   *
   * @param id the transfer, which has ended
   */
  record Accepted(TransferId id) implements TcpclInput {}

  /**
   * A bundle is not taken, whether its transfer has ended or not. Without effect if the session has
   * refused it by itself meanwhile.
   *
   * @param id the transfer
   * @param reason why
   */
  record Refused(TransferId id, XferRefuseReason reason) implements TcpclInput {}

  /**
   * The session is to end.
   *
   * @param reason for the peer
   * @param drainMillis how long transfers in progress may go on; 0 to end at once
   */
  record Terminate(SessTermReason reason, long drainMillis) implements TcpclInput {}

  /**
   * How much is sent at a time changes.
   *
   * @param pace from now on
   */
  record SetPace(TcpclParameters.Pace pace) implements TcpclInput {}

  /**
   * We stop, or go on, reading the connection by our own choice: while we do not read, the peer is
   * not taken for silent.
   *
   * @param paused whether we have stopped
   */
  record Reading(boolean paused) implements TcpclInput {}

  /** Time went on to a {@link TcpclSession#nextDeadline()}. */
  record Tick() implements TcpclInput {}

  /** The connection is no more: closed by the peer, reset, or failed. */
  record ConnectionLost() implements TcpclInput {}
}
