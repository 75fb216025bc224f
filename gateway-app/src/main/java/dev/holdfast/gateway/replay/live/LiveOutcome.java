package dev.holdfast.gateway.replay.live;

import dev.holdfast.gateway.replay.CaptureComparison;
import dev.holdfast.gateway.sim.RecordedNode.Received;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a capture that was replayed in real time.
 *
 * @param comparison what of it is as it was
 * @param got what each neighbour got from the gateway, by the neighbour's name
 * @param expired how many of the bundles to be sent had outlived their lifetime by now
 * @param known how many the gateway refused because it had them already
 * @param nanos how long it took
 * @param notes what else happened, a line each
 */
public record LiveOutcome(
    CaptureComparison comparison,
    SortedMap<String, List<Received>> got,
    long expired,
    long known,
    long nanos,
    List<String> notes) {
  /** Keeps its own copies. */
  public LiveOutcome {
    got = Collections.unmodifiableSortedMap(new TreeMap<>(got));
    notes = List.copyOf(notes);
  }
}
