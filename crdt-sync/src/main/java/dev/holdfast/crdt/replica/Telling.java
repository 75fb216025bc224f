package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Dot;
import dev.holdfast.crdt.block.Leaf;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parts of a state, for others to join with. */
final class Telling {
  private final Frontier frontier;
  private final BlockLog log;
  private final LiveEntries live;
  private final Awaited awaited;

  Telling(Frontier frontier, BlockLog log, LiveEntries live, Awaited awaited) {
    this.frontier = frontier;
    this.log = log;
    this.live = live;
    this.awaited = awaited;
  }

  /** All that is live at some leaves. */
  StatePart leaves(List<Leaf> leaves) {
    SortedSet<Dot> dots = new TreeSet<>();
    SortedMap<Leaf, CausalContext> gone = new TreeMap<>();
    for (Leaf leaf : leaves) {
      Octets key = Layout.leaf(leaf);
      dots.addAll(live.dots(key));
      putAwaited(gone, key);
    }
    return new StatePart(frontier, new Cover.Leaves(leaves), log.showing(dots), gone);
  }

  /** All that is live from one leaf on, about so many entries. */
  StatePart range(Optional<Leaf> from, int most) {
    Octets begin = Meeting.key(from);
    SortedMap<Octets, List<Dot>> held = live.leavesFrom(begin, most);
    Optional<Octets> next = live.leafAfter(held.isEmpty() ? begin : held.lastKey());
    SortedSet<Dot> dots = new TreeSet<>();
    held.values().forEach((Collection<Dot> some) -> dots.addAll(some));
    SortedMap<Leaf, CausalContext> gone = new TreeMap<>();
    for (Octets leaf : awaited.leavesBetween(begin, next.orElse(Octets.EMPTY))) {
      putAwaited(gone, leaf);
    }
    Cover cover = new Cover.Range(from, next.map(Layout::leaf));
    return new StatePart(frontier, cover, log.showing(dots), gone);
  }

  private void putAwaited(SortedMap<Leaf, CausalContext> gone, Octets leaf) {
    CausalContext replaced = awaited.of(leaf);
    if (!replaced.isEmpty()) {
      gone.put(Layout.leaf(leaf), replaced);
    }
  }
}
