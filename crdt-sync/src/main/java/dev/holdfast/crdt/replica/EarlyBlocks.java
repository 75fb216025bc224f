package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.block.VerifiedBlock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Verified blocks whose predecessors are missing, under a quota for each stream. */
final class EarlyBlocks {
  private final Layout layout;
  private final Overlay store;
  private final ReplicaLimits limits;
  private final Map<StreamId, Long> bytes = new HashMap<>();

  /** As the store has them. */
  EarlyBlocks(Layout layout, Overlay store, ReplicaLimits limits) {
    this.layout = layout;
    this.store = store;
    this.limits = limits;
    Octets prefix = layout.key(Layout.EARLY);
    store.scan(
        prefix,
        Layout.after(prefix),
        (key, value) -> {
          Octets name = key.slice(Layout.PREFIX, Layout.PREFIX + 16).compact();
          bytes.merge(new StreamId(name), (long) value.size(), Long::sum);
          return true;
        });
  }

  /** How many bytes are kept of a stream. */
  long bytes(StreamId stream) {
    return bytes.getOrDefault(stream, 0L);
  }

  /** Keeps a block; false if too much is kept already. */
  boolean add(Block block) {
    StreamId stream = block.header().stream();
    Octets key = key(stream, block.header().covers().first());
    if (store.get(key).isPresent()) {
      return true;
    }
    Octets octets = block.encode();
    if (bytes(stream) + octets.size() > limits.earlyBytes()) {
      return false;
    }
    store.put(key, octets);
    bytes.merge(stream, (long) octets.size(), Long::sum);
    return true;
  }

  private Octets key(StreamId stream, long first) {
    return layout.key(Layout.EARLY, stream.name(), Layout.number(first));
  }

  /**
   * Takes the block out that begins right after a number; those before it are dropped.
   *
   * @param last the last number that is not missing
   */
  Optional<VerifiedBlock> take(StreamId stream, long last) {
    if (bytes(stream) == 0) {
      return Optional.empty();
    }
    Octets prefix = layout.key(Layout.EARLY, stream.name());
    Map<Octets, Octets> due = new HashMap<>();
    List<Octets> next = new ArrayList<>();
    store.scan(
        prefix,
        layout.key(Layout.EARLY, stream.name(), Layout.number(last + 2)),
        (key, value) -> {
          due.put(key, value);
          if (Layout.number(key, prefix.size()) == last + 1) {
            next.add(value);
          }
          return true;
        });
    due.forEach(
        (key, value) -> {
          store.remove(key);
          bytes.merge(stream, (long) -value.size(), Long::sum);
        });
    return next.stream().findFirst().map(value -> VerifiedBlock.kept(decode(value)));
  }

  private Block decode(Octets octets) {
    return switch (Block.decode(octets, limits.blocks())) {
      case Parsed.Good<Block>(Block block) -> block;
      case Parsed.Bad<Block> bad ->
          throw new IllegalStateException("a block that was kept cannot be read: " + bad);
    };
  }
}
