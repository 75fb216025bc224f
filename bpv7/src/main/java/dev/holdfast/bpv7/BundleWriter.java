package dev.holdfast.bpv7;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts bundles together from blocks, of which those that are bytes already stay as they are.
 *
 * <p>For a new bundle see {@link BundleBuilder}. Any thread.
 */
public final class BundleWriter {
  private static final Octets INDEFINITE_ARRAY = Octets.ofHex("9f");

  private BundleWriter() {}

  /** The head of a bundle of these blocks, all of them as their bytes stand. */
  public static BundleHead head(
      PrimaryBlock primary, List<Extension> extensions, PayloadHeader payload) {
    List<Octets> parts = new ArrayList<>(extensions.size() + 3);
    parts.add(INDEFINITE_ARRAY);
    parts.add(primary.encoded());
    for (Extension extension : extensions) {
      parts.add(extension.encoded());
    }
    parts.add(payload.encoded());
    return new BundleHead(primary, extensions, payload, Octets.concat(parts));
  }

  /** A payload block up to its data (RFC 9171 §4.3.3). */
  public static PayloadHeader payloadHeader(BlockFlags flags, CrcType crc, long length) {
    CborWriter writer = new CborWriter(16);
    writePayloadHeader(writer, flags, crc, length);
    return new PayloadHeader(flags, crc, length, writer.finish());
  }

  static void writePayloadHeader(CborWriter writer, BlockFlags flags, CrcType crc, long length) {
    writer
        .array(crc == CrcType.NONE ? 5 : 6)
        .unsigned(BlockType.PAYLOAD)
        .unsigned(1)
        .unsigned(flags.bits())
        .unsigned(crc.code())
        .bytesHead(length);
  }

  /** An extension block as its bytes, CRC included. */
  public static Extension extension(CanonicalBlock block) {
    return ExtensionBlockCodec.encoded(block);
  }

  /** The block-type-specific data of an extension block (RFC 9171 §4.3.2). */
  public static Octets data(CanonicalBlock block) {
    return ExtensionBlockCodec.data(block);
  }

  /**
   * The primary block of a fragment of a bundle or, from that of a fragment, of the whole bundle:
   * written afresh, with the CRC type of {@code primary} (RFC 9171 §5.8, §5.9).
   *
   * @param primary the block to start from
   * @param fragment the new fragment's place; empty for the whole bundle
   */
  public static PrimaryBlock refragmented(PrimaryBlock primary, Optional<FragmentInfo> fragment) {
    BundleFlags flags =
        fragment.isPresent()
            ? primary.flags().with(BundleFlags.IS_FRAGMENT)
            : primary.flags().without(BundleFlags.IS_FRAGMENT);
    return PrimaryBlockCodec.encoded(
        new PrimaryBlock(
            flags,
            primary.crc(),
            primary.destination(),
            primary.source(),
            primary.reportTo(),
            primary.created(),
            primary.lifetime(),
            fragment,
            Octets.EMPTY));
  }

  /**
   * The whole bundle, the payload's CRC computed.
   *
   * @throws IllegalArgumentException if the payload has another length than the head says
   */
  public static Bundle bundle(BundleHead head, Octets payload) {
    if (payload.size() != head.payload().length()) {
      throw new IllegalArgumentException(
          "a payload of " + payload.size() + " bytes, the head says " + head.payload().length());
    }
    return new Bundle(head, payload, PayloadCrc.of(head.payload()).update(payload).trailer());
  }
}
