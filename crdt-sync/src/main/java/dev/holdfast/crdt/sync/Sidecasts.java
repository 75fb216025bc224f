package dev.holdfast.crdt.sync;

import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.digest.CellRange;
import dev.holdfast.crdt.digest.SetSum;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Compared;
import dev.holdfast.crdt.replica.Comparison;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Repair;
import dev.holdfast.crdt.replica.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * States of others that are told in cells with content, of which not all that is lacking is found:
 * of each region the latest. In memory: after a restart, later cells do as well. For one thread.
 */
final class Sidecasts {
  /** Regions of which cells are kept; the one that was silent the longest is given up. */
  private static final int MOST = 2;

  /** Cells with content that are kept of one region, 265 bytes each. */
  private static final int MOST_CELLS = SyncLimits.DEFAULT.cells() / CellsForm.CONTENT_WEIGHT;

  private final Replica replica;
  private final LinkedHashMap<RegionId, State> states = new LinkedHashMap<>();

  /** One state, and what is known of how it differs. */
  private static final class State {
    final SketchKey key;
    final Frontier frontier;
    final SetSum whole;
    final List<Sidecast> parts = new ArrayList<>();
    final SortedSet<Long> lacking = new TreeSet<>();
    Hlc said;
    int cells;
    @Nullable Comparison comparison;
    long comparedAt;
    boolean compared;
    @Nullable Repair repair;

    State(Sidecast first, Hlc said) {
      this.key = first.key();
      this.frontier = first.frontier();
      this.whole = first.whole();
      this.said = said;
    }

    boolean isComplete() {
      return compared && lacking.isEmpty();
    }

    /** What was needed to find what is lacking. */
    void forget() {
      parts.clear();
      comparison = null;
      repair = null;
    }

    boolean has(Sidecast part) {
      return parts.stream()
          .anyMatch(
              it ->
                  it.names().range().equals(part.names().range())
                      && it.contents().range().equals(part.contents().range()));
    }
  }

  Sidecasts(Replica replica) {
    this.replica = replica;
  }

  /**
   * What came of cells.
   *
   * @param settled all that differs, if it was found now: what of it is gone there is gone here
   * @param found entries that are lacking, not verified
   * @param refused why these are no cells of a state, for people
   */
  record Outcome(
      Optional<Compared.Whole> settled, List<Repair.Found> found, Optional<String> refused) {
    static final Outcome NOTHING = new Outcome(Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * Takes cells.
   *
   * @param said the clock of the region that made them
   */
  Outcome add(RegionId region, Hlc said, Sidecast part) {
    State state = states.remove(region);
    if (state == null || (!state.key.equals(part.key()) && said.compareTo(state.said) > 0)) {
      state = new State(part, said);
    }
    states.put(region, state);
    if (states.size() > MOST) {
      states.remove(states.keySet().iterator().next());
    }
    if (!state.key.equals(part.key()) || state.isComplete() || state.has(part)) {
      return Outcome.NOTHING;
    }
    state.said = said.compareTo(state.said) > 0 ? said : state.said;
    keep(state, part);
    Optional<Compared.Whole> settled = compare(state, part);
    Repair repair = state.repair;
    List<Repair.Found> found = new ArrayList<>();
    if (repair == null || settled.isPresent() || !repair.reaches(part.contents().range())) {
      int cells = reach(part.contents().range());
      repair = replica.telling().repair(state.key, state.frontier, cells);
      state.repair = repair;
      for (Sidecast each : state.parts) {
        if (repair.reaches(each.contents().range())) {
          found.addAll(repair.add(each.contents()));
        }
      }
    } else {
      found.addAll(repair.add(part.contents()));
    }
    return new Outcome(settled, found, repair.refused());
  }

  private static void keep(State state, Sidecast part) {
    state.parts.add(part);
    state.cells += part.contents().range().count();
    while (state.cells > MOST_CELLS && state.parts.size() > 1) {
      state.cells -= state.parts.removeFirst().contents().range().count();
    }
  }

  private static int reach(CellRange range) {
    return Math.min(CellRange.MOST_CELLS, range.end() + Math.min(range.stride(), range.end()));
  }

  /** All that differs, if it is found by this; what is gone there then goes here. */
  private Optional<Compared.Whole> compare(State state, Sidecast part) {
    if (state.compared) {
      return Optional.empty();
    }
    CellRange range = part.names().range();
    Comparison comparison = state.comparison;
    Compared compared =
        comparison == null || !comparison.reaches(range)
            ? compareAnew(state, reach(range))
            : comparison.add(part.names());
    if (compared instanceof Compared.Whole && state.comparedAt != replica.version()) {
      // Something came meanwhile: what differs is what differs now.
      compared = compareAnew(state, reach(range));
    }
    if (!(compared instanceof Compared.Whole whole)) {
      return Optional.empty();
    }
    state.compared = true;
    state.comparison = null;
    state.lacking.addAll(whole.onlyTheirs());
    replica.settle(state.key.salt(), state.frontier, state.key, whole);
    return Optional.of(whole);
  }

  private Compared compareAnew(State state, int cells) {
    Comparison comparison =
        replica
            .telling()
            .comparison(state.key, state.whole, state.frontier, cells, CellRange.MOST_STREAMS);
    state.comparison = comparison;
    state.comparedAt = replica.version();
    Compared compared = new Compared.Partial(0, 0);
    for (Sidecast each : state.parts) {
      if (comparison.reaches(each.names().range())) {
        compared = comparison.add(each.names());
      }
    }
    return compared;
  }

  /** Entries are here; whether no other is lacking. */
  boolean took(RegionId region, List<Long> names) {
    State state = states.get(region);
    if (state == null) {
      return false;
    }
    for (Long name : names) {
      state.lacking.remove(name);
    }
    if (state.isComplete()) {
      state.forget();
    }
    return state.isComplete();
  }

  /** Its state and ours are the same; whether that is news. */
  boolean same(RegionId region, SketchKey key) {
    State state = states.get(region);
    if (state == null || !state.key.equals(key) || state.isComplete()) {
      return false;
    }
    state.compared = true;
    state.lacking.clear();
    state.forget();
    return true;
  }
}
