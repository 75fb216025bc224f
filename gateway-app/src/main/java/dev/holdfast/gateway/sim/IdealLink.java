package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A link without a protocol: whole bundles pass as values, and are confirmed once the other end
 * holds them, unless it is a beacon. What is told back takes the light time and is never lost, as
 * on a channel of its own.
 *
 * <p>It is up while both ends want it and its own direction gets through. When that ends, what is
 * on its way may still be confirmed for as long as that takes; only then it is down.
 */
final class IdealLink implements SimLink {
  private static final int IN_FLIGHT = 4096;
  private static final long MRU = 1L << 40;
  private static final long NOTICE_NANOS = 1_000_000_000L;
  private static final LinkEvent.Limits LIMITS = new LinkEvent.Limits(MRU, IN_FLIGHT);

  static final SimProtocol CONFIRMING = new Ideal("ideal", Confirmation.STORED);
  static final SimProtocol SILENT = new Ideal("beacon", Confirmation.NONE);

  private record Ideal(String name, Confirmation confirmation) implements SimProtocol {
    @Override
    public Ends join(Place first, Place second) {
      IdealLink a = new IdealLink(first, confirmation);
      IdealLink b = new IdealLink(second, confirmation);
      a.other = b;
      b.other = a;
      first.out().listen(a::review);
      second.out().listen(b::review);
      return new Ends(a, b);
    }
  }

  private final SimProtocol.Place place;
  private final LinkOwner owner;
  private final LinkId id;
  private final SimTime time;
  private final Confirmation confirmation;
  private IdealLink other = this;
  private boolean open;
  private boolean up;
  private boolean draining;
  private long session;
  private long nextTransfer;
  private long lastHeardOf;
  private final Map<Long, TransferToken> awaited = new LinkedHashMap<>();

  private IdealLink(SimProtocol.Place place, Confirmation confirmation) {
    this.place = place;
    this.owner = place.owner();
    this.id = place.id();
    this.time = place.time();
    this.confirmation = confirmation;
  }

  @Override
  public LinkId id() {
    return id;
  }

  @Override
  public Confirmation confirmation() {
    return confirmation;
  }

  @Override
  public void open(OpenOrder order) {
    if (!open) {
      open = true;
      review();
      other.review();
    }
  }

  @Override
  public void close(CloseOrder order) {
    open = false;
    fall(order.reason());
    other.review();
  }

  @Override
  public void close() {
    open = false;
    fall("closed");
  }

  @Override
  public void crash() {
    open = false;
    up = false;
    draining = false;
    session++;
    awaited.clear();
    other.review();
  }

  @Override
  public void reset() {
    fall("the session broke");
    time.after(NOTICE_NANOS, this::review);
  }

  /** Brings it to where it belongs: both ends want it, and the direction gets through. */
  private void review() {
    boolean heard = open && owner.isAlive() && other.open && place.out().isUp();
    if (heard && !up) {
      up = true;
      session++;
      owner.happen(new LinkEvent.Up(id, Optional.of(other.owner.nodeId()), LIMITS));
    } else if (heard && draining) {
      draining = false;
    } else if (!heard && up && !draining) {
      drain();
    }
  }

  /** Nothing can be sent; what was sent may still be confirmed. */
  private void drain() {
    if (awaited.isEmpty()) {
      fall("no signal");
      return;
    }
    draining = true;
    long current = session;
    long until = Math.max(lastHeardOf, time.nanos());
    time.at(
        until,
        () -> {
          if (session == current && draining) {
            fall("no signal");
          }
        });
  }

  private void fall(String reason) {
    if (!up) {
      return;
    }
    up = false;
    draining = false;
    session++;
    List<TransferToken> lost = List.copyOf(awaited.values());
    awaited.clear();
    lost.forEach(t -> owner.happen(new LinkEvent.Failed(id, t, LinkEvent.Cause.LOST)));
    owner.happen(new LinkEvent.Down(id, reason));
  }

  @Override
  public void send(Outbound bundle) {
    if (!up || draining || !place.out().isUp()) {
      // Told late, so that a node that tries again and again does not do so at once.
      long transfer = nextTransfer++;
      awaited.put(transfer, bundle.token());
      time.after(NOTICE_NANOS, () -> settle(transfer, Optional.of(LinkEvent.Cause.LOST)));
      return;
    }
    Optional<OutboundBundle> whole = OutboundBundle.of(bundle);
    if (whole.isEmpty()) {
      owner.happen(new LinkEvent.Failed(id, bundle.token(), LinkEvent.Cause.UNREADABLE));
      return;
    }
    long transfer = nextTransfer++;
    awaited.put(transfer, bundle.token());
    Medium out = place.out();
    out.send(whole.get().size(), new Crossing(whole.get(), transfer, session));
    long light = out.lightNanos();
    lastHeardOf =
        Math.max(lastHeardOf, time.nanos() + out.backlogNanos() + 2 * light + NOTICE_NANOS);
  }

  @Override
  public void inject(Octets bytes) {
    if (up && place.out().isUp()) {
      place
          .out()
          .send(
              bytes.size(),
              new Medium.Passage() {
                @Override
                void arrived(Medium.Harm harm) {
                  other.receive(bytes, -1);
                }

                @Override
                void lost() {}
              });
    }
  }

  /** One bundle on its way. */
  private final class Crossing extends Medium.Passage {
    private final OutboundBundle bundle;
    private final long transfer;
    private final long on;

    Crossing(OutboundBundle bundle, long transfer, long on) {
      this.bundle = bundle;
      this.transfer = transfer;
      this.on = on;
    }

    @Override
    boolean wantsLeaving() {
      return confirmation == Confirmation.NONE;
    }

    @Override
    void left() {
      if (on == session) {
        TransferToken token = awaited.remove(transfer);
        if (token != null) {
          owner.happen(new LinkEvent.Sent(id, token));
        }
      }
    }

    @Override
    void arrived(Medium.Harm harm) {
      time.called();
      if (!other.open || !other.owner.isAlive()) {
        lost();
        return;
      }
      if (harm.flippedBit() >= 0) {
        if (!other.receive(bundle.flipped(harm.flippedBit()), transfer)) {
          lost();
        }
      } else {
        other.receive(bundle, transfer);
      }
      if (harm.again()) {
        other.receive(bundle, transfer);
      }
    }

    @Override
    void lost() {
      if (confirmation == Confirmation.STORED) {
        time.after(
            place.in().lightNanos() + NOTICE_NANOS,
            () -> settle(transfer, Optional.of(LinkEvent.Cause.LOST)));
      }
    }
  }

  private void receive(OutboundBundle bundle, long transfer) {
    owner.happen(
        new LinkEvent.Arrived(
            id,
            new Inbound(id, other.session, transfer),
            bundle.head(),
            new Payload.Inline(bundle.payload()),
            bundle.trailer()));
  }

  /** Takes bytes that may be anything; false if they are no bundle. */
  private boolean receive(Octets encoded, long transfer) {
    return switch (BundleReader.read(encoded, ReadOptions.STRICT)) {
      case Decoded.Valid<Bundle>(Bundle bundle) -> {
        owner.happen(
            new LinkEvent.Arrived(
                id,
                new Inbound(id, other.session, transfer),
                bundle.head(),
                new Payload.Inline(bundle.payload()),
                bundle.trailer()));
        yield true;
      }
      case Decoded.Invalid<Bundle> bad -> {
        owner.happen(new LinkEvent.Malformed(id, bad.fault()));
        yield false;
      }
    };
  }

  @Override
  public void accept(List<Inbound> inbound) {
    inbound.forEach(one -> answer(one, Optional.empty()));
  }

  @Override
  public void refuse(Inbound inbound, Link.Refusal refusal) {
    answer(inbound, Optional.of(causeOf(refusal)));
  }

  private static LinkEvent.Cause causeOf(Link.Refusal refusal) {
    return switch (refusal) {
      case COMPLETED -> LinkEvent.Cause.COMPLETED;
      case NO_RESOURCES -> LinkEvent.Cause.NO_RESOURCES;
      case NOT_ACCEPTABLE -> LinkEvent.Cause.NOT_ACCEPTABLE;
    };
  }

  private void answer(Inbound inbound, Optional<LinkEvent.Cause> cause) {
    if (confirmation == Confirmation.NONE || inbound.transfer() < 0) {
      return;
    }
    time.after(
        place.out().lightNanos(),
        () -> {
          if (other.session == inbound.session()) {
            other.settle(inbound.transfer(), cause);
          }
        });
  }

  private void settle(long transfer, Optional<LinkEvent.Cause> cause) {
    time.called();
    TransferToken token = awaited.remove(transfer);
    if (token != null) {
      owner.happen(
          cause.isPresent()
              ? new LinkEvent.Failed(id, token, cause.get())
              : new LinkEvent.Confirmed(id, token));
    }
  }
}
