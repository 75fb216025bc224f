package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the twins.
 *
 * @param earth as they are on earth
 * @param mars as they are on mars
 * @param firstEqual when both regions were first seen to have the same; empty if never
 * @param afterContact how many contacts of relay and mars had begun by then; 0 if never
 * @param seen the conflicts that both regions told of then
 * @param resolvedAt when the resolution was first seen on both sides; empty if never
 * @param writers who writes the streams
 */
record TwinOutcome(
    TwinState earth,
    TwinState mars,
    Optional<DtnTime> firstEqual,
    int afterContact,
    List<TwinConflict> seen,
    Optional<DtnTime> resolvedAt,
    SortedMap<String, Site> writers) {
  /** Keeps unmodifiable copies. */
  TwinOutcome {
    seen = List.copyOf(seen);
    writers = Collections.unmodifiableSortedMap(new TreeMap<>(writers));
  }

  /** Whether both regions have the same now. */
  boolean isEqual() {
    return earth.equalsOf(mars);
  }

  /** Conflicts that are left, on the side that has more. */
  int conflictsLeft() {
    return Math.max(earth.conflicts().size(), mars.conflicts().size());
  }

  /** What went wrong, one sentence each; empty if nothing did. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    if (!isEqual()) {
      broken.add("the twins of earth and mars are not the same");
    }
    if (!TwinScript.isMerged(earth.things()) || !TwinScript.isMerged(mars.things())) {
      broken.add("a change of a twin is missing");
    }
    if (seen.isEmpty()) {
      broken.add("no conflict of twins was seen on both sides");
    }
    if (resolvedAt.isEmpty() || conflictsLeft() > 0) {
      broken.add("the conflict of twins was not resolved on both sides");
    }
    return broken;
  }

  /** The story for people. */
  List<String> words(DtnTime epoch) {
    List<String> lines = new ArrayList<>();
    firstEqual.ifPresent(
        at ->
            lines.add(
                "Earth and mars changed %d twins apart; they were the same at %s, %s."
                    .formatted(
                        TwinScript.before().size(),
                        FinalTable.since(at, epoch),
                        "after contact %d of relay and mars".formatted(afterContact))));
    seen.forEach(it -> lines.add("Conflict at " + it.words(writers) + "."));
    resolvedAt.ifPresent(
        at ->
            lines.add(
                "Resolved by a put on earth; on both sides at %s, %d conflicts left."
                    .formatted(FinalTable.since(at, epoch), conflictsLeft())));
    return lines;
  }
}
