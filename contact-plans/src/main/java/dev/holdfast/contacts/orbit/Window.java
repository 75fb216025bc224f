package dev.holdfast.contacts.orbit;

/**
 * A time in which a line of sight is free.
 *
 * @param start seconds after the start of the plan
 * @param end after {@code start}
 */
record Window(double start, double end) {}
