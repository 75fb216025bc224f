package dev.holdfast.gateway.plan;

/**
 * A plan that was in force once, or is.
 *
 * @param version its number
 * @param since when it came into force, as a date
 * @param source where it came from, for people
 * @param difference what it said otherwise than the one before, in a few words
 * @param contacts how many contacts it has
 */
public record PlanVersion(
    long version, String since, String source, String difference, int contacts) {}
