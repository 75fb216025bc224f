package dev.holdfast.bpv7;

import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.CanonicalBlock.BundleAge;
import dev.holdfast.bpv7.CanonicalBlock.HopCount;
import dev.holdfast.bpv7.CanonicalBlock.PreviousNode;
import dev.holdfast.bpv7.CanonicalBlock.Traffic;
import dev.holdfast.bpv7.CanonicalBlock.Unknown;
import dev.holdfast.bpv7.eid.Eid;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes extension blocks of a bundle on its way and leaves every other byte as it came: the
 * primary block, the other extension blocks, the payload and its checksum.
 *
 * <p>Pure; any thread.
 */
public final class BundleEditor {
  private static final long FIRST_EXTENSION = 2;

  private BundleEditor() {}

  /**
   * The head with which a bundle leaves (RFC 9171 §5.4 step 4): Previous Node names this node and
   * stands first, Bundle Age has grown, Hop Count has gone up by one; unknown blocks that are to be
   * discarded if not processed are gone (§5.6 step 4). A bundle without creation time and age,
   * which {@link Leniency#BUNDLE_AGE} lets pass, gets an age. Changed blocks keep number, flags and
   * CRC type. Age and hops stay at their greatest value once they reach it.
   */
  public static BundleHead forward(BundleHead head, ForwardEdit edit) {
    List<Extension> kept = new ArrayList<>(head.extensions().size() + 1);
    boolean named = false;
    for (Extension extension : head.extensions()) {
      switch (extension.block()) {
        case PreviousNode(BlockHeader header, Eid node) -> {
          named = true;
          kept.add(
              node.equals(edit.previousNode())
                  ? extension
                  : BundleWriter.extension(new PreviousNode(header, edit.previousNode())));
        }
        case BundleAge(BlockHeader header, long millis) ->
            kept.add(
                edit.addAgeMillis() == 0
                    ? extension
                    : BundleWriter.extension(
                        new BundleAge(header, plusSaturated(millis, edit.addAgeMillis()))));
        case HopCount(BlockHeader header, int limit, long count) ->
            kept.add(BundleWriter.extension(new HopCount(header, limit, plusSaturated(count, 1))));
        case Traffic _ -> kept.add(extension);
        case Unknown unknown -> {
          if (!isDiscarded(unknown, edit)) {
            kept.add(extension);
          }
        }
      }
    }
    if (!named && !hasType(kept, BlockType.PREVIOUS_NODE)) {
      BlockHeader header = new BlockHeader(freeNumber(head), BlockFlags.NONE, edit.insertedCrc());
      kept.addFirst(BundleWriter.extension(new PreviousNode(header, edit.previousNode())));
    }
    if (head.primary().created().time().isUnknown() && !hasType(kept, BlockType.BUNDLE_AGE)) {
      // It was accepted by leniency; with its age counted from here it is right (RFC 9171 §4.4.2).
      BlockHeader header =
          new BlockHeader(
              freeNumber(BundleWriter.head(head.primary(), kept, head.payload())),
              new BlockFlags(BlockFlags.REPLICATE),
              edit.insertedCrc());
      kept.add(BundleWriter.extension(new BundleAge(header, edit.addAgeMillis())));
    }
    return BundleWriter.head(head.primary(), kept, head.payload());
  }

  private static boolean isDiscarded(Unknown block, ForwardEdit edit) {
    // RFC 9171 §5.6 step 4; blocks whose known content is encrypted are not ours to judge.
    return block.header().flags().has(BlockFlags.DISCARD_BLOCK)
        && !edit.processedTypes().contains(block.type())
        && block.type() != BlockType.PREVIOUS_NODE
        && block.type() != BlockType.BUNDLE_AGE
        && block.type() != BlockType.HOP_COUNT;
  }

  private static boolean hasType(List<Extension> extensions, long type) {
    for (Extension extension : extensions) {
      if (extension.block().type() == type) {
        return true;
      }
    }
    return false;
  }

  private static long plusSaturated(long unsigned, long delta) {
    long sum = unsigned + delta;
    return Long.compareUnsigned(sum, unsigned) < 0 ? -1L : sum;
  }

  /**
   * The smallest block number that no block of the bundle has (RFC 9171 §4.1) and that no security
   * block speaks of, since a new block under it would be taken for protected.
   */
  public static long freeNumber(BundleHead head) {
    SecurityTargets spokenOf = new SecurityTargets();
    for (Extension extension : head.extensions()) {
      spokenOf.add(BlockType.BLOCK_INTEGRITY, extension.block());
      spokenOf.add(BlockType.BLOCK_CONFIDENTIALITY, extension.block());
    }
    long number = FIRST_EXTENSION;
    while (isTaken(head, number) || spokenOf.contains(number)) {
      number++;
    }
    return number;
  }

  private static boolean isTaken(BundleHead head, long number) {
    for (Extension extension : head.extensions()) {
      if (extension.block().header().number() == number) {
        return true;
      }
    }
    return false;
  }

  /**
   * The head with one more extension block, the last before the payload.
   *
   * @throws IllegalArgumentException if the bundle has a block of that number
   */
  public static BundleHead with(BundleHead head, CanonicalBlock block) {
    long number = block.header().number();
    if (number == 0 || number == 1 || isTaken(head, number)) { // RFC 9171 §4.1
      throw new IllegalArgumentException("the bundle has a block of the number " + number);
    }
    List<Extension> extensions = new ArrayList<>(head.extensions());
    extensions.add(BundleWriter.extension(block));
    return BundleWriter.head(head.primary(), extensions, head.payload());
  }

  /** The head without the extension block of that number; the same head if it has none. */
  public static BundleHead without(BundleHead head, long number) {
    List<Extension> extensions = new ArrayList<>(head.extensions());
    return extensions.removeIf(e -> e.block().header().number() == number)
        ? BundleWriter.head(head.primary(), extensions, head.payload())
        : head;
  }
}
