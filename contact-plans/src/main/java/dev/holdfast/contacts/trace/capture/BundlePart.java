package dev.holdfast.contacts.trace.capture;

import dev.holdfast.bpv7.wire.Octets;

/**
 * Of a bundle that crossed a link in a capture. The parts of several bundles may come mixed; those
 * of one have its number and come in order, {@link Begun} first and {@link Whole} or {@link Broken}
 * last. Nothing is gathered, so a bundle of any length passes.
 */
public sealed interface BundlePart {
  /**
   * Which bundle: they are counted from 1 in the order in which they began, and the {@code xfer}
   * events of the trace name them so.
   */
  long number();

  /**
   * A bundle begins.
   *
   * @param number of the bundle
   * @param from the sending node's name
   * @param to the receiving node's name
   * @param layer by which it crosses; not {@link CaptureLayer#GUESS}
   * @param nanos when, since the start of the trace
   */
  record Begun(long number, String from, String to, CaptureLayer layer, long nanos)
      implements BundlePart {}

  /**
   * The next bytes of the bundle.
   *
   * @param number of the bundle
   * @param octets at least one byte
   */
  record Data(long number, Octets octets) implements BundlePart {}

  /**
   * The bundle is all here.
   *
   * @param number of the bundle
   * @param nanos when its last byte was seen, since the start of the trace
   * @param bytes its length
   */
  record Whole(long number, long nanos, long bytes) implements BundlePart {}

  /**
   * The rest of the bundle was not seen.
   *
   * @param number of the bundle
   * @param nanos when that was found, since the start of the trace
   * @param why in a few words
   */
  record Broken(long number, long nanos, String why) implements BundlePart {}
}
