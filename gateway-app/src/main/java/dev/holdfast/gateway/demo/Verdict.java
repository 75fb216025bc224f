package dev.holdfast.gateway.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run kept the promise.
 *
 * @param sent bundles that a gateway took
 * @param delivered of those, delivered at least once
 * @param duplicatesDelivered deliveries beyond a bundle's first
 * @param deliveredAgain bundles delivered again after their acknowledgement
 * @param altered bundles delivered otherwise than sent
 * @param lost bundles neither delivered nor expired
 * @param expired bundles that expired undelivered
 * @param strangers bundles delivered that nobody sent
 */
record Verdict(
    int sent,
    int delivered,
    int duplicatesDelivered,
    int deliveredAgain,
    int altered,
    int lost,
    int expired,
    int strangers) {

  /** The verdict on these bundles, as if the run ended now. */
  static Verdict on(List<Passage> passages) {
    List<Passage> known = passages.stream().filter(p -> p.sent().isPresent()).toList();
    return new Verdict(
        known.size(),
        count(known.stream().filter(Passage::isDelivered).count()),
        passages.stream().mapToInt(p -> Math.max(0, p.deliveries().size() - 1)).sum(),
        count(passages.stream().filter(Passage::isDeliveredAgain).count()),
        count(known.stream().filter(Passage::isAltered).count()),
        count(known.stream().filter(p -> !p.isDelivered() && !p.expired()).count()),
        count(known.stream().filter(p -> !p.isDelivered() && p.expired()).count()),
        passages.size() - known.size());
  }

  private static int count(long number) {
    return Math.toIntExact(number);
  }

  /**
   * Whether everything that was sent came through unaltered, and nothing after its acknowledgement.
   */
  boolean isKept() {
    return broken().isEmpty();
  }

  /** What went wrong, one sentence each; empty if nothing did. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    if (sent == 0) {
      broken.add("nothing was sent");
    }
    add(broken, lost, "lost");
    add(broken, altered, "altered: the SHA-256 delivered is not the one sent");
    add(broken, deliveredAgain, "delivered again after the acknowledgement");
    add(broken, expired, "expired");
    add(broken, strangers, "delivered that nobody sent");
    return broken;
  }

  private static void add(List<String> broken, int count, String what) {
    if (count > 0) {
      broken.add((count == 1 ? "1 bundle was " : count + " bundles were ") + what);
    }
  }
}
