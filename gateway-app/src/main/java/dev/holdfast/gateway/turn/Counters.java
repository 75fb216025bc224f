package dev.holdfast.gateway.turn;

import dev.holdfast.gateway.turn.NodeStatus.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Totals since the start. For the node's thread; {@link #snapshot} is for everyone. */
public final class Counters {
  private final Map<Counter, Total> totals = new EnumMap<>(Counter.class);

  private static final class Total {
    private long value;
  }

  /** All zero. */
  public Counters() {
    for (Counter counter : Counter.values()) {
      totals.put(counter, new Total());
    }
  }

  /** Adds {@code by} to a counter. */
  public void add(Counter counter, long by) {
    total(counter).value += by;
  }

  private Total total(Counter counter) {
    return Objects.requireNonNull(totals.get(counter));
  }

  /** All totals now. */
  public Map<Counter, Long> snapshot() {
    Map<Counter, Long> all = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      all.put(counter, total(counter).value);
    }
    return all;
  }
}
