package dev.holdfast.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The contact plan.
 *
 * @param file the plan; relative to the configuration file. Read at the start and at each reload; a
 *     plan with an error is refused and the old one stays in force
 * @param format how it is written; default {@code auto}, which tells by the content
 * @param epoch what relative times in it count from: an instant such as {@code
 *     2026-01-01T00:00:00Z}, or {@code start} (the default) for the moment this gateway started.
 *     Two gateways with {@code start} agree about a plan only if they start together
 * @param keepVersions how many plans that were in force are kept, to look at and to go back to;
 *     default 20, from 1 to 1000. Each takes what the plan takes as text on disk
 * @param horizon how long before its last contact of this node ends the plan is said to run out;
 *     default 24h, 0s for never. Higher: more time to get a new plan, and an alarm that stays on
 *     where plans are short
 */
public record PlanConfig(
    Path file, Format format, Optional<Instant> epoch, int keepVersions, Duration horizon) {
  /** Versions kept unless the configuration says otherwise. */
  public static final int DEFAULT_VERSIONS = 20;

  /** How a plan is written. */
  public enum Format {
    /** Told by the content. */
    AUTO,
    /** ION's administration commands: {@code a contact}, {@code a range}. */
    ION,
    /** HDTN's JSON. */
    HDTN,
    /** The JSON of dtn-tvg-util. */
    TVGUTIL,
    /** Comma-separated values. */
    CSV,
    /** A-SABR's text. */
    ASABR,
    /** A contact plan of the CORE emulator. */
    CCM,
    /** Holdfast's own YAML, for people. */
    YAML
  }
}
