package dev.holdfast.contacts.orbit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Finds from samples when a clearance is above zero: where its sign changes by bisection, and where
 * it may have been above or below zero between two samples by looking at the turning point.
 */
final class Scan {
  private static final double EDGE_SECONDS = 0.02;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int LOOKS = 24;

  private final DoubleUnaryOperator clearance;
  private final List<Window> windows = new ArrayList<>();
  private int samples;
  private double timeBefore;
  private double time;
  private double before;
  private double last;
  private double openedAt;

  Scan(DoubleUnaryOperator clearance) {
    this.clearance = clearance;
  }

  /** The next sample, later than the one before. */
  void next(double at, double value) {
    if (samples == 0) {
      openedAt = at;
    } else if (value > 0 != last > 0) {
      change(edge(time, at));
    } else if (samples > 1 && before > 0 == last > 0 && mayHaveCrossed(value)) {
      lookBetween(timeBefore, at);
    }
    samples++;
    timeBefore = time;
    time = at;
    before = last;
    last = value;
    if (samples == 1) {
      openedAt = at;
    }
  }

  /** The windows found; one that is still open ends with the last sample. */
  List<Window> windows() {
    List<Window> all = new ArrayList<>(windows);
    if (samples > 1 && last > 0 && openedAt < time) {
      all.add(new Window(openedAt, time));
    }
    return all;
  }

  private void change(double at) {
    if (last > 0) {
      windows.add(new Window(openedAt, at));
    } else {
      openedAt = at;
    }
  }

  /** Whether three samples on one side of zero bend so far to it that a peak may lie beyond. */
  private boolean mayHaveCrossed(double value) {
    double bend = before - 2 * last + value;
    double side = last > 0 ? 1 : -1;
    boolean turns = side * (last - before) <= 0 && side * (value - last) >= 0;
    double peak = last - (value - before) * (value - before) / (8 * bend);
    return turns && bend != 0 && side * peak < Math.abs(bend) / 2;
  }

  /** Narrows down the turning point until it is across zero, or is found not to be. */
  private void lookBetween(double from, double to) {
    double side = last > 0 ? 1 : -1;
    double low = from;
    double high = to;
    for (int i = 0; i < LOOKS && high - low > EDGE_SECONDS; i++) {
      double first = high - GOLDEN * (high - low);
      double second = low + GOLDEN * (high - low);
      double atFirst = side * clearance.applyAsDouble(first);
      double atSecond = side * clearance.applyAsDouble(second);
      double best = atFirst < atSecond ? first : second;
      if (Math.min(atFirst, atSecond) < 0) {
        crossed(from, best, to);
        return;
      }
      if (atFirst < atSecond) {
        high = second;
      } else {
        low = first;
      }
    }
  }

  private void crossed(double from, double across, double to) {
    double out = edge(from, across);
    double back = edge(across, to);
    if (last > 0) {
      windows.add(new Window(openedAt, out));
      openedAt = back;
    } else if (out < back) {
      windows.add(new Window(out, back));
    }
  }

  /** Where the sign changes between two instants. */
  private double edge(double from, double to) {
    double low = from;
    double high = to;
    boolean open = clearance.applyAsDouble(low) > 0;
    while (high - low > EDGE_SECONDS) {
      double middle = (low + high) / 2;
      if (clearance.applyAsDouble(middle) > 0 == open) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
