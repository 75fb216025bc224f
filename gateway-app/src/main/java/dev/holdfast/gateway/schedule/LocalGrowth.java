package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Flow;
import dev.holdfast.gateway.clock.Moment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * By how much what waits for applications of this node has grown of late, continued: they fetch
 * less than comes for them.
 */
final class LocalGrowth {
  private static final long STEPS = 256;
  private static final int MOST_SAMPLES = 4_096;

  private final long windowMillis;
  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long bootMillis, long bytes) {}

  LocalGrowth(long windowMillis) {
    this.windowMillis = windowMillis;
  }

  /** What goes on coming and is not fetched, if anything, as bundles that stay. */
  Optional<Flow> flow(NodeNumber self, long bytes, Moment now, DtnTime until) {
    long boot = now.bootMillis();
    while (!samples.isEmpty()
        && (samples.getFirst().bootMillis < boot - windowMillis
            || samples.size() >= MOST_SAMPLES)) {
      samples.removeFirst();
    }
    samples.add(new Sample(boot, bytes));
    Sample first = samples.getFirst();
    long grown = bytes - first.bytes;
    long over = boot - first.bootMillis;
    long ahead = until.since(now.wall());
    if (grown <= 0 || over <= 0 || ahead < STEPS) {
      return Optional.empty();
    }
    double step = (double) grown / over * ahead / STEPS;
    return Optional.of(
        new Flow(
            self,
            self,
            now.wall().plus(ahead / STEPS),
            ahead / STEPS,
            STEPS,
            Math.max(1, (long) step),
            TrafficClass.NORMAL,
            2 * ahead));
  }
}
