package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.block.Block;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The join with a part of another's state. */
final class Meeting {
  private final Streams streams;
  private final BlockLog log;
  private final LiveEntries live;
  private final Awaited awaited;
  private final CausalContext unsealed;

  /**
   * In a replica.
   *
   * @param unsealed what was written here and nobody else can have heard of, whatever he says
   */
  Meeting(
      Streams streams, BlockLog log, LiveEntries live, Awaited awaited, CausalContext unsealed) {
    this.streams = streams;
    this.log = log;
    this.live = live;
    this.awaited = awaited;
    this.unsealed = unsealed;
  }

  /** Joins; the things that may have changed. */
  SortedSet<String> meet(StatePart part) {
    List<Operation> shown = new ArrayList<>();
    part.blocks().forEach(block -> shown.addAll(block.operations()));
    SortedMap<Octets, List<Operation>> theirs = LiveEntries.byLeaf(shown);
    SortedMap<Octets, CausalContext> gone = new TreeMap<>();
    part.awaited().forEach((leaf, dots) -> gone.put(Layout.leaf(leaf), dots));
    SortedSet<Octets> leaves = leaves(part.cover());
    leaves.addAll(theirs.keySet());
    leaves.addAll(gone.keySet());
    CausalContext known = part.frontier().heard().minus(unsealed);
    SortedSet<String> changed = new TreeSet<>();
    for (Octets leaf : leaves) {
      CausalContext replaced = gone.getOrDefault(leaf, CausalContext.EMPTY);
      List<Operation> operations = theirs.getOrDefault(leaf, List.of());
      streams.hear(live.meet(leaf, operations, known.join(replaced), streams.heard()));
      awaited.add(leaf, replaced.minus(streams.heard()));
      changed.add(Layout.leaf(leaf).thing());
    }
    for (Block block : part.blocks()) {
      awaited.heard(block.header().stream().name(), streams.heard());
      log.contradiction(block.signed()).ifPresent(streams::fork);
      if (block.operations().stream().anyMatch(it -> live.isLive(it.dot()))) {
        log.put(block);
      }
    }
    return changed;
  }

  private SortedSet<Octets> leaves(Cover cover) {
    SortedSet<Octets> leaves = new TreeSet<>();
    switch (cover) {
      case Cover.Leaves(List<Leaf> some) -> some.forEach(leaf -> leaves.add(Layout.leaf(leaf)));
      case Cover.Range(Optional<Leaf> from, Optional<Leaf> to) ->
          leaves.addAll(live.leavesBetween(key(from), key(to)));
    }
    return leaves;
  }

  /** An end of a range as it stands in keys; empty if there is none. */
  static Octets key(Optional<Leaf> end) {
    return end.map(Layout::leaf).orElse(Octets.EMPTY);
  }
}
