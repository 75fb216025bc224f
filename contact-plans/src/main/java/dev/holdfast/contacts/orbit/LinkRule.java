package dev.holdfast.contacts.orbit;

import java.time.Duration;
import java.util.List;

/**
 * Nodes that may talk with each other, and how.
 *
 * @param pairs who with whom
 * @param reach what a link needs
 * @param rates how fast the first of a pair sends
 * @param returnRates how fast the second does
 * @param duplex which of them sends when
 * @param turn how long one side sends in half duplex
 */
public record LinkRule(
    List<Pair> pairs, Reach reach, Rates rates, Rates returnRates, Duplex duplex, Duration turn) {
  /**
   * Two nodes, by their places in the scenario's list.
   *
   * @param first the one before
   * @param second the other
   */
  public record Pair(int first, int second) {}

  /** Keeps its own copy. */
  public LinkRule {
    pairs = List.copyOf(pairs);
  }
}
