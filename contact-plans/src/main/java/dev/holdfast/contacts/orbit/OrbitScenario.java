package dev.holdfast.contacts.orbit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a plan is generated from.
 *
 * @param start of the plan, a whole second of 2000 or later
 * @param duration of the plan, whole seconds
 * @param nodes all nodes, each with a number of its own
 * @param links who may talk with whom; no pair stands in two of them
 * @param cutting how windows become contacts
 */
public record OrbitScenario(
    Instant start,
    Duration duration,
    List<PlannedNode> nodes,
    List<LinkRule> links,
    Cutting cutting) {
  /** Keeps its own copies. */
  public OrbitScenario {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
  }
}
