package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import dev.holdfast.bpv7.tcpcl.XferRefuseReason;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;

/** The session's reasons in the words of the link port, and back. Any thread. */
public final class Causes {
  private Causes() {}

  /** Why a transfer failed that the peer refused (RFC 9174 §5.2.4). */
  public static LinkEvent.Cause of(XferRefuseReason reason) {
    return switch (reason) {
      case COMPLETED -> LinkEvent.Cause.COMPLETED;
      case NO_RESOURCES -> LinkEvent.Cause.NO_RESOURCES;
      case RETRANSMIT -> LinkEvent.Cause.RETRANSMIT;
      case NOT_ACCEPTABLE, EXTENSION_FAILURE -> LinkEvent.Cause.NOT_ACCEPTABLE;
      case UNKNOWN, SESSION_TERMINATING -> LinkEvent.Cause.LOST;
    };
  }

  /** Why a transfer failed that the session lost. */
  public static LinkEvent.Cause of(TcpclOutput.LossCause cause) {
    return switch (cause) {
      case UNREADABLE -> LinkEvent.Cause.UNREADABLE;
      // Smaller pieces would fit.
      case OVER_TRANSFER_MRU -> LinkEvent.Cause.NO_RESOURCES;
      case SESSION_ENDED, WITHDRAWN, QUEUE_FULL, BAD_ACK -> LinkEvent.Cause.LOST;
    };
  }

  /** What the peer is told of a refusal. */
  public static XferRefuseReason of(Link.Refusal refusal) {
    return switch (refusal) {
      case COMPLETED -> XferRefuseReason.COMPLETED;
      case NO_RESOURCES -> XferRefuseReason.NO_RESOURCES;
      case NOT_ACCEPTABLE -> XferRefuseReason.NOT_ACCEPTABLE;
    };
  }
}
