package dev.holdfast.bpv7.tcpcl;

import java.util.List;
import java.util.OptionalLong;

/**
 * One TCPCLv4 session (RFC 9174), from the open connection to its end; steps 1, 3, 6 and 7 of a
 * bundle's way.
 *
 * <p>The caller tells what happens and carries out what comes back. It owns the connection and the
 * clock; the session owns the protocol:
 *
 * <ul>
 *   <li>{@link TcpclInput.Received} never waits for room to write: acknowledgements are written at
 *       once, segments of our own bundles only while the connection has room. Two sides that send
 *       large bundles to each other cannot block each other.
 *   <li>The final acknowledgement of a bundle leaves on {@link TcpclInput.Accepted} and at no other
 *       time.
 *   <li>Bundles are never in memory as a whole: data passes through both ways.
 *   <li>Whatever the peer sends ends in outputs, never in an exception. An exception means that the
 *       caller broke the order of things.
 * </ul>
 *
 * <p>One thread at a time.
 */
public final class TcpclSession {
  private TcpclParameters own;
  private final Outbox out = new Outbox();
  private final MessageReader reader;
  private final SendingHalf sending;
  private final ReceivingHalf receiving;
  private final Lifecycle life;
  private final Opening opening;
  private final Watch watch;

  /** A session that waits for its {@link TcpclInput.Connected}. */
  public TcpclSession(TcpclParameters own) {
    this.own = own;
    this.reader = new MessageReader(own);
    this.sending = new SendingHalf(out, own);
    this.receiving = new ReceivingHalf(out, own);
    this.life = new Lifecycle(own, out, sending, receiving);
    this.opening = new Opening(own, out, life);
    this.watch = new Watch(own.idleMillis());
  }

  /** {@link #on(long, List)} for one input. */
  public List<TcpclOutput> on(long nowMillis, TcpclInput input) {
    return on(nowMillis, List.of(input));
  }

  /**
   * One turn: takes the inputs in order and says what is to be done. All bytes come out as one
   * {@link TcpclOutput.Write}. After {@link TcpclOutput.CloseConnection} nothing comes out but the
   * loss of bundles that are given too late.
   *
   * @param nowMillis monotonic milliseconds of any origin, never less than before
   * @throws IllegalStateException if an input does not fit what the session has told before
   * @throws IllegalArgumentException likewise
   */
  public List<TcpclOutput> on(long nowMillis, List<TcpclInput> inputs) {
    long takenBefore = out.takenBytes();
    for (TcpclInput input : inputs) {
      if (!life.is(State.TERMINATED) || input instanceof TcpclInput.Send) {
        take(nowMillis, input);
      }
    }
    deadlines(nowMillis);
    if (life.is(State.ESTABLISHED) || life.is(State.ENDING)) {
      sending.pump();
      life.closeIfDrained();
    }
    boolean silent = !out.writesInThisTurn() && out.takenBytes() == takenBefore;
    if (silent && !life.is(State.TERMINATED) && nowMillis >= watch.keepaliveAt()) {
      out.keepalive();
      silent = false;
    }
    if (!silent) {
      watch.written(nowMillis);
    }
    return out.take();
  }

  /**
   * When {@link TcpclInput.Tick} is due at the latest, in the milliseconds given to {@link #on};
   * empty if only an event can change anything.
   */
  public OptionalLong nextDeadline() {
    if (life.is(State.TERMINATED)) {
      return OptionalLong.empty();
    }
    long spoken = Math.min(watch.keepaliveAt(), watch.silentAt());
    long next = Math.min(Math.min(life.deadline(), spoken), watch.idleAt(life.idle()));
    return next == Watch.NEVER ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** How many more bundles may be given by {@link TcpclInput.Send} now. */
  public int room() {
    return life.is(State.TERMINATED) ? 0 : sending.room();
  }

  private void take(long now, TcpclInput input) {
    switch (input) {
      case TcpclInput.Connected _ -> opening.connected(now);
      case TcpclInput.TlsEstablished _ -> opening.tlsEstablished(now);
      case TcpclInput.Admit(var parameters) -> admit(now, parameters);
      case TcpclInput.Received(var octets) -> {
        reader.feed(octets);
        watch.heard(now);
        read(now);
      }
      case TcpclInput.Written(long bytes) -> {
        out.taken(bytes);
        sending.written();
      }
      case TcpclInput.Send send -> sending.send(send);
      case TcpclInput.Data data -> sending.data(data);
      case TcpclInput.DataUnavailable(long token) -> {
        if (!sending.giveUp(token)) {
          life.close("the bundle being sent cannot be read");
        }
      }
      case TcpclInput.Withdraw(long token) -> sending.withdraw(token);
      case TcpclInput.Accepted(var id) -> receiving.accept(id);
      case TcpclInput.Refused(var id, var reason) -> receiving.refuse(id, reason);
      case TcpclInput.Terminate(var reason, long drainMillis) ->
          life.terminate(now, reason, drainMillis, "ended by this node");
      case TcpclInput.SetPace(var pace) -> sending.pace(pace);
      case TcpclInput.Reading(boolean paused) -> watch.reading(now, paused);
      case TcpclInput.Tick _ -> {}
      case TcpclInput.ConnectionLost _ -> life.close("the connection was lost");
    }
  }

  /** Takes every whole message that is here, unless the session must first be agreed to. */
  private void read(long now) {
    if (life.is(State.UNCONNECTED)) {
      throw new IllegalStateException("bytes before the connection");
    }
    while (!life.is(State.TERMINATED) && !life.is(State.TLS) && !life.is(State.ADMISSION)) {
      Message message = reader.next();
      if (message instanceof Message.Incomplete) {
        return;
      }
      if (!(message instanceof Message.Keepalive)) {
        watch.message(now);
      }
      message(now, message);
      if (!life.is(State.TERMINATED)) {
        Excess.of(own.limits(), out, sending, receiving)
            .ifPresent(excess -> life.terminate(now, excess.reason(), 0, excess.why()));
      }
    }
    if (life.is(State.TLS) && reader.hasMore()) {
      // RFC 9174 §4.4.3: our side of the handshake has not begun, so this is no part of it.
      out.violation(reader.position(), "§4.4.3", "bytes before the TLS handshake");
      life.close("bytes before the TLS handshake");
    }
  }

  private void message(long now, Message message) {
    long offset = reader.messageOffset();
    switch (message) {
      case Message.ContactHeader header -> opening.contact(now, header);
      case Message.SessInit init -> sessInit(now, init);
      case Message.SessTerm term -> life.peerTerminates(now, term, offset);
      case Message.XferSegment segment -> {
        if (expected(Message.XFER_SEGMENT)) {
          receiving.segment(segment, life.is(State.ENDING), offset);
        }
      }
      case Message.SegmentData data -> receiving.data(data);
      case Message.XferAck ack -> {
        if (expected(Message.XFER_ACK)) {
          sending.acked(ack, offset);
        }
      }
      case Message.XferRefuse refuse -> {
        if (expected(Message.XFER_REFUSE)) {
          sending.refused(refuse, offset);
        }
      }
      case Message.Keepalive _ -> {
        boolean _ = expected(Message.KEEPALIVE);
      }
      case Message.MsgReject reject -> rejected(now, reject);
      case Message.Incomplete _ -> {}
      case Message.Unreadable unreadable -> unreadable(now, unreadable);
    }
  }

  /** Whether a message that needs an established session has one. */
  private boolean expected(int messageType) {
    if (!life.wasEstablished() && !life.is(State.ENDING)) {
      unexpected("message type " + messageType + " before SESS_INIT", messageType);
    }
    return life.wasEstablished();
  }

  private void unexpected(String reason, int messageType) {
    out.violation(reader.messageOffset(), "§5.1.2", reason);
    out.reject(MsgRejectReason.UNEXPECTED, messageType);
  }

  private void sessInit(long now, Message.SessInit init) {
    if (life.is(State.SESSION_INIT)) {
      opening.sessInit(now, init, reader.messageOffset()).ifPresent(peer -> established(now, peer));
    } else if (life.wasEstablished()) {
      unexpected("SESS_INIT in an established session", Message.SESS_INIT);
    }
  }

  private void admit(long now, TcpclParameters parameters) {
    if (life.is(State.ADMISSION)) {
      own = parameters;
      reader.parameters(own);
      sending.parameters(own);
      receiving.parameters(own);
      opening.admit(now, own).ifPresent(peer -> established(now, peer));
    }
  }

  private void established(long now, PeerParameters peer) {
    watch.begin(now, peer.keepaliveSeconds());
    sending.established(peer);
  }

  /** RFC 9174 §5.1.2: it does not say which message, so a transfer may be stuck. */
  private void rejected(long now, Message.MsgReject reject) {
    MsgRejectReason reason = MsgRejectReason.of(reject.reason());
    out.add(new TcpclOutput.Rejected(reason, reject.type()));
    if (reject.type() == Message.XFER_SEGMENT || reject.type() == Message.SESS_INIT) {
      String why = "the peer rejects message type " + reject.type() + ": " + reason;
      life.terminate(now, SessTermReason.UNKNOWN, why);
    }
  }

  private void unreadable(long now, Message.Unreadable unreadable) {
    out.add(new TcpclOutput.Violation(unreadable.fault()));
    String why = unreadable.fault().toString();
    switch (unreadable.cause()) {
      // RFC 9174 §6.1: whoever sends no contact header is told nothing.
      case NOT_TCPCL -> life.close(why);
      case UNKNOWN_TYPE -> {
        out.reject(MsgRejectReason.TYPE_UNKNOWN, unreadable.type());
        life.close(why);
      }
      case TOO_LONG -> life.terminate(now, SessTermReason.RESOURCE_EXHAUSTION, 0, why);
    }
  }

  private void deadlines(long now) {
    life.tick(now);
    if (life.is(State.TERMINATED)) {
      return;
    }
    if (now >= watch.silentAt()) {
      // RFC 9174 §5.1.1: twice the interval without any message.
      life.terminate(now, SessTermReason.IDLE_TIMEOUT, 0, "nothing was heard from the peer");
    } else if (now >= watch.idleAt(life.idle())) {
      // RFC 9174 §6.2.
      life.terminate(now, SessTermReason.IDLE_TIMEOUT, "nothing to be done");
    }
  }
}
