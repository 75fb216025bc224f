package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;

/** A bundle to be sent, as its bytes. */
sealed interface Cargo {
  /** Length of the whole bundle in bytes. */
  long length();

  /**
   * All in memory.
   *
   * @param parts in their order
   */
  record Whole(List<Octets> parts) implements Cargo {
    /** Keeps an unmodifiable copy. */
    public Whole {
      parts = List.copyOf(parts);
    }

    @Override
    public long length() {
      return parts.stream().mapToLong(Octets::size).sum();
    }
  }

  /**
   * A payload that repeats one block, so that it can be as long as it likes.
   *
   * @param head bytes before the payload
   * @param block what the payload repeats
   * @param payloadLength how long the payload is
   * @param trailer bytes after it
   */
  record Repeated(Octets head, Octets block, long payloadLength, Octets trailer) implements Cargo {
    @Override
    public long length() {
      return head.size() + payloadLength + trailer.size();
    }

    /** Some bytes from {@code offset} on: at least one, at most {@code most}. */
    Octets at(long offset, int most) {
      if (offset < head.size()) {
        return part(head, (int) offset, most);
      }
      long inPayload = offset - head.size();
      if (inPayload < payloadLength) {
        int from = (int) (inPayload % block.size());
        return part(block, from, (int) Math.min(most, payloadLength - inPayload));
      }
      return part(trailer, (int) (inPayload - payloadLength), most);
    }

    private static Octets part(Octets octets, int from, int most) {
      return octets.slice(from, Math.min(octets.size(), from + most));
    }
  }
}
