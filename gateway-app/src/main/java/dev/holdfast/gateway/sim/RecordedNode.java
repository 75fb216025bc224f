package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A neighbour that was recorded: it sends what it sent then, when it sent it, over the one link
 * that it has, and accepts and keeps whatever comes. What did not get through is sent again when
 * the link is up, as by any neighbour.
 */
public final class RecordedNode implements LinkOwner {
  private static final long AGAIN_NANOS = 1_000_000_000L;

  /**
   * A bundle that came to it.
   *
   * @param nanos when, since the world began
   * @param bundle the bundle
   */
  public record Received(long nanos, Bundle bundle) {}

  /**
   * Something that it was to send and that was not taken.
   *
   * @param nanos when it was sent first, since the world began
   * @param encoded its bytes
   * @param why in a few words
   */
  public record NotTaken(long nanos, Octets encoded, String why) {}

  /** Something to send: a bundle, or bytes that are none. */
  private record Play(long nanos, Octets encoded, Decoded<Bundle> read) {}

  private final String name;
  private final NodeId id;
  private final SimTime time;
  private final Map<TransferToken, Play> waiting = new TreeMap<>();
  private final Map<TransferToken, Play> sent = new TreeMap<>();
  private final List<NotTaken> refused = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private Optional<SimLink> link = Optional.empty();
  private boolean up;
  private long lastToken;
  private long taken;

  RecordedNode(String name, NodeId id, SimTime time) {
    this.name = name;
    this.id = id;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NodeId nodeId() {
    return id;
  }

  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public void add(SimLink added) {
    if (link.isPresent()) {
      throw new IllegalArgumentException(name + " was recorded on one link, and has two");
    }
    link = Optional.of(added);
    added.open(new Link.OpenOrder(0));
  }

  /**
   * Sends these bytes then, in nanoseconds since the world began, or once the link is up.
   *
   * @param options by which it tells whether they are a bundle; what is none is sent as it is
   */
  public void play(long nanos, Octets encoded, ReadOptions options) {
    Play play = new Play(nanos, encoded, BundleReader.read(encoded, options));
    time.at(
        nanos,
        () -> {
          waiting.put(new TransferToken(++lastToken), play);
          sendWaiting();
        });
  }

  /** How many of its bundles were taken. */
  public long taken() {
    return taken;
  }

  /** What it was to send until now and was not taken, in the order of sending. */
  public List<NotTaken> notTaken() {
    List<NotTaken> all = new ArrayList<>(refused);
    sent.values().forEach(p -> all.add(new NotTaken(p.nanos, p.encoded, "never confirmed")));
    waiting.values().forEach(p -> all.add(new NotTaken(p.nanos, p.encoded, "the link was down")));
    all.sort((a, b) -> Long.compare(a.nanos, b.nanos));
    return all;
  }

  /** What came to it, in the order of arrival. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  @Override
  public void happen(LinkEvent event) {
    // Later in this instant: the link is within a call that tells of it.
    switch (event) {
      case LinkEvent.Arrived arrived -> time.after(0, () -> arrived(arrived));
      case LinkEvent.Up _ -> {
        up = true;
        time.after(0, this::sendWaiting);
      }
      case LinkEvent.Down _ -> up = false;
      case LinkEvent.Confirmed(_, TransferToken token) -> settled(token);
      case LinkEvent.Sent(_, TransferToken token) -> settled(token);
      case LinkEvent.Failed(_, TransferToken token, LinkEvent.Cause cause) -> failed(token, cause);
      case LinkEvent.Malformed _, LinkEvent.Violated _, LinkEvent.Unreached _ -> {}
    }
  }

  private void sendWaiting() {
    if (!up || link.isEmpty()) {
      return;
    }
    Map<TransferToken, Play> now = new TreeMap<>(waiting);
    waiting.clear();
    now.forEach((token, play) -> send(link.get(), token, play));
  }

  private void send(SimLink over, TransferToken token, Play play) {
    switch (play.read) {
      case Decoded.Valid<Bundle>(Bundle bundle) -> {
        sent.put(token, play);
        over.send(
            new Outbound(
                token,
                bundle.head(),
                new Outbound.Source.Whole(bundle.payload()),
                Optional.of(bundle.trailer()),
                TrafficClass.NORMAL));
      }
      case Decoded.Invalid<Bundle> bad -> {
        refused.add(new NotTaken(play.nanos, play.encoded, "no bundle: " + bad.fault()));
        over.inject(play.encoded);
      }
    }
  }

  private void settled(TransferToken token) {
    if (sent.remove(token) != null) {
      taken++;
    }
  }

  private void failed(TransferToken token, LinkEvent.Cause cause) {
    Play play = sent.remove(token);
    if (play == null) {
      return;
    }
    switch (cause) {
      case COMPLETED -> taken++;
      case LOST, NO_RESOURCES, RETRANSMIT -> {
        waiting.put(token, play);
        time.after(AGAIN_NANOS, this::sendWaiting);
      }
      case NOT_ACCEPTABLE, UNREADABLE ->
          refused.add(new NotTaken(play.nanos, play.encoded, "refused: " + cause));
    }
  }

  private void arrived(LinkEvent.Arrived arrived) {
    switch (arrived.payload()) {
      case Payload.Inline(Octets bytes) ->
          received.add(
              new Received(time.nanos(), new Bundle(arrived.head(), bytes, arrived.trailer())));
      case Payload.Spooled _ ->
          throw new IllegalStateException("a payload on disk, and there is none here");
    }
    link.ifPresent(l -> l.accept(List.of(arrived.inbound())));
  }
}
