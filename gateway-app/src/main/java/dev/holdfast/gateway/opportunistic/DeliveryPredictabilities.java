package dev.holdfast.gateway.opportunistic;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.turn.OpportunisticSettings.Prophet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * How likely a node is to bring a bundle to each other node, from whom it met and whom those may
 * meet (RFC 6693 §2.1.2).
 *
 * <p>Times are milliseconds of a clock that never steps. For one thread.
 */
public final class DeliveryPredictabilities {
  /** So little is as good as never having heard of the node. */
  private static final double FORGOTTEN = 0.001;

  private final Prophet parameters;
  private final int limit;
  private final Map<NodeId, Entry> entries = new LinkedHashMap<>();

  /** Nobody was met yet; at most {@code limit} nodes are kept. */
  public DeliveryPredictabilities(Prophet parameters, int limit) {
    this.parameters = parameters;
    this.limit = limit;
  }

  private static final class Entry {
    private double value;
    private long agedAt;
    private long metAt;
    private boolean met;

    Entry(long now) {
      agedAt = now;
    }
  }

  /** A node was met (§2.1.2.1, equation 1). */
  public void met(NodeId node, long now) {
    Entry entry = aged(node, now);
    if (entry.value < parameters.firstThreshold()) {
      entry.value = parameters.encounterFirst();
    } else {
      long interval = entry.met ? now - entry.metAt : parameters.typicalIntervalMillis();
      double part = Math.min(1, (double) interval / parameters.typicalIntervalMillis());
      double encounter = parameters.encounterMax() * part;
      entry.value += (1 - parameters.delta() - entry.value) * encounter;
    }
    entry.met = true;
    entry.metAt = now;
    shrink(now);
  }

  /** A neighbour told whom it is likely to meet (§2.1.2.3, equation 3). */
  public void told(NodeId neighbour, Map<NodeId, Double> theirs, long now) {
    double reach = of(neighbour, now) * parameters.beta();
    theirs.forEach(
        (node, value) -> {
          double through = reach * value;
          if (!node.equals(neighbour) && through >= FORGOTTEN) {
            Entry entry = aged(node, now);
            entry.value = Math.max(entry.value, through);
          }
        });
    shrink(now);
  }

  /** How likely a bundle for that node is delivered from here, 0..1. */
  public double of(NodeId node, long now) {
    return entries.containsKey(node) ? aged(node, now).value : 0;
  }

  /** All that is known, most likely first. */
  public SequencedMap<NodeId, Double> all(long now) {
    entries.keySet().forEach(node -> aged(node, now));
    entries.values().removeIf(entry -> entry.value < FORGOTTEN);
    SequencedMap<NodeId, Double> all = new LinkedHashMap<>();
    entries.entrySet().stream()
        .sorted(
            Comparator.comparingDouble((Map.Entry<NodeId, Entry> e) -> -e.getValue().value)
                .thenComparing(Map.Entry::getKey))
        .forEach(e -> all.put(e.getKey(), e.getValue().value));
    return all;
  }

  /** The entry as it is now (§2.1.2.2, equation 2): whole time units age it, the rest waits. */
  private Entry aged(NodeId node, long now) {
    Entry entry = entries.computeIfAbsent(node, n -> new Entry(now));
    long units = Math.max(0, now - entry.agedAt) / parameters.timeUnitMillis();
    if (units > 0) {
      entry.value *= Math.pow(parameters.gamma(), (double) units);
      entry.agedAt += units * parameters.timeUnitMillis();
    }
    return entry;
  }

  private void shrink(long now) {
    if (entries.size() > limit) {
      all(now).sequencedKeySet().stream().skip(limit).toList().forEach(entries::remove);
    }
  }
}
