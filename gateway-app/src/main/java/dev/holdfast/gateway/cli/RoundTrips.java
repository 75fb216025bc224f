package dev.holdfast.gateway.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Round trip times, and what they amount to. */
final class RoundTrips {
  private final List<Long> nanos = new ArrayList<>();

  void add(long roundTripNanos) {
    nanos.add(roundTripNanos);
    Collections.sort(nanos);
  }

  int count() {
    return nanos.size();
  }

  double minMillis() {
    return nanos.getFirst() / 1e6;
  }

  double maxMillis() {
    return nanos.getLast() / 1e6;
  }

  double averageMillis() {
    return nanos.stream().mapToLong(Long::longValue).average().orElse(0) / 1e6;
  }

  /**
   * The smallest time that a share of all are not above.
   *
   * @param share above 0 up to 1
   */
  double millisOf(double share) {
    int rank = (int) Math.ceil(share * nanos.size());
    return nanos.get(Math.max(1, rank) - 1) / 1e6;
  }
}
