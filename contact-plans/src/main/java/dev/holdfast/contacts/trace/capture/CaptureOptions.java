package dev.holdfast.contacts.trace.capture;

import dev.holdfast.contacts.trace.TraceLimits;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How to read a capture.
 *
 * @param layer what connections are understood as
 * @param port one of a connection's two ports must be this one; empty: any connection is looked at
 * @param names node names of addresses, {@code 10.0.0.1} or {@code 10.0.0.1:4556}; an address with
 *     a port goes before one without. For nodes that do not say who they are
 * @param binNanos over which time a rate is measured, at least a millisecond
 * @param traceLimits what the trace may need
 * @param limits what the reading may need
 */
public record CaptureOptions(
    CaptureLayer layer,
    OptionalInt port,
    SortedMap<String, String> names,
    long binNanos,
    TraceLimits traceLimits,
    CaptureLimits limits) {
  /** Any connection, guessed, rates over a second, the default limits. */
  public static final CaptureOptions DEFAULT =
      new CaptureOptions(
          CaptureLayer.GUESS,
          OptionalInt.empty(),
          Collections.emptySortedMap(),
          1_000_000_000L,
          TraceLimits.DEFAULT,
          CaptureLimits.DEFAULT);

  /** Keeps its own copy of the names. */
  public CaptureOptions {
    if (binNanos < 1_000_000L || binNanos > 86_400_000_000_000L) {
      throw new IllegalArgumentException("a rate is measured over 1 ms up to a day");
    }
    names = Collections.unmodifiableSortedMap(new TreeMap<>(names));
  }

  /** The same for another layer. */
  public CaptureOptions withLayer(CaptureLayer newLayer) {
    return new CaptureOptions(newLayer, port, names, binNanos, traceLimits, limits);
  }

  /** The same for connections of one port. */
  public CaptureOptions withPort(int newPort) {
    return new CaptureOptions(layer, OptionalInt.of(newPort), names, binNanos, traceLimits, limits);
  }

  /** The same with names for addresses. */
  public CaptureOptions withNames(Map<String, String> newNames) {
    return new CaptureOptions(layer, port, new TreeMap<>(newNames), binNanos, traceLimits, limits);
  }

  /** The same with rates measured over another time. */
  public CaptureOptions withBin(long nanos) {
    return new CaptureOptions(layer, port, names, nanos, traceLimits, limits);
  }

  /** The same with other limits of the reading. */
  public CaptureOptions withLimits(CaptureLimits newLimits) {
    return new CaptureOptions(layer, port, names, binNanos, traceLimits, newLimits);
  }
}
