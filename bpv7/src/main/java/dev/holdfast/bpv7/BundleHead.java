package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;
import java.util.Optional;

/**
 * A bundle without its payload bytes: all that a node needs to decide about it.
 *
 * <p>The payload is the last block (RFC 9171 §4.1), so the head is also the leading bytes of the
 * bundle: from the start of the outer array through the head of the payload's byte string. What
 * follows is the payload itself and a trailer (the payload block's CRC if it has one, then the end
 * of the array).
 *
 * @param primary the primary block
 * @param extensions the extension blocks in their order, each with its bytes
 * @param payload the payload block without its data
 * @param encoded the leading bytes of the bundle up to the payload data
 */
public record BundleHead(
    PrimaryBlock primary, List<Extension> extensions, PayloadHeader payload, Octets encoded) {
  /** Keeps an unmodifiable copy of the list. */
  public BundleHead {
    extensions = List.copyOf(extensions);
  }

  /**
   * An extension block and its bytes, so that what is not changed is forwarded verbatim.
   *
   * @param block the block
   * @param encoded its bytes, CRC included
   */
  public record Extension(CanonicalBlock block, Octets encoded) {}

  /**
   * The payload block without its data.
   *
   * @param flags block processing control flags
   * @param crc checksum type
   * @param length payload length in bytes
   * @param encoded the block's bytes up to the payload data
   */
  public record PayloadHeader(BlockFlags flags, CrcType crc, long length, Octets encoded) {
    /** Bytes after the payload: CRC field (with its head) and the break of the outer array. */
    public int trailerLength() {
      return (crc == CrcType.NONE ? 0 : 1 + crc.width()) + 1;
    }
  }

  /** The bundle's identity (§4.2.7). */
  public BundleId id() {
    return new BundleId(
        primary.source(),
        primary.created(),
        primary.fragment().map(f -> new BundleId.Extent(f.offset(), payload.length())));
  }

  /** Length of the whole bundle in bytes. */
  public long bundleLength() {
    return encoded.size() + payload.length() + payload.trailerLength();
  }

  /** The first extension block of a kind. */
  public <B extends CanonicalBlock> Optional<B> first(Class<B> kind) {
    for (Extension extension : extensions) {
      if (kind.isInstance(extension.block())) {
        return Optional.of(kind.cast(extension.block()));
      }
    }
    return Optional.empty();
  }
}
