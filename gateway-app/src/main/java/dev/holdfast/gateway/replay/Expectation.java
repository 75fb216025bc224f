package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.TrafficClass;
import java.util.Optional;

/**
 * What a run must come to.
 *
 * @param metric what is looked at
 * @param trafficClass only bundles of that class; empty for all
 * @param node only that node, where the metric is one of nodes
 * @param atLeast whether the value is the least allowed, instead of the most
 * @param value in the metric's unit
 * @param text as it was written
 */
public record Expectation(
    Metric metric,
    Optional<TrafficClass> trafficClass,
    Optional<String> node,
    boolean atLeast,
    double value,
    String text) {

  /** What can be looked at. */
  public enum Metric {
    /** Share of the bundles made that were delivered, 0..1. */
    DELIVERED,
    /** Share of the bundles made whose lifetime ended first, 0..1. */
    EXPIRED,
    /** Half of the deliveries took at most this long, in seconds. */
    LATENCY_P50,
    /** 95 of 100 deliveries took at most this long, in seconds. */
    LATENCY_P95,
    /** 99 of 100 deliveries took at most this long, in seconds. */
    LATENCY_P99,
    /** The longest delivery, in seconds. */
    LATENCY_MAX,
    /** Most bytes that a node held at a time. */
    HELD_BYTES,
    /** Most bundles that a node held at a time. */
    HELD_BUNDLES,
    /** Transfers begun per bundle delivered. */
    TRANSFERS_PER_DELIVERY,
    /** Bundles that an application was handed more than once. */
    REPETITIONS
  }

  /**
   * Whether it came true.
   *
   * @param expectation the expectation
   * @param actual what came of it
   * @param met whether that is enough
   */
  public record Verdict(Expectation expectation, double actual, boolean met) {}

  /** The verdict on {@code actual}; what is not a number is not enough. */
  public Verdict judge(double actual) {
    return new Verdict(this, actual, atLeast ? actual >= value : actual <= value);
  }
}
