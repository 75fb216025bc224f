package dev.holdfast.bpv7.tcpcl;

/**
 * Where a session stands (RFC 9174 §3.3), how long it may stand there, and how it ends (§6).
 *
 * <p>Every ending goes through {@link #close}, which settles what is open and is the last thing
 * that happens.
 */
final class Lifecycle {
  private final boolean active;
  private final long drainMillis;
  private final Outbox out;
  private final SendingHalf sending;
  private final ReceivingHalf receiving;

  private State state = State.UNCONNECTED;
  private long deadline = Watch.NEVER;
  private boolean wasEstablished;
  private boolean termReceived;
  private String cause = "";

  Lifecycle(TcpclParameters own, Outbox out, SendingHalf sending, ReceivingHalf receiving) {
    this.active = own.role() == TcpclParameters.Role.ACTIVE;
    this.drainMillis = own.drainMillis();
    this.out = out;
    this.sending = sending;
    this.receiving = receiving;
  }

  State state() {
    return state;
  }

  boolean is(State which) {
    return state == which;
  }

  /** Whether SESS_INIT went both ways, now or before. */
  boolean wasEstablished() {
    return wasEstablished;
  }

  /** When the state has lasted long enough. */
  long deadline() {
    return deadline;
  }

  /** Whether there is nothing to be done. */
  boolean idle() {
    return state == State.ESTABLISHED && sending.idle() && receiving.idle();
  }

  /** Goes on to a state that may last until {@code until}. */
  void enter(State next, long until) {
    state = next;
    deadline = until;
    wasEstablished |= next == State.ESTABLISHED;
  }

  /** The peer's SESS_TERM (RFC 9174 §6.1). */
  void peerTerminates(long now, Message.SessTerm term, long offset) {
    boolean reply = (term.flags() & Message.REPLY) != 0;
    if (termReceived || (reply && state != State.ENDING)) {
      out.violation(offset, "§6.1", "a reply to no SESS_TERM, or one too many");
    }
    termReceived = true;
    if (state != State.ENDING) {
      out.sessTerm(true, term.reason());
      SessTermReason reason = SessTermReason.of(term.reason());
      end(now, reason, true, drainMillis, "ended by the peer: " + reason);
    }
  }

  /** Ends the session after at most {@code drain} ms for what is in progress. */
  void terminate(long now, SessTermReason reason, long drain, String why) {
    // RFC 9174 §6.1: no SESS_TERM before our contact header, nor within the TLS handshake.
    boolean speaks =
        switch (state) {
          case CONTACT -> active;
          case SESSION_INIT, ADMISSION, ESTABLISHED -> true;
          case UNCONNECTED, TLS, ENDING, TERMINATED -> false;
        };
    if (speaks) {
      out.sessTerm(false, reason.code());
      end(now, reason, false, drain, why);
    } else if (state == State.ENDING) {
      deadline = Math.min(deadline, now + drain);
    }
    if (drain == 0 || state != State.ENDING) {
      close(why);
    }
  }

  /** Ends the session after what is in progress, for as long as the parameters give it. */
  void terminate(long now, SessTermReason reason, String why) {
    terminate(now, reason, drainMillis, why);
  }

  private void end(long now, SessTermReason reason, boolean byPeer, long drain, String why) {
    state = State.ENDING;
    cause = why;
    deadline = now + drain;
    sending.begunOnly();
    out.add(new TcpclOutput.Terminated(reason, byPeer));
  }

  /** The state has lasted too long if its deadline is here. */
  void tick(long now) {
    if (now >= deadline) {
      switch (state) {
        case CONTACT -> close("no contact header came");
        case TLS -> close("the TLS handshake took too long");
        case SESSION_INIT -> terminate(now, SessTermReason.IDLE_TIMEOUT, 0, "no SESS_INIT came");
        case ENDING -> close(cause);
        case UNCONNECTED, ADMISSION, ESTABLISHED, TERMINATED -> {}
      }
    }
  }

  /** Closes when both sides have said the end and everything is settled. */
  void closeIfDrained() {
    if (state == State.ENDING && termReceived && sending.idle() && receiving.idle()) {
      close(cause);
    }
  }

  /** The end. */
  void close(String why) {
    sending.over();
    receiving.over();
    state = State.TERMINATED;
    deadline = Watch.NEVER;
    out.add(new TcpclOutput.CloseConnection(why));
  }
}
