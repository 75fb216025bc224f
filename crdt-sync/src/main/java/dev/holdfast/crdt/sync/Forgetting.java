package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.block.Chain;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.replica.Replica;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Redacts blocks that nobody needs in their order any more, some at a time, stream by stream, and
 * from the first one again once something has changed. For one thread.
 */
final class Forgetting {
  private final Replica replica;
  private final Collection<Peer> peers;
  private Optional<StreamId> stream = Optional.empty();
  private long next = 1;

  /** What had changed when the sweep began, and when one that is done began. */
  private long began = -1;

  private long done = -1;

  Forgetting(Replica replica, Collection<Peer> peers) {
    this.replica = replica;
    this.peers = peers;
  }

  /** Goes on; how many bytes that saved. */
  long sweep(ClassSync.History history) {
    long changed = replica.version();
    for (Peer peer : peers) {
      changed += peer.heard();
    }
    if (stream.isEmpty()) {
      if (done == changed) {
        return 0;
      }
      began = changed;
      stream = after(Optional.empty());
    }
    long saved = 0;
    for (int left = history.blocks(); left > 0 && stream.isPresent(); left--) {
      Replica.Truncated some =
          replica.truncate(stream.get(), next, through(stream.get(), history), 1);
      saved += some.saved();
      OptionalLong goesOn = some.next();
      next = goesOn.orElse(1);
      if (goesOn.isEmpty()) {
        stream = after(stream);
      }
    }
    if (stream.isEmpty()) {
      done = began;
    }
    return saved;
  }

  private Optional<StreamId> after(Optional<StreamId> one) {
    List<StreamId> all = replica.streams();
    return all.stream().filter(it -> one.isEmpty() || it.compareTo(one.get()) > 0).findFirst();
  }

  /** Of a forked stream all is kept, since nobody is sent it in blocks any more. */
  private long through(StreamId id, ClassSync.History history) {
    Chain chain = replica.chain(id);
    long last = chain.last();
    long confirmed = peers.stream().mapToLong(peer -> peer.has(id)).min().orElse(last);
    return chain.fork().isPresent()
        ? 0
        : Math.min(last - history.margin(), Math.max(confirmed, last - history.unconfirmed()));
  }
}
