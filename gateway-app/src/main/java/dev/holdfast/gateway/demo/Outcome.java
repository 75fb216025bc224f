package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over.
 *
 * @param epoch when the plan's first turn began
 * @param ended when the run ended
 * @param passages what became of every bundle
 * @param itineraries how each travelled, by bundle, as far as the gateways' journals tell
 * @param uses what went through each contact
 * @param crash the relay's death; empty if it never came to it
 * @param twins what became of the twins
 */
public record Outcome(
    DtnTime epoch,
    DtnTime ended,
    List<Passage> passages,
    Map<String, Itinerary> itineraries,
    List<ContactUse.Use> uses,
    Optional<Crash> crash,
    TwinOutcome twins) {

  /**
   * The relay's death.
   *
   * @param at when it was killed
   * @param bytesMoving bytes that had passed the relay's links in the tenth of a second before
   * @param readyAgain when it was ready again; empty if it never was
   */
  record Crash(DtnTime at, long bytesMoving, Optional<DtnTime> readyAgain) {}

  /** Whether the run kept its promise. */
  public boolean isKept() {
    return verdict().isKept() && twins.broken().isEmpty();
  }

  /** A JSON line for each bundle, then a summary line. */
  public List<String> jsonLines() {
    return OutcomeJson.lines(this);
  }

  /** Tables and a verdict for people. */
  public List<String> tableLines() {
    return FinalTable.lines(this);
  }

  /** What the books say. */
  Verdict verdict() {
    return Verdict.on(passages);
  }

  /** How many of the bundles that were sent waited for a window that was closed. */
  int waited() {
    return Math.toIntExact(
        passages.stream()
            .filter(p -> p.sent().isPresent() && itinerary(p.bundle()).waited())
            .count());
  }

  /** How a bundle travelled, as far as it is known. */
  Itinerary itinerary(String bundle) {
    Itinerary known = itineraries.get(bundle);
    return known == null ? new Itinerary(false, List.of()) : known;
  }
}
