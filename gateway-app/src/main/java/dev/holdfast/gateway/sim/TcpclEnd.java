package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.tcpcl.PeerParameters;
import dev.holdfast.bpv7.tcpcl.SessTermReason;
import dev.holdfast.bpv7.tcpcl.TcpclInput;
import dev.holdfast.bpv7.tcpcl.TcpclParameters;
import dev.holdfast.bpv7.tcpcl.TcpclParameters.Role;
import dev.holdfast.bpv7.tcpcl.TransferId;
import dev.holdfast.bpv7.tcpcl.XferRefuseReason;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.tcpcl.Causes;
import java.util.List;
import java.util.Optional;

/**
 * One end of a TCPCLv4 link: the real sessions of {@code bpv7.tcpcl} over streams of bytes. The
 * first end dials, with back-off, while its node wants the link open.
 */
final class TcpclEnd implements SimLink {
  static final SimProtocol PROTOCOL = new Tcpcl("tcpcl", Confirmation.STORED);

  private static final int IN_FLIGHT = 1024;

  private record Tcpcl(String name, Confirmation confirmation) implements SimProtocol {
    @Override
    public Ends join(Place first, Place second) {
      TcpclEnd a = new TcpclEnd(first, Role.ACTIVE);
      TcpclEnd b = new TcpclEnd(second, Role.PASSIVE);
      a.other = b;
      b.other = a;
      return new Ends(a, b);
    }
  }

  private final SimProtocol.Place place;
  private final Role role;
  private final SimDialer dialer;
  private TcpclEnd other = this;
  private Optional<TcpclTalk> talk = Optional.empty();
  private long sessions;

  private TcpclEnd(SimProtocol.Place place, Role role) {
    this.place = place;
    this.role = role;
    this.dialer = new SimDialer(place, () -> talk.isPresent(), this::connect);
  }

  @Override
  public LinkId id() {
    return place.id();
  }

  @Override
  public Confirmation confirmation() {
    return Confirmation.STORED;
  }

  @Override
  public void open(OpenOrder order) {
    if (dialer.open()) {
      (role == Role.ACTIVE ? dialer : other.dialer).dial();
    }
  }

  private Optional<String> connect() {
    if (!other.owner().isAlive()) {
      return Optional.of("no answer");
    }
    if (!other.dialer.isOpen() || other.talk.isPresent()) {
      return Optional.of("the connection is refused");
    }
    TcpclTalk ours = new TcpclTalk(this, ++sessions, parameters());
    TcpclTalk theirs = new TcpclTalk(other, ++other.sessions, other.parameters());
    talk = Optional.of(ours);
    other.talk = Optional.of(theirs);
    ours.join(theirs);
    theirs.join(ours);
    ours.on(new TcpclInput.Connected());
    theirs.on(new TcpclInput.Connected());
    return Optional.empty();
  }

  private TcpclParameters parameters() {
    TcpclParameters plain = TcpclParameters.of(role, owner().nodeId());
    long rate = place.out().rate();
    if (rate == 0) {
      return plain;
    }
    int segment = Math.clamp(rate / 5, 1 << 10, plain.pace().segmentBytes());
    return new TcpclParameters(
        plain.role(),
        plain.nodeId(),
        plain.expected(),
        plain.keepaliveSeconds(),
        plain.tls(),
        plain.extensions(),
        plain.leniencies(),
        new TcpclParameters.Pace(segment, 2 * segment),
        plain.contactMillis(),
        plain.drainMillis(),
        plain.idleMillis(),
        plain.limits());
  }

  LinkOwner owner() {
    return place.owner();
  }

  SimProtocol.Place place() {
    return place;
  }

  /** SESS_INIT went both ways. */
  void established(PeerParameters peer) {
    dialer.reached();
    owner()
        .happen(
            new LinkEvent.Up(
                id(), peer.nodeId(), new LinkEvent.Limits(peer.transferMru(), IN_FLIGHT)));
  }

  /** A session is over; everything of it has been told. */
  void ended(TcpclTalk over, boolean wasUp, String why) {
    if (talk.filter(t -> t == over).isEmpty()) {
      return;
    }
    talk = Optional.empty();
    if (wasUp) {
      owner().happen(new LinkEvent.Down(id(), why));
    }
    if (role == Role.ACTIVE) {
      dialer.again(why);
    }
  }

  @Override
  public void close(CloseOrder order) {
    dialer.close();
    talk.ifPresent(
        t -> t.on(new TcpclInput.Terminate(SessTermReason.UNKNOWN, order.drainMillis())));
  }

  @Override
  public void close() {
    close(new CloseOrder(0, "closed"));
  }

  @Override
  public void send(Outbound bundle) {
    Optional<OutboundBundle> whole = OutboundBundle.of(bundle);
    if (whole.isEmpty() || talk.isEmpty()) {
      LinkEvent.Cause cause = whole.isEmpty() ? LinkEvent.Cause.UNREADABLE : LinkEvent.Cause.LOST;
      owner().happen(new LinkEvent.Failed(id(), bundle.token(), cause));
      return;
    }
    OutboundBundle out = whole.get();
    List<Octets> parts = List.of(out.head().encoded(), out.payload(), out.trailer());
    talk.get().on(new TcpclInput.Send(bundle.token().number(), out.size(), parts));
  }

  @Override
  public void inject(Octets bytes) {
    talk.ifPresent(t -> t.inject(bytes));
  }

  @Override
  public void accept(List<Inbound> inbound) {
    for (Inbound one : inbound) {
      answer(one, new TcpclInput.Accepted(new TransferId(one.transfer())));
    }
  }

  @Override
  public void refuse(Inbound inbound, Link.Refusal refusal) {
    XferRefuseReason reason = Causes.of(refusal);
    answer(inbound, new TcpclInput.Refused(new TransferId(inbound.transfer()), reason));
  }

  /** If the session is gone, so is the transfer: the peer will send it again. */
  private void answer(Inbound inbound, TcpclInput verdict) {
    talk.filter(t -> t.number() == inbound.session()).ifPresent(t -> t.on(verdict));
  }

  @Override
  public void crash() {
    dialer.close();
    talk.ifPresent(TcpclTalk::vanish);
    talk = Optional.empty();
  }

  @Override
  public void reset() {
    talk.ifPresent(TcpclTalk::reset);
  }
}
