package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.gateway.sim.RecordedNode.NotTaken;
import dev.holdfast.gateway.sim.RecordedNode.Received;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of a capture that was replayed against a gateway.
 *
 * @param own bundles that the gateway holds for its own endpoints at the end, in the order in which
 *     they came
 * @param waiting bundles that it holds for others at the end, in the same order
 * @param got what each neighbour got from it, by the neighbour's name
 * @param notTaken what each neighbour sent in vain, by the neighbour's name; only those that did
 * @param taken how many bundles the gateway took
 * @param nanos virtual time at the end, since the start of the capture
 * @param hash of everything that happened; the same capture and settings give the same
 * @param findings what of the capture could not be read
 * @param comparison what of it is as it was
 */
public record CaptureOutcome(
    List<Bundle> own,
    List<Bundle> waiting,
    SortedMap<String, List<Received>> got,
    SortedMap<String, List<NotTaken>> notTaken,
    long taken,
    long nanos,
    String hash,
    List<String> findings,
    CaptureComparison comparison) {
  /** Keeps its own copies. */
  public CaptureOutcome {
    own = List.copyOf(own);
    waiting = List.copyOf(waiting);
    got = Collections.unmodifiableSortedMap(new TreeMap<>(got));
    notTaken = Collections.unmodifiableSortedMap(new TreeMap<>(notTaken));
    findings = List.copyOf(findings);
  }
}
