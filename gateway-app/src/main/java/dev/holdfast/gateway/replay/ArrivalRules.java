package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import java.util.Optional;

/** The rules on what arrives: no more hops than allowed, and an age that is about the truth. */
final class ArrivalRules extends Watch {
  static final String HOPS = "hop-limit";
  static final String AGE = "age";

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long SLACK_NANOS = 5_000_000_000L;
  private static final long DRIFT_SHARE = 5_000;

  private final SimWorld world;
  private final Ledger ledger;
  private final long longestWay;

  /**
   * The rules.
   *
   * @param longestWay longest time from one node to the next, in nanoseconds
   */
  ArrivalRules(SimWorld world, Ledger ledger, long longestWay) {
    this.world = world;
    this.ledger = ledger;
    this.longestWay = longestWay;
  }

  @Override
  public void arriving(SimNode node, LinkEvent.Arrived arrived) {
    arrived
        .head()
        .first(CanonicalBlock.HopCount.class)
        .filter(hops -> hops.count() > hops.limit())
        .ifPresent(
            hops -> {
              throw new Violation(
                  HOPS,
                  arrived.head().id()
                      + " came to "
                      + node.name()
                      + " after "
                      + hops.count()
                      + " hops, at most "
                      + hops.limit()
                      + " are allowed");
            });
    ledger
        .track(arrived.head().id())
        .filter(track -> track.steady)
        .ifPresent(track -> age(node, arrived, track));
  }

  /** The age that a bundle shows is about the time since it was made, but for what it flew. */
  private void age(SimNode node, LinkEvent.Arrived arrived, Track track) {
    Optional<CanonicalBlock.BundleAge> age = arrived.head().first(CanonicalBlock.BundleAge.class);
    if (age.isEmpty()) {
      return;
    }
    long hops = arrived.head().first(CanonicalBlock.HopCount.class).map(h -> h.count()).orElse(64L);
    long since = world.nanos() - track.createdNanos;
    long slack = SLACK_NANOS + since / DRIFT_SHARE + (hops + 1) * longestWay;
    if (Math.clamp(age.get().millis(), 0, Long.MAX_VALUE / NANOS_PER_MILLI) * NANOS_PER_MILLI
        < since - slack) {
      throw new Violation(
          AGE,
          track.id
              + " came to "
              + node.name()
              + " with an age of "
              + age.get().millis()
              + " ms, "
              + since / NANOS_PER_MILLI
              + " ms after it was made");
    }
  }
}
