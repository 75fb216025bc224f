package dev.holdfast.gateway.config;

import java.time.Duration;

/**
 * How far the wall clock is believed.
 *
 * @param assumedError how far the system's clock is off as a rule; default 100ms. State what your
 *     time synchronisation guarantees: too small a value opens contacts too early or too late
 *     without a warning
 * @param maxError beyond this error bound the wall clock is not trusted; default 10s. Lower:
 *     contacts and expiry by creation time stop sooner after a step of the clock. Higher: they go
 *     on with a clock that is off by that much
 * @param acceptStepAfter how long after a step of the wall clock the new time is believed; default
 *     10m. Shorter: contacts open again sooner after a correction. Longer: a wrong correction has
 *     more time to be undone
 */
public record ClockConfig(Duration assumedError, Duration maxError, Duration acceptStepAfter) {}
