package dev.holdfast.gateway.bench;

import java.util.Arrays;
import java.util.List;

/** Figures of one kind, in the order they were taken; grows up to a limit. One thread at a time. */
final class Samples {
  private static final int FIRST = 1024;

  private final int limit;
  private double[] values = new double[FIRST];
  private int size;

  /** Keeps at most {@code limit} figures; what comes later is not kept. */
  Samples(int limit) {
    this.limit = limit;
  }

  static Samples of(List<Double> figures) {
    var samples = new Samples(Math.max(1, figures.size()));
    figures.forEach(samples::add);
    return samples;
  }

  void add(double value) {
    if (size == limit) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.min(limit, 2 * size));
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  double median() {
    return quantile(0.5);
  }

  /**
   * The figure below which that part of all lies, between neighbours by straight line; not a number
   * if there are none.
   */
  double quantile(double part) {
    if (size == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    double place = part * (size - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, size - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  double min() {
    return quantile(0);
  }

  double max() {
    return quantile(1);
  }
}
