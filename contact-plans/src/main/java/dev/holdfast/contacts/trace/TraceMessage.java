package dev.holdfast.contacts.trace;

/**
 * Something that is to be sent, as {@link OneEvents} has it: traffic for a scenario.
 *
 * @param nanos when, in nanoseconds since the start of the trace
 * @param id what the trace calls it
 * @param from the name of the node that sends it
 * @param to the name of the node it is for
 * @param bytes its length
 */
public record TraceMessage(long nanos, String id, String from, String to, long bytes) {}
