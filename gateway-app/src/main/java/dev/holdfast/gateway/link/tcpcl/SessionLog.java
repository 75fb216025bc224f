package dev.holdfast.gateway.link.tcpcl;

import dev.holdfast.bpv7.tcpcl.MsgRejectReason;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclOutput;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session tells people, in their words. Any thread. */
final class SessionLog {
  private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

  private final long session;

  /** The log of the session of that number. */
  SessionLog(long session) {
    this.session = session;
  }

  /** The peer broke a rule. */
  void violation(Optional<TcpclLink> link, TcpclOutput.Violation violation) {
    note("violation", link, "the peer broke a rule: " + violation.fault());
  }

  /** The peer rejected a message. */
  void rejected(Optional<TcpclLink> link, TcpclOutput.Rejected rejected) {
    note("rejected", link, words(rejected));
  }

  /** The session is ending. */
  void terminated(Optional<TcpclLink> link, TcpclOutput.Terminated terminated) {
    note("terminated", link, words(terminated));
  }

  static String words(TcpclOutput.Rejected rejected) {
    return "the peer rejected a message of type %d: %s"
        .formatted(rejected.messageType(), words(rejected.reason()));
  }

  private static String words(MsgRejectReason reason) {
    return switch (reason) {
      case UNASSIGNED -> "it gives no reason that is known";
      case TYPE_UNKNOWN -> "it does not know such messages";
      case UNSUPPORTED -> "it cannot do what the message asks for";
      case UNEXPECTED -> "the message did not fit the state of the session";
    };
  }

  static String words(TcpclOutput.Terminated terminated) {
    String who = terminated.byPeer() ? "the peer ends the session" : "the session is being ended";
    return who + words(terminated.reason());
  }

  private static String words(SessTermReason reason) {
    return switch (reason) {
      case UNKNOWN -> "";
      case IDLE_TIMEOUT -> ": nothing was heard, or nothing was to be done, for too long";
      case VERSION_MISMATCH -> ": the protocol versions do not fit";
      case BUSY -> ": too busy for it";
      case CONTACT_FAILURE -> ": its terms cannot be agreed to";
      case RESOURCE_EXHAUSTION -> ": a limit was reached";
    };
  }

  private void note(String event, Optional<TcpclLink> link, String text) {
    LOG.atInfo()
        .addKeyValue("event", "tcpcl-" + event)
        .addKeyValue("link", link.map(l -> l.id().name()).orElse("none"))
        .addKeyValue("session", session)
        .log("{}", text);
  }
}
