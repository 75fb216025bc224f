package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.gateway.replay.Track.Fate;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the bundles of applications: each by its number in a byte, for runs of millions,
 * and how many of each class came to which end.
 */
final class Fates {
  private static final Fate[] ALL = Fate.values();

  private final Map<TrafficClass, long[]> counts = new EnumMap<>(TrafficClass.class);
  private final Map<TrafficClass, Distribution> latencies = new EnumMap<>(TrafficClass.class);
  private byte[] fates = new byte[1024];

  Fate of(long number) {
    return number < fates.length ? ALL[fates[(int) number]] : Fate.OPEN;
  }

  /** A bundle was made. */
  void begin(Track track) {
    count(track, Fate.OPEN, 1);
  }

  /** A bundle came to its end. */
  void end(Track track, Fate fate, long nowNanos) {
    if (track.number >= fates.length) {
      fates = Arrays.copyOf(fates, (int) Math.max(track.number + 1, 2L * fates.length));
    }
    fates[(int) track.number] = (byte) index(fate);
    count(track, Fate.OPEN, -1);
    count(track, fate, 1);
    if (fate == Fate.DELIVERED) {
      latencies
          .computeIfAbsent(track.trafficClass, c -> new Distribution())
          .add(nowNanos - track.createdNanos);
    }
  }

  private void count(Track track, Fate fate, long more) {
    counts.computeIfAbsent(track.trafficClass, c -> new long[ALL.length])[index(fate)] += more;
  }

  private static int index(Fate fate) {
    return Arrays.asList(ALL).indexOf(fate);
  }

  /** How many bundles came to that end, of one class or of all. */
  long count(Fate fate, Optional<TrafficClass> of) {
    long sum = 0;
    for (Map.Entry<TrafficClass, long[]> entry : counts.entrySet()) {
      if (of.map(entry.getKey()::equals).orElse(true)) {
        sum += entry.getValue()[index(fate)];
      }
    }
    return sum;
  }

  /** How many bundles were made, of one class or of all. */
  long created(Optional<TrafficClass> of) {
    long sum = 0;
    for (Fate fate : ALL) {
      sum += count(fate, of);
    }
    return sum;
  }

  /** What share of the bundles made came to that end. */
  double share(Fate fate, Optional<TrafficClass> of) {
    return (double) count(fate, of) / created(of);
  }

  /** How long deliveries took. */
  Map<TrafficClass, Distribution> latencies() {
    return latencies;
  }
}
