package dev.holdfast.gateway.replay;

import dev.holdfast.gateway.replay.RunResult.Bar;
import java.util.ArrayList;
import java.util.List;

/** How many durations were about how long, to less than a hundredth. */
final class Distribution {
  private static final int STEPS = 128;
  private static final int STEP_BITS = 7;

  /** Steps that a bar of a report sums up. */
  private static final int BAR = 16;

  private final long[] bars = new long[Long.SIZE * STEPS];
  private long count;
  private long max;

  void add(long nanos) {
    long value = Math.max(0, nanos);
    bars[index(value)]++;
    count++;
    max = Math.max(max, value);
  }

  private static int index(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    int step = (int) (value >>> (power - STEP_BITS)) & (STEPS - 1);
    return power * STEPS + step;
  }

  /** The largest value of a bar. */
  private static long top(int index) {
    int power = index / STEPS;
    if (power < STEP_BITS) {
      return index;
    }
    long low = (STEPS + (long) (index % STEPS)) << (power - STEP_BITS);
    return low + (1L << (power - STEP_BITS)) - 1;
  }

  private long quantile(double share) {
    long rank = (long) Math.ceil(share * count);
    long seen = 0;
    for (int i = 0; i < bars.length; i++) {
      seen += bars[i];
      if (seen >= rank && seen > 0) {
        return Math.min(max, top(i));
      }
    }
    return max;
  }

  RunResult.Latency latency() {
    List<Bar> filled = new ArrayList<>();
    for (int i = 0; i < bars.length; i += BAR) {
      long sum = 0;
      for (int j = i; j < i + BAR; j++) {
        sum += bars[j];
      }
      if (sum > 0) {
        filled.add(new Bar(top(i + BAR - 1), sum));
      }
    }
    return new RunResult.Latency(count, quantile(0.5), quantile(0.95), quantile(0.99), max, filled);
  }

  /** Adds all of another. */
  void add(Distribution other) {
    for (int i = 0; i < bars.length; i++) {
      bars[i] += other.bars[i];
    }
    count += other.count;
    max = Math.max(max, other.max);
  }
}
