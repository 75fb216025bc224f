package dev.holdfast.gateway.opportunistic;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BlockHeader;
import dev.holdfast.bpv7.BundleEditor;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.CanonicalBlock;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.wire.CborReader;
import dev.holdfast.bpv7.wire.CborWriter;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.WireException;

/**
 * How many copies of a bundle its holder may still give away, itself included: an extension block
 * of the private range with one unsigned integer, as dtn7-go has it. Pure.
 */
public final class SprayBlock {
  /** Block type code. */
  public static final long TYPE = 192;

  /** More copies than any network needs; larger numbers count as this. */
  public static final int MOST_COPIES = 1 << 20;

  private SprayBlock() {}

  /** The copies that a bundle's block tells; 0 without a block, or with one that tells nothing. */
  public static int copies(BundleHead head) {
    for (BundleHead.Extension extension : head.extensions()) {
      if (extension.block() instanceof CanonicalBlock.Unknown(_, long type, Octets data)
          && type == TYPE) {
        return copies(data);
      }
    }
    return 0;
  }

  private static int copies(Octets data) {
    CborReader reader = new CborReader(data, CborReader.Form.ANY_WIDTH);
    try {
      long copies = reader.unsigned();
      reader.expectEnd();
      return Long.compareUnsigned(copies, MOST_COPIES) > 0 ? MOST_COPIES : (int) copies;
    } catch (WireException unreadable) {
      return 0;
    }
  }

  /** The head with a block that tells that many copies, in place of one that is there. */
  public static BundleHead with(BundleHead head, int copies) {
    BlockHeader header =
        new BlockHeader(BundleEditor.freeNumber(head), BlockFlags.NONE, CrcType.NONE);
    BundleHead without = head;
    for (BundleHead.Extension extension : head.extensions()) {
      if (extension.block().type() == TYPE) {
        header = extension.block().header();
        without = BundleEditor.without(without, header.number());
      }
    }
    Octets data = new CborWriter(9).unsigned(copies).finish();
    return BundleEditor.with(without, new CanonicalBlock.Unknown(header, TYPE, data));
  }
}
