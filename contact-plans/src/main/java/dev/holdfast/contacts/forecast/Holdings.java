package dev.holdfast.contacts.forecast;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Forecast.StoreLoad;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** When nodes hold how much: steps in any order, added up at the end. */
final class Holdings {
  private final Map<NodeNumber, Steps> nodes = new TreeMap<>();

  /** The steps of one node: times, and bytes by which it then holds more or less. */
  private static final class Steps {
    private long[] steps = new long[32];
    private int count;

    void add(long millis, long bytes) {
      if (count + 2 > steps.length) {
        steps = Arrays.copyOf(steps, count * 2);
      }
      steps[count++] = millis;
      steps[count++] = bytes;
    }

    StoreLoad load(NodeNumber node, Optional<Long> limit) {
      Integer[] order = new Integer[count / 2];
      Arrays.setAll(order, i -> i);
      // What leaves at an instant makes room for what comes at it.
      Arrays.sort(
          order,
          (a, b) ->
              steps[2 * a] != steps[2 * b]
                  ? Long.compareUnsigned(steps[2 * a], steps[2 * b])
                  : Long.compare(steps[2 * a + 1], steps[2 * b + 1]));
      long held = 0;
      long most = 0;
      long mostAt = 0;
      long overAt = -1;
      for (int step : order) {
        held += steps[2 * step + 1];
        if (held > most) {
          most = held;
          mostAt = steps[2 * step];
        }
        if (overAt < 0 && limit.isPresent() && held > limit.get()) {
          overAt = steps[2 * step];
        }
      }
      return new StoreLoad(
          node,
          most,
          new DtnTime(mostAt),
          limit,
          overAt < 0 ? Optional.empty() : Optional.of(new DtnTime(overAt)));
    }
  }

  /** A node holds that many bytes from one instant to another. */
  void hold(NodeNumber node, long bytes, DtnTime from, DtnTime until) {
    if (from.isBefore(until)) {
      Steps steps = nodes.computeIfAbsent(node, n -> new Steps());
      steps.add(from.millis(), bytes);
      steps.add(until.millis(), -bytes);
    }
  }

  /** What each node with a limit, or with anything to hold, came to. */
  List<StoreLoad> loads(SortedMap<NodeNumber, Long> limits) {
    limits.keySet().forEach(node -> nodes.computeIfAbsent(node, n -> new Steps()));
    List<StoreLoad> loads = new ArrayList<>();
    nodes.forEach(
        (node, steps) -> loads.add(steps.load(node, Optional.ofNullable(limits.get(node)))));
    return loads;
  }
}
