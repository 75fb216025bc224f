package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.mtcp.MtcpFraming;
import dev.holdfast.bpv7.mtcp.MtcpPart;
import dev.holdfast.bpv7.mtcp.MtcpReader;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * One end of an MTCP link: bundles leave by a connection that this end makes, as byte strings, and
 * nothing is ever confirmed.
 */
final class MtcpEnd implements SimLink {
  static final SimProtocol PROTOCOL = new Mtcp("mtcp", Confirmation.NONE);

  private static final long MRU = 1L << 32;
  private static final int IN_FLIGHT = 1024;

  private record Mtcp(String name, Confirmation confirmation) implements SimProtocol {
    @Override
    public Ends join(Place first, Place second) {
      MtcpEnd a = new MtcpEnd(first);
      MtcpEnd b = new MtcpEnd(second);
      a.other = b;
      b.other = a;
      return new Ends(a, b);
    }
  }

  private record Sending(TransferToken token, long bytes) {}

  /** What arrives by one connection. */
  private final class Reading extends ByteStream.Far {
    private final MtcpReader reader = new MtcpReader(MRU);
    private final long session;
    private Incoming incoming = new Incoming();
    private long bundles;

    Reading(long session) {
      this.session = session;
    }

    @Override
    void ended() {}

    @Override
    void read(Octets octets) {
      place.time().called();
      for (MtcpPart part : reader.on(octets)) {
        switch (part) {
          case MtcpPart.BundleStarted _ -> incoming = new Incoming();
          case MtcpPart.BundleData(var data) -> incoming.add(data);
          case MtcpPart.BundleEnded() ->
              owner().happen(incoming.event(new Inbound(id(), session, bundles++)));
          case MtcpPart.Keepalive() -> {}
          case MtcpPart.Unreadable(var fault) -> {
            owner().happen(new LinkEvent.Violated(id(), fault));
            other.reset();
          }
        }
      }
    }
  }

  private final SimProtocol.Place place;
  private final SimDialer dialer;
  private final Deque<Sending> sending = new ArrayDeque<>();
  private MtcpEnd other = this;
  private Optional<ByteStream> out = Optional.empty();
  private long sessions;
  private long leftOfFirst;

  private MtcpEnd(SimProtocol.Place place) {
    this.place = place;
    this.dialer = new SimDialer(place, () -> out.isPresent(), this::connect);
  }

  private LinkOwner owner() {
    return place.owner();
  }

  @Override
  public LinkId id() {
    return place.id();
  }

  @Override
  public Confirmation confirmation() {
    return Confirmation.NONE;
  }

  @Override
  public void open(OpenOrder order) {
    if (dialer.open()) {
      dialer.dial();
    }
  }

  private Optional<String> connect() {
    if (!other.owner().isAlive()) {
      return Optional.of("no answer");
    }
    sessions++;
    long current = sessions;
    Reading there = other.new Reading(current);
    ByteStream.Near near =
        new ByteStream.Near() {
          @Override
          void written(long bytes) {
            left(current, bytes);
          }

          @Override
          void gaveUp() {
            reset();
          }
        };
    out = Optional.of(new ByteStream(place.time(), place.out(), near, there));
    dialer.reached();
    owner().happen(new LinkEvent.Up(id(), Optional.empty(), new LinkEvent.Limits(MRU, IN_FLIGHT)));
    return Optional.empty();
  }

  @Override
  public void send(Outbound bundle) {
    Optional<OutboundBundle> whole = OutboundBundle.of(bundle);
    if (whole.isEmpty() || out.isEmpty()) {
      LinkEvent.Cause cause = whole.isEmpty() ? LinkEvent.Cause.UNREADABLE : LinkEvent.Cause.LOST;
      owner().happen(new LinkEvent.Failed(id(), bundle.token(), cause));
      return;
    }
    Octets head = MtcpFraming.head(whole.get().size());
    Octets framed = Octets.concat(List.of(head, whole.get().encoded()));
    sending.add(new Sending(bundle.token(), framed.size()));
    if (sending.size() == 1) {
      leftOfFirst = framed.size();
    }
    out.get().write(framed);
  }

  private void left(long session, long bytes) {
    long rest = session == sessions ? bytes : 0;
    while (rest > 0 && !sending.isEmpty()) {
      long part = Math.min(rest, leftOfFirst);
      rest -= part;
      leftOfFirst -= part;
      if (leftOfFirst == 0) {
        owner().happen(new LinkEvent.Sent(id(), sending.removeFirst().token()));
        leftOfFirst = sending.isEmpty() ? 0 : sending.getFirst().bytes();
      }
    }
  }

  @Override
  public void inject(Octets bytes) {
    out.ifPresent(stream -> stream.inject(bytes));
  }

  @Override
  public void accept(List<Inbound> inbound) {}

  @Override
  public void refuse(Inbound inbound, Refusal refusal) {}

  @Override
  public void close(CloseOrder order) {
    dialer.close();
    end(order.reason());
  }

  @Override
  public void close() {
    close(new CloseOrder(0, "closed"));
  }

  private void end(String why) {
    if (out.isEmpty()) {
      return;
    }
    out.get().breakOff();
    out = Optional.empty();
    sessions++;
    List<Sending> lost = List.copyOf(sending);
    sending.clear();
    for (Sending one : lost) {
      owner().happen(new LinkEvent.Failed(id(), one.token(), LinkEvent.Cause.LOST));
    }
    owner().happen(new LinkEvent.Down(id(), why));
  }

  @Override
  public void crash() {
    dialer.close();
    out.ifPresent(ByteStream::breakOff);
    out = Optional.empty();
    sessions++;
    sending.clear();
    other.reset();
  }

  @Override
  public void reset() {
    if (out.isPresent()) {
      end("the connection was reset");
      dialer.dialLater();
    }
  }
}
