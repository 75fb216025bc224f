package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.BundleEditor;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.BundleReader;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.ForwardEdit;
import dev.holdfast.bpv7.fragment.Fragmenter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.opportunistic.SprayBlock;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Step 6 of 9, the part with bytes: reads a bundle's head, edits it for the next hop at the last
 * moment (RFC 9171 §5.4), cuts a fragment if asked (§5.8), and hands it to the link. What was just
 * stored is still at hand and is not read back.
 */
public final class Transmitter {
  private static final int WHOLE = 256 * 1024;
  private static final long CACHE_BYTES = 4L << 20;

  /** What a cached bundle takes beside its bytes, about. */
  private static final int OBJECTS = 700;

  private final BundleStore store;
  private final GatewayClock clock;
  private final Map<HeldKey, StoreChange.Put> recent = new LinkedHashMap<>();
  private long recentBytes;

  /** Sends from that store. */
  public Transmitter(BundleStore store, GatewayClock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Keeps small bundles that are likely to leave at once. On the thread that commits. */
  public void committed(List<StoreChange> changes) {
    synchronized (recent) {
      for (StoreChange change : changes) {
        if (change instanceof StoreChange.Put put && mayLeave(put)) {
          recent.put(put.bundle().key(), put);
          recentBytes += cost(put);
        } else if (change instanceof StoreChange.Remove(HeldBundle gone)) {
          forget(gone.key());
        }
      }
      Iterator<StoreChange.Put> oldest = recent.values().iterator();
      while (recentBytes > CACHE_BYTES && oldest.hasNext()) {
        recentBytes -= cost(oldest.next());
        oldest.remove();
      }
    }
  }

  private void forget(HeldKey key) {
    StoreChange.Put gone = recent.remove(key);
    if (gone != null) {
      recentBytes -= cost(gone);
    }
  }

  private static boolean mayLeave(StoreChange.Put put) {
    return put.payload() instanceof Payload.Inline
        && put.bundle().queue().kind() == QueueKey.Wait.FORWARD;
  }

  private static long cost(StoreChange.Put put) {
    return put.bundle().sizes().total() + OBJECTS;
  }

  private Optional<StoreChange.Put> recent(HeldKey key) {
    synchronized (recent) {
      return Optional.ofNullable(recent.get(key));
    }
  }

  /** Sends one bundle. On the transmitter's own platform thread. */
  public void transmit(Effect.Transmit order, LinkDirectory links, Consumer<NodeEvent> node) {
    Optional<Link> link = links.find(order.link());
    Optional<Outbound> outbound = link.flatMap(l -> outbound(order));
    if (outbound.isPresent()) {
      link.get().send(outbound.get());
      return;
    }
    LinkEvent.Cause cause = link.isEmpty() ? LinkEvent.Cause.LOST : LinkEvent.Cause.UNREADABLE;
    node.accept(new NodeEvent.FromLink(new LinkEvent.Failed(order.link(), order.token(), cause)));
  }

  private Optional<Outbound> outbound(Effect.Transmit order) {
    HeldKey key = order.bundle().key();
    Optional<StoreChange.Put> fresh = recent(key);
    Optional<BundleStore.Ends> ends =
        fresh.map(put -> new BundleStore.Ends(put.head(), put.trailer())).or(() -> store.ends(key));
    if (ends.isEmpty()) {
      return Optional.empty();
    }
    BundleHead head = edit(order, ends.get().head());
    BundleId.Extent all = new BundleId.Extent(0, order.bundle().sizes().payload());
    BundleId.Extent part = order.part().orElse(all);
    if (order.part().isPresent()) {
      head = Fragmenter.cut(head, part.offset(), part.length());
    }
    Optional<Outbound.Source> payload = payload(key, part, fresh);
    BundleHead leaving = order.copiesLeft() > 0 ? SprayBlock.with(head, order.copiesLeft()) : head;
    return payload.map(
        source ->
            new Outbound(
                order.token(),
                leaving,
                source,
                order.part().isPresent() ? Optional.empty() : Optional.of(ends.get().trailer()),
                order.bundle().service().trafficClass()));
  }

  private BundleHead edit(Effect.Transmit order, Octets stored) {
    return switch (BundleReader.readHead(stored)) {
      case Decoded.Valid<BundleHead>(BundleHead head) ->
          BundleEditor.forward(
              head, new ForwardEdit(order.previousNode(), residence(order.bundle())));
      case Decoded.Invalid<BundleHead> bad ->
          throw new IllegalStateException(
              "what is held cannot be read any more: " + order.bundle().id() + ", " + bad.fault());
    };
  }

  private long residence(HeldBundle bundle) {
    Moment now = clock.now();
    return bundle
        .age()
        .residenceMillis(clock.bootId(), now.bootMillis(), now.wall(), now.trusted());
  }

  private Optional<Outbound.Source> payload(
      HeldKey key, BundleId.Extent part, Optional<StoreChange.Put> fresh) {
    if (part.length() > WHOLE) {
      return Optional.of(
          new Outbound.Source.Streamed(
              (position, length) ->
                  store.read(
                      key,
                      part.offset() + position,
                      (int) Math.min(length, part.length() - position))));
    }
    int from = (int) part.offset();
    int length = (int) part.length();
    if (fresh.isPresent() && fresh.get().payload() instanceof Payload.Inline(Octets bytes)) {
      return Optional.of(new Outbound.Source.Whole(bytes.slice(from, from + length)));
    }
    return store
        .read(key, part.offset(), length)
        .filter(bytes -> bytes.size() == length)
        .map(Outbound.Source.Whole::new);
  }
}
