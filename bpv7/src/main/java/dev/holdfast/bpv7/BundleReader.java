package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;
import java.util.Optional;

/**
 * Bundles from bytes that are all there (RFC 9171 §4). Nothing is copied: the blocks and the
 * payload share the bytes they were read from.
 *
 * <p>Whatever the bytes are, the answer is a value; nothing is thrown. Any thread.
 */
public final class BundleReader {
  private BundleReader() {}

  /** The bundle that {@code encoded} is, no byte more or less. */
  public static Decoded<Bundle> read(Octets encoded, ReadOptions options) {
    HeadReader headReader = new HeadReader(options);
    try {
      BundleHead head = headReader.read(encoded);
      int payloadFrom = headReader.size();
      int trailerLength = PayloadEnd.length(head.payload(), headReader.endsWithBreak());
      long end = payloadFrom + head.payload().length() + trailerLength;
      if (end > encoded.size()) {
        throw new WireException(
            encoded.size(),
            "RFC 9171 §4.1",
            "the input ends here; the bundle has " + end + " bytes");
      }
      int payloadTo = payloadFrom + (int) head.payload().length();
      Octets payload = encoded.slice(payloadFrom, payloadTo);
      Octets trailer = PayloadCrc.of(head.payload()).update(payload).trailer();
      PayloadEnd.check(encoded.slice(payloadTo, (int) end), trailer, payloadTo);
      if (end < encoded.size()) {
        throw afterTheEnd(end);
      }
      return new Decoded.Valid<>(new Bundle(head, payload, trailer));
    } catch (WireException fault) {
      return invalid(fault, headReader.primary());
    }
  }

  /**
   * The head that {@code encoded} is, as {@link BundleHead#encoded()} gave it to a store: every
   * leniency holds, since the bundle was accepted before.
   */
  public static Decoded<BundleHead> readHead(Octets encoded) {
    return readHead(encoded, ReadOptions.STORED);
  }

  /** The head that {@code encoded} is, from the outer array through the head of the payload. */
  public static Decoded<BundleHead> readHead(Octets encoded, ReadOptions options) {
    HeadReader headReader = new HeadReader(options);
    try {
      BundleHead head = headReader.read(encoded);
      if (headReader.size() < encoded.size()) {
        throw new WireException(
            headReader.size(), "RFC 9171 §4.3.3", "bytes follow the head of the payload");
      }
      return new Decoded.Valid<>(head);
    } catch (WireException fault) {
      return invalid(fault, headReader.primary());
    }
  }

  static WireException afterTheEnd(long end) {
    return new WireException(end, "RFC 9171 §4.1", "bytes follow the end of the bundle");
  }

  private static <T> Decoded<T> invalid(WireException fault, Optional<PrimaryBlock> primary) {
    return new Decoded.Invalid<>(fault(fault), primary);
  }

  static Fault fault(WireException fault) {
    return new Fault(fault.offset(), fault.section(), fault.reason());
  }
}
