package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.gateway.sim.Channel;
import java.time.Duration;

/** A small network in which everything goes wrong, for the search for planted bugs. */
final class Region {
  private static final Scenario.Chaos CHAOS = new Scenario.Chaos(2, 8, 4, 3, 1, 0, 0.5);

  private Region() {}

  /** Three nodes in a line, ten days, contacts every other hour. */
  static Scenario troubled(long seed) {
    return new ScenarioBuilder("troubled region", Duration.ofDays(10))
        .seed(seed)
        .sync(Duration.ofMillis(2))
        .nodes("earth", "relay", "moon")
        .link("earth", "relay", "ideal", Channel.of(1_300, 10_000))
        .link("relay", "moon", "ideal", Channel.of(20, 5_000))
        .contacts("earth", "relay", Duration.ofHours(2), Duration.ofMinutes(50))
        .contacts(
            "relay",
            "moon",
            Duration.ofMinutes(20),
            Duration.ofMinutes(100),
            Duration.ofMinutes(30))
        .flow("earth", "moon", Duration.ofMinutes(3), 2_000)
        .flow("moon", "earth", Duration.ofMinutes(7), 60_000, TrafficClass.BULK)
        .flow("earth", "moon", Duration.ofHours(3), 6_000_000, TrafficClass.BULK)
        .flow("moon", "earth", Duration.ofMinutes(30), 300, TrafficClass.URGENT)
        .chaos(CHAOS)
        .build();
  }
}
