package dev.holdfast.bpv7.tcpcl;

import java.util.Optional;

/** From the connection to the established session (RFC 9174 §4). */
final class Opening {
  private static final int VERSION = 4;

  private final boolean active;
  private final Outbox out;
  private final Lifecycle life;
  private TcpclParameters own;
  private Optional<Negotiation> waiting = Optional.empty();

  Opening(TcpclParameters own, Outbox out, Lifecycle life) {
    this.active = own.role() == TcpclParameters.Role.ACTIVE;
    this.own = own;
    this.out = out;
    this.life = life;
  }

  void connected(long now) {
    if (!life.is(State.UNCONNECTED)) {
      throw new IllegalStateException("connected twice");
    }
    life.enter(State.CONTACT, now + own.contactMillis());
    if (active) {
      // RFC 9174 §4.1: the active entity begins, the passive one waits.
      out.contactHeader(own.canTls());
    }
  }

  /** RFC 9174 §4.2, §4.3. */
  void contact(long now, Message.ContactHeader header) {
    if (!active) {
      out.contactHeader(own.canTls());
    }
    if (header.version() != VERSION) {
      String reason = "TCPCL version " + header.version() + ", not " + VERSION;
      out.violation(4, "§4.3", reason);
      if (!active) {
        out.sessTerm(false, SessTermReason.VERSION_MISMATCH.code());
        out.add(new TcpclOutput.Terminated(SessTermReason.VERSION_MISMATCH, false));
      }
      life.close(reason);
    } else if (own.canTls() && (header.flags() & Message.CAN_TLS) != 0) {
      life.enter(State.TLS, now + own.contactMillis());
      out.add(new TcpclOutput.StartTls(active));
    } else {
      life.enter(State.SESSION_INIT, now + own.contactMillis());
      if (own.tls() == TlsPolicy.REQUIRE) {
        // RFC 9174 §4.3: without acceptable TLS there is no SESS_INIT.
        refuse(now, "the peer has no TLS");
      } else if (active) {
        out.sessInit(own);
      }
    }
  }

  void tlsEstablished(long now) {
    if (!life.is(State.TLS)) {
      throw new IllegalStateException("TLS was not asked for");
    }
    life.enter(State.SESSION_INIT, now + own.contactMillis());
    if (active) {
      out.sessInit(own);
    }
  }

  /** RFC 9174 §4.6, §4.7, §4.8; the agreed parameters if the session is established by that. */
  Optional<PeerParameters> sessInit(long now, Message.SessInit init, long offset) {
    Negotiation negotiation = Negotiation.of(init);
    negotiation.fault().ifPresent(f -> out.violation(offset + f.offset(), "§4.6", f.reason()));
    if (active || negotiation.fault().isPresent()) {
      return agree(now, negotiation);
    }
    life.enter(State.ADMISSION, Watch.NEVER);
    waiting = Optional.of(negotiation);
    out.add(new TcpclOutput.PeerKnown(negotiation.peer()));
    return Optional.empty();
  }

  /** The peer that waits is welcome on these terms. */
  Optional<PeerParameters> admit(long now, TcpclParameters parameters) {
    own = parameters;
    return waiting.flatMap(negotiation -> agree(now, negotiation));
  }

  private Optional<PeerParameters> agree(long now, Negotiation negotiation) {
    Optional<String> objection = negotiation.objection(own);
    if (objection.isPresent()) {
      refuse(now, objection.get());
      return Optional.empty();
    }
    if (!active) {
      out.sessInit(own);
    }
    life.enter(State.ESTABLISHED, Watch.NEVER);
    PeerParameters peer = negotiation.agreed(own);
    out.add(new TcpclOutput.Established(peer));
    return Optional.of(peer);
  }

  private void refuse(long now, String why) {
    life.terminate(now, SessTermReason.CONTACT_FAILURE, own.contactMillis(), why);
  }
}
