package dev.holdfast.custody;

import dev.holdfast.bpv7.TrafficClass;

/**
 * How much waits in one class of one queue.
 *
 * @param queue the queue
 * @param trafficClass the class
 * @param bundles how many bundles
 * @param bytes their total length
 */
public record QueueCount(QueueKey queue, TrafficClass trafficClass, long bundles, long bytes) {}
