package dev.holdfast.gateway.link.stream;

import dev.holdfast.bpv7.PayloadCrc;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.gateway.link.Outbound;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a bundle on its way out, in order: head, payload, trailer. What is in memory comes
 * at once, the rest piece by piece. One thread at a time.
 */
public final class OutboundBytes {
  private final Outbound bundle;
  private final long payloadLength;
  private final PayloadCrc crc;
  private long position;

  /** The bytes of that bundle from its start. */
  public OutboundBytes(Outbound bundle) {
    this.bundle = bundle;
    this.payloadLength = bundle.head().payload().length();
    this.crc = PayloadCrc.of(bundle.head().payload());
  }

  /** Length of the whole bundle in bytes. */
  public long length() {
    return bundle.head().bundleLength();
  }

  /** The leading bytes that are in memory: all of them, or the head alone. */
  public List<Octets> first() {
    return switch (bundle.payload()) {
      case Outbound.Source.Whole(Octets bytes) ->
          List.of(bundle.head().encoded(), bytes, trailer(Optional.of(bytes)));
      case Outbound.Source.Streamed _ -> List.of(bundle.head().encoded());
    };
  }

  /**
   * The next bytes after those given so far; empty if the bundle is gone. Reads the store: on a
   * platform thread.
   *
   * @param most at most this many, at least 1
   */
  public Optional<Octets> next(int most) {
    if (position >= payloadLength) {
      return Optional.of(end(most));
    }
    return switch (bundle.payload()) {
      case Outbound.Source.Whole _ -> Optional.empty();
      case Outbound.Source.Streamed(Outbound.Reader reader) -> {
        int wanted = (int) Math.min(most, payloadLength - position);
        Optional<Octets> read = reader.read(position, wanted).filter(octets -> !octets.isEmpty());
        read.ifPresent(this::passed);
        yield read;
      }
    };
  }

  private void passed(Octets octets) {
    position += octets.size();
    if (bundle.trailer().isEmpty()) {
      crc.update(octets);
    }
  }

  /** The trailer, in more than one piece if it does not fit what is asked for. */
  private Octets end(int most) {
    Octets trailer = trailer(Optional.empty());
    int from = (int) (position - payloadLength);
    int to = Math.min(trailer.size(), from + most);
    position += to - from;
    return trailer.slice(from, to);
  }

  private Octets trailer(Optional<Octets> payload) {
    if (bundle.trailer().isPresent()) {
      return bundle.trailer().get();
    }
    payload.ifPresent(crc::update);
    return crc.trailer();
  }
}
