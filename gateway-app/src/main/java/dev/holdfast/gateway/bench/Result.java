package dev.holdfast.gateway.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One figure of the gateway, with what the machine can do beside it.
 *
 * @param suite which suite
 * @param name what was measured
 * @param unit in what
 * @param rounds one figure a round
 * @param floors what the machine did in the same rounds without a gateway
 * @param target what we aim at, if anything
 */
record Result(
    String suite,
    String name,
    String unit,
    List<Double> rounds,
    List<Floor> floors,
    Optional<Target> target) {

  /** Keeps unmodifiable copies. */
  Result {
    rounds = List.copyOf(rounds);
    floors = List.copyOf(floors);
  }

  /**
   * The same without a gateway.
   *
   * @param name what was done instead
   * @param rounds one figure a round, in the result's unit
   */
  record Floor(String name, List<Double> rounds) {
    Floor {
      rounds = List.copyOf(rounds);
    }

    double median() {
      return Samples.of(rounds).median();
    }
  }

  /**
   * What we aim at.
   *
   * @param text for people
   * @param met whether it is reached
   */
  record Target(String text, boolean met) {}

  double median() {
    return Samples.of(rounds).median();
  }

  /** The gateway's figure over the floor's, round by round, then the median of those. */
  double ratio(Floor floor) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < Math.min(rounds.size(), floor.rounds().size()); i++) {
      ratios.add(rounds.get(i) / floor.rounds().get(i));
    }
    return Samples.of(ratios).median();
  }

  /** The same with something to aim at. */
  Result aimingAt(String text, boolean met) {
    return new Result(suite, name, unit, rounds, floors, Optional.of(new Target(text, met)));
  }
}
