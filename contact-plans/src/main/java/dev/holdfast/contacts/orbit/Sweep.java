package dev.holdfast.contacts.orbit;

import dev.holdfast.contacts.orbit.Motion.Fix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Finds all windows of many sights by going through time once in steps.
 *
 * <p>The places of nodes are worked out once a step, a few steps at a time, and shared by all
 * sights between nodes of one body; so a constellation of hundreds costs little more than its
 * pairs. The step is a small part of the shortest period, and what is shorter is found from the
 * bend of the samples ({@link Scan}).
 */
final class Sweep {
  private static final int STEPS_AT_ONCE = 128;

  /** Steps in a revolution of the quicker of two nodes. */
  private static final double STEPS_IN_A_PERIOD = 240;

  private static final double SHORTEST_STEP = 5;
  private static final double LONGEST_STEP = 1800;

  private final double duration;
  private final LongConsumer progress;

  /**
   * A sweep.
   *
   * @param duration seconds
   * @param progress told how many samples were taken since it was told before
   */
  Sweep(double duration, LongConsumer progress) {
    this.duration = duration;
    this.progress = progress;
  }

  /** The step for a sight, whole seconds. */
  static double step(Sight sight) {
    double period = Math.min(sight.from().period(), sight.to().period());
    return Math.floor(Math.clamp(period / STEPS_IN_A_PERIOD, SHORTEST_STEP, LONGEST_STEP));
  }

  /** How many samples a sight takes over the whole duration. */
  static long samples(Sight sight, double duration) {
    return (long) Math.ceil(duration / step(sight)) + 1;
  }

  /** The windows of each sight, in the order of the sights. */
  List<List<Window>> windows(List<Sight> sights) {
    List<Scan> scans = new ArrayList<>();
    Map<Double, List<Integer>> byStep = new LinkedHashMap<>();
    for (int i = 0; i < sights.size(); i++) {
      scans.add(new Scan(sights.get(i)::clearance));
      byStep.computeIfAbsent(step(sights.get(i)), _ -> new ArrayList<>()).add(i);
    }
    byStep.forEach((step, some) -> sweep(step, some, sights, scans));
    return scans.stream().map(Scan::windows).toList();
  }

  private void sweep(double step, List<Integer> some, List<Sight> sights, List<Scan> scans) {
    Map<Motion, Fix[]> places = new LinkedHashMap<>();
    for (int index : some) {
      Sight sight = sights.get(index);
      if (sight.isMutual()) {
        places.putIfAbsent(sight.from(), new Fix[STEPS_AT_ONCE]);
        places.putIfAbsent(sight.to(), new Fix[STEPS_AT_ONCE]);
      }
    }
    int steps = (int) Math.ceil(duration / step) + 1;
    for (int done = 0; done < steps; done += STEPS_AT_ONCE) {
      double[] times = new double[Math.min(STEPS_AT_ONCE, steps - done)];
      for (int k = 0; k < times.length; k++) {
        times[k] = Math.min(duration, (done + k) * step);
        for (Map.Entry<Motion, Fix[]> place : places.entrySet()) {
          place.getValue()[k] = place.getKey().at(times[k]);
        }
      }
      for (int index : some) {
        sample(sights.get(index), scans.get(index), times, places);
      }
      progress.accept((long) times.length * some.size());
    }
  }

  private static void sample(Sight sight, Scan scan, double[] times, Map<Motion, Fix[]> places) {
    Fix[] a = places.get(sight.from());
    Fix[] b = places.get(sight.to());
    for (int k = 0; k < times.length; k++) {
      double value =
          sight.isMutual() && a != null && b != null
              ? sight.clearance(times[k], a[k], b[k])
              : sight.clearance(times[k]);
      scan.next(times[k], value);
    }
  }
}
