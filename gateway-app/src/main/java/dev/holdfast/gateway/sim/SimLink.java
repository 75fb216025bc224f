package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A link of a simulated node: hands encoded bundles to its other end after the channel's time,
 * through the real codec, and confirms what the other end accepted.
 */
final class SimLink implements Link {
  private static final int IN_FLIGHT = 64;
  private static final long MRU = 1L << 40;

  private final SimWorld world;
  private final SimNode owner;
  private final LinkId id;
  private final SimChannel channel;
  private SimLink other = this;
  private boolean open;
  private boolean up;
  private long session;
  private long nextTransfer;
  private long busyUntil;
  private final Map<TransferToken, Long> sending = new LinkedHashMap<>();
  private final Map<Long, TransferToken> awaited = new LinkedHashMap<>();

  SimLink(SimWorld world, SimNode owner, LinkId id, SimChannel channel) {
    this.world = world;
    this.owner = owner;
    this.id = id;
    this.channel = channel;
  }

  void join(SimLink end) {
    other = end;
    end.other = this;
  }

  @Override
  public LinkId id() {
    return id;
  }

  @Override
  public Confirmation confirmation() {
    return Confirmation.STORED;
  }

  @Override
  public void open(OpenOrder order) {
    open = true;
    if (other.open && !up) {
      long delay = 2 * channel.travelNanos(0);
      world.time().after(delay, this::connect);
    }
  }

  private void connect() {
    if (open && other.open && !up) {
      rise();
      other.rise();
    }
  }

  private void rise() {
    up = true;
    session++;
    owner.happen(
        new LinkEvent.Up(
            id, Optional.of(other.owner.settings().node()), new LinkEvent.Limits(MRU, IN_FLIGHT)));
  }

  @Override
  public void close(CloseOrder order) {
    open = false;
    fall(order.reason());
    other.fall("the other end closed");
  }

  /** The session ends: what was not confirmed has failed. */
  void fall(String reason) {
    if (!up) {
      return;
    }
    up = false;
    session++;
    List<TransferToken> lost = new ArrayList<>(sending.keySet());
    sending.clear();
    awaited.clear();
    lost.forEach(t -> owner.happen(new LinkEvent.Failed(id, t, LinkEvent.Cause.LOST)));
    owner.happen(new LinkEvent.Down(id, reason));
    if (open) {
      world.time().after(1_000_000_000L, () -> open(new OpenOrder(0)));
    }
  }

  @Override
  public void send(Outbound bundle) {
    Optional<Octets> encoded = encode(bundle);
    if (encoded.isEmpty() || !up) {
      LinkEvent.Cause cause = encoded.isEmpty() ? LinkEvent.Cause.UNREADABLE : LinkEvent.Cause.LOST;
      owner.happen(new LinkEvent.Failed(id, bundle.token(), cause));
      return;
    }
    long transfer = nextTransfer++;
    sending.put(bundle.token(), transfer);
    awaited.put(transfer, bundle.token());
    long now = world.time().nanos();
    busyUntil = Math.max(busyUntil, now) + channel.leavingNanos(encoded.get().size());
    long arrival = busyUntil - now + channel.travelNanos(0);
    long current = session;
    if (channel.loses(world.random())) {
      // The stream broke: everything unconfirmed on it is lost with it.
      world.time().after(arrival, () -> breakIf(current));
      return;
    }
    int copies = channel.doubles(world.random()) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      world.time().after(arrival, () -> other.arrive(encoded.get(), transfer));
    }
  }

  private void breakIf(long current) {
    if (up && session == current) {
      fall("the session broke");
      other.fall("the session broke");
    }
  }

  private static Optional<Octets> encode(Outbound bundle) {
    List<Octets> parts = new ArrayList<>(List.of(bundle.head().encoded()));
    PayloadCrc crc = PayloadCrc.of(bundle.head().payload());
    switch (bundle.payload()) {
      case Outbound.Source.Whole(Octets bytes) -> {
        parts.add(bytes);
        var _ = crc.update(bytes);
      }
      case Outbound.Source.Streamed(Outbound.Reader reader) -> {
        long at = 0;
        while (at < bundle.head().payload().length()) {
          Optional<Octets> part = reader.read(at, 1 << 20);
          if (part.isEmpty() || part.get().isEmpty()) {
            return Optional.empty();
          }
          parts.add(part.get());
          var _ = crc.update(part.get());
          at += part.get().size();
        }
      }
    }
    parts.add(bundle.trailer().orElseGet(crc::trailer));
    return Optional.of(Octets.concat(parts));
  }

  private void arrive(Octets encoded, long transfer) {
    if (!up) {
      return;
    }
    switch (BundleReader.read(encoded, ReadOptions.STRICT)) {
      case Decoded.Valid<Bundle>(Bundle bundle) ->
          owner.happen(
              new LinkEvent.Arrived(
                  id,
                  new Inbound(id, session, transfer),
                  bundle.head(),
                  new Payload.Inline(bundle.payload()),
                  bundle.trailer()));
      case Decoded.Invalid<Bundle> bad -> owner.happen(new LinkEvent.Malformed(id, bad.fault()));
    }
  }

  @Override
  public void accept(List<Inbound> inbound) {
    inbound.forEach(one -> answer(one, Optional.empty()));
  }

  @Override
  public void refuse(Inbound inbound, Refusal refusal) {
    answer(
        inbound,
        Optional.of(
            switch (refusal) {
              case COMPLETED -> LinkEvent.Cause.COMPLETED;
              case NO_RESOURCES -> LinkEvent.Cause.NO_RESOURCES;
              case NOT_ACCEPTABLE -> LinkEvent.Cause.NOT_ACCEPTABLE;
            }));
  }

  private void answer(Inbound inbound, Optional<LinkEvent.Cause> cause) {
    if (!up || inbound.session() != session) {
      return;
    }
    long current = session;
    if (channel.loses(world.random())) {
      world.time().after(channel.travelNanos(0), () -> breakIf(current));
      return;
    }
    world.time().after(channel.travelNanos(0), () -> other.answered(inbound.transfer(), cause));
  }

  private void answered(long transfer, Optional<LinkEvent.Cause> cause) {
    TransferToken token = awaited.remove(transfer);
    if (token == null) {
      return;
    }
    sending.remove(token);
    owner.happen(
        cause.isPresent()
            ? new LinkEvent.Failed(id, token, cause.get())
            : new LinkEvent.Confirmed(id, token));
  }

  /** The node crashed: the session is gone without a word to it. */
  void crash() {
    up = false;
    open = false;
    session++;
    sending.clear();
    awaited.clear();
    other.fall("the neighbour crashed");
  }

  @Override
  public void close() {
    open = false;
  }
}
