package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.TrafficClass;

/**
 * A bundle that the demo means to send.
 *
 * @param number from 1, in order of sending
 * @param from who sends it
 * @param to who gets it
 * @param trafficClass its class
 * @param size payload bytes
 * @param seed what the payload is made from
 * @param dueSeconds when to send it, in seconds of the plan after its epoch
 */
record Consignment(
    int number,
    Site from,
    Site to,
    TrafficClass trafficClass,
    long size,
    long seed,
    double dueSeconds) {}
