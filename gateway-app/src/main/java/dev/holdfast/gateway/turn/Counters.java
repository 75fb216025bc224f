package dev.holdfast.gateway.turn;

import dev.holdfast.gateway.turn.NodeStatus.Counter;
import java.util.EnumMap;
import java.util.Map;

/** Totals since the start. For the node's thread; {@link #snapshot} is for everyone. */
public final class Counters {
  private final Map<Counter, Long> values = new EnumMap<>(Counter.class);

  /** Adds {@code by} to a counter. */
  public void add(Counter counter, long by) {
    values.merge(counter, by, Long::sum);
  }

  /** All totals now. */
  public Map<Counter, Long> snapshot() {
    Map<Counter, Long> all = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      all.put(counter, values.getOrDefault(counter, 0L));
    }
    return all;
  }
}
