package dev.holdfast.gateway.demo;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The twins of one region.
 *
 * @param site which region
 * @param things what its API shows, by their ids
 * @param conflicts what it tells of conflicts
 * @param root stands for all that is shared
 * @param ageSeconds how old at most what is known of the other region is; empty if not known
 * @param inStep whether the region believes that the other has the same
 */
record TwinState(
    Site site,
    SortedMap<String, JsonNode> things,
    List<TwinConflict> conflicts,
    String root,
    OptionalLong ageSeconds,
    boolean inStep) {
  /** Keeps unmodifiable copies. */
  TwinState {
    things = Collections.unmodifiableSortedMap(new TreeMap<>(things));
    conflicts = List.copyOf(conflicts);
  }

  /** Nothing is known of a region yet. */
  static TwinState unknown(Site site) {
    return new TwinState(site, new TreeMap<>(), List.of(), "", OptionalLong.empty(), false);
  }

  /** The other region. */
  Site other() {
    return site == Site.EARTH ? Site.MARS : Site.EARTH;
  }

  /** Whether two regions have the same: the root, each thing, each conflict. */
  boolean equalsOf(TwinState other) {
    return !root.isEmpty()
        && root.equals(other.root)
        && things.equals(other.things)
        && conflicts.equals(other.conflicts);
  }
}
