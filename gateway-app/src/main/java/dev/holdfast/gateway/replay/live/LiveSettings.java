package dev.holdfast.gateway.replay.live;

import dev.holdfast.gateway.config.HostPort;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a capture is replayed in real time.
 *
 * @param connect where the gateway is; empty if it comes to all its neighbours
 * @param listen where it comes to its neighbours, by their names
 * @param speed how many times as fast as it was, above 0
 * @param margin how long it is waited for what crossed then, after the time when it had
 */
public record LiveSettings(
    Optional<HostPort> connect, SortedMap<String, HostPort> listen, double speed, Duration margin) {
  /** Fastest: beyond it everything is due at once. */
  public static final double MOST_SPEED = 1e6;

  /** Slowest: a second takes a quarter of an hour. */
  public static final double LEAST_SPEED = 1e-3;

  /** Checks the range; keeps its own copy. */
  public LiveSettings {
    if (!(speed >= LEAST_SPEED && speed <= MOST_SPEED)) {
      throw new IllegalArgumentException("a speed is from 0.001 to 1000000: " + speed);
    }
    listen = Collections.unmodifiableSortedMap(new TreeMap<>(listen));
  }
}
