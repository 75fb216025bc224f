package dev.holdfast.crdt.sync;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.Header;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyHistory;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Replica;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Replaces this region's key by the next one that it was given, and says of each stream how far it
 * goes. For one thread.
 *
 * <p>Statements have numbers, so two lives of a store that both make some contradict each other. A
 * store that may be a copy makes none therefore until all others have shown that they know nothing
 * more of this one, or it is started again.
 */
final class Rotation {
  private static final Octets NOTE = Octets.wrap(new byte[] {5});

  private final Replica replica;
  private final Keys keys;
  private final OwnKeys own;
  private final RegionId region;
  private final Collection<Peer> peers;
  private boolean sure;

  /** Who has not said yet that nothing of this region is missing here. */
  private final SortedSet<RegionId> silent = new TreeSet<>();

  /** Streams that were begun under the latest key, and its index: forgotten once it is replaced. */
  private SortedSet<Long> begun = new TreeSet<>();

  private int index;

  /**
   * Nothing is replaced yet.
   *
   * @param self whose keys these are
   * @param peers the others
   */
  Rotation(Replica replica, Keys keys, OwnKeys own, ClassSync.Self self, Collection<Peer> peers) {
    this.replica = replica;
    this.keys = keys;
    this.own = own;
    this.region = self.region();
    this.peers = peers;
    this.sure = self.continues() || peers.isEmpty();
    peers.forEach(peer -> silent.add(peer.region));
    replica.note(NOTE).ifPresent(this::restore);
  }

  private void restore(Octets note) {
    ByteBuffer from = note.asByteBuffer();
    index = (int) from.getLong();
    while (from.hasRemaining()) {
      begun.add(from.getLong());
    }
  }

  /** Keeps what is begun, before it may be heard that its key was replaced. */
  void keep() {
    if (own.isMute()) {
      return;
    }
    KeyHistory history = history();
    SortedSet<Long> now = new TreeSet<>(history.begun().keySet());
    if (!now.equals(begun) || index != history.latest().index()) {
      begun = now;
      index = history.latest().index();
      List<Long> numbers = new ArrayList<>(List.of((long) index));
      numbers.addAll(begun);
      replica.note(NOTE, Items.longs(numbers));
    }
  }

  /** Whether a key is to be replaced as soon as that can be done. */
  boolean isWaiting() {
    return !sure && own.next().isPresent();
  }

  /**
   * Takes how far another region says that it is; whether all have said now that nothing of this
   * region is missing here, so that what waited for it can be done.
   */
  boolean hears(RegionId other, FrontierMessage claim, Voice voice) {
    if (!isWaiting()) {
      return false;
    }
    boolean knowsNoMore =
        switch (claim.said()) {
          case FrontierMessage.SameAs(Octets message) -> voice.said(message).isPresent();
          case FrontierMessage.Whole(WireFrontier frontier) ->
              keys.ring().streams().entrySet().stream()
                  .filter(it -> it.getValue().region().equals(region))
                  .map(it -> it.getKey())
                  .allMatch(it -> frontier.highest(it) <= replica.chain(it).last());
        };
    if (knowsNoMore) {
      silent.remove(other);
    } else {
      silent.add(other);
    }
    sure = silent.isEmpty();
    return sure;
  }

  /**
   * Says what is to be said of this region's keys.
   *
   * @param written the incarnation that is written
   */
  void speak(long written) {
    Optional<OwnKeys.Signing> signing = own.signing();
    if (signing.isEmpty()) {
      return;
    }
    speakOfForgotten(signing.get().key());
    for (var next = own.next(); sure && next.isPresent(); next = own.next()) {
      replace(own.signing().orElseThrow().key(), next.get(), written);
    }
    keep();
    close();
  }

  /** Says where streams end that were left open, once that is known. */
  void close() {
    history()
        .leftOpen()
        .forEach(
            (incarnation, began) -> {
              if (from(incarnation) < Header.LAST_MAX) {
                own.signing().ifPresent(signing -> end(incarnation, began, signing.key()));
              }
            });
  }

  private KeyHistory history() {
    return keys.ring().history(region);
  }

  /** Another life has replaced the key that these were begun with, and did not know of them. */
  private void speakOfForgotten(SigningKey key) {
    KeyHistory history = history();
    if (history.latest().index() > index) {
      for (long incarnation : begun) {
        StreamId stream = keys.ring().stream(region, incarnation);
        if (!history.incarnations().contains(incarnation) && replica.streams().contains(stream)) {
          end(incarnation, index, key);
        }
      }
    }
  }

  private void replace(SigningKey before, SigningKey next, long written) {
    KeyRing ring = keys.ring();
    SortedMap<Long, Integer> open = history().open();
    boolean goesOn = open.containsKey(written);
    long named = goesOn ? written : open.isEmpty() ? 0 : open.lastKey();
    long from = goesOn ? replica.chain(ring.stream(region, named)).last() + 1 : from(named);
    keys.add(ring.rotate(region, named, from, before, next));
    open.remove(named);
    open.forEach((incarnation, began) -> end(incarnation, began, next));
  }

  private void end(long incarnation, int began, SigningKey key) {
    keys.add(keys.ring().end(region, incarnation, began, from(incarnation), key));
  }

  /**
   * Where a stream that is not written any more ends. What another life of the store wrote of it
   * may be held elsewhere, and could never again be shown if the stream ended before that; so it is
   * left open until all others have heard of the one that is written now, and show no more of it.
   */
  private long from(long incarnation) {
    StreamId stream = keys.ring().stream(region, incarnation);
    Chain chain = replica.chain(stream);
    boolean all =
        chain.fork().isEmpty()
            && peers.stream().allMatch(it -> it.knowsOnly(replica.own(), stream, chain.last()))
            && highest(stream) <= chain.last();
    return all ? chain.last() + 1 : Header.LAST_MAX;
  }

  private long highest(StreamId stream) {
    Frontier.Reach reach = replica.telling().frontier(0).streams().get(stream);
    return reach == null || reach.heard().isEmpty() ? 0 : reach.heard().getLast().last();
  }
}
