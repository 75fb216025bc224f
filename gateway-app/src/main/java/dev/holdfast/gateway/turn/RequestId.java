package dev.holdfast.gateway.turn;

/**
 * The edge's number for a request that waits for an answer.
 *
 * @param number the number
 */
public record RequestId(long number) {}
