package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Outbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A bundle that leaves, all of it in memory.
 *
 * @param head everything before the payload
 * @param payload the payload
 * @param trailer everything after it
 */
record OutboundBundle(BundleHead head, Octets payload, Octets trailer) {
  private static final int PIECE = 1 << 20;

  /** Reads all of it; empty if it is gone from the store. */
  static Optional<OutboundBundle> of(Outbound bundle) {
    return switch (bundle.payload()) {
      case Outbound.Source.Whole(Octets bytes) -> Optional.of(of(bundle, bytes));
      case Outbound.Source.Streamed(Outbound.Reader reader) ->
          read(reader, bundle.head().payload().length()).map(bytes -> of(bundle, bytes));
    };
  }

  private static OutboundBundle of(Outbound bundle, Octets payload) {
    Octets trailer =
        bundle
            .trailer()
            .orElseGet(() -> PayloadCrc.of(bundle.head().payload()).update(payload).trailer());
    return new OutboundBundle(bundle.head(), payload, trailer);
  }

  private static Optional<Octets> read(Outbound.Reader reader, long length) {
    List<Octets> parts = new ArrayList<>();
    long at = 0;
    while (at < length) {
      Optional<Octets> part = reader.read(at, PIECE);
      if (part.isEmpty() || part.get().isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
      at += part.get().size();
    }
    return Optional.of(Octets.concat(parts));
  }

  /** How many bytes it has. */
  long size() {
    return (long) head.encoded().size() + payload.size() + trailer.size();
  }

  /** All its bytes. */
  Octets encoded() {
    return Octets.concat(List.of(head.encoded(), payload, trailer));
  }

  /** All its bytes, one bit of them wrong. */
  Octets flipped(long bit) {
    return flip(encoded(), bit);
  }

  /** The bytes with one bit wrong; which, follows from the number. */
  static Octets flip(Octets bytes, long bit) {
    byte[] copy = bytes.toByteArray();
    long which = Math.floorMod(bit, (long) copy.length * 8);
    copy[(int) (which / 8)] ^= (byte) (1 << (which % 8));
    return Octets.wrap(copy);
  }
}
