package dev.holdfast.bpv7.fragment;

import dev.holdfast.bpv7.BlockFlags;
import dev.holdfast.bpv7.BlockType;
import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleHead;
import dev.holdfast.bpv7.BundleHead.Extension;
import dev.holdfast.bpv7.BundleHead.PayloadHeader;
import dev.holdfast.bpv7.BundleWriter;
import dev.holdfast.bpv7.CrcType;
import dev.holdfast.bpv7.FragmentInfo;
import dev.holdfast.bpv7.SecurityTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts bundles, fragments among them, into smaller fragments (RFC 9171 §5.8).
 *
 * <p>All extension blocks go with the piece that begins where the bundle's payload begins; those
 * that are to be replicated go with every piece, and so does the age of a bundle without creation
 * time, which would be no bundle without it (§4.4.2). Pure; any thread.
 */
public final class Fragmenter {
  /** Why a bundle cannot be cut. */
  public enum Obstacle {
    /** Its flags forbid it (§4.2.3). */
    MUST_NOT_FRAGMENT,
    /** A block integrity block stands for the CRC of the primary block, which cutting changes. */
    PRIMARY_SECURED,
    /**
     * A block that goes with every fragment is ciphertext, and the block that says so does not go
     * with it: it would be taken for plain.
     */
    CIPHERTEXT_WOULD_STAND_ALONE
  }

  private Fragmenter() {}

  /** What stands in the way of cutting this bundle, if anything. */
  public static Optional<Obstacle> obstacle(BundleHead head) {
    if (head.primary().flags().has(BundleFlags.MUST_NOT_FRAGMENT)) { // RFC 9171 §5.8
      return Optional.of(Obstacle.MUST_NOT_FRAGMENT);
    }
    if (head.primary().crc() == CrcType.NONE) {
      for (Extension extension : head.extensions()) {
        if (extension.block().type() == BlockType.BLOCK_INTEGRITY) {
          return Optional.of(Obstacle.PRIMARY_SECURED);
        }
      }
    }
    return standsAlone(head)
        ? Optional.of(Obstacle.CIPHERTEXT_WOULD_STAND_ALONE)
        : Optional.empty();
  }

  private static boolean standsAlone(BundleHead head) {
    SecurityTargets leftBehind = new SecurityTargets(); // RFC 9172 §3.8
    for (Extension extension : head.extensions()) {
      if (!goesEverywhere(head, extension)) {
        leftBehind.add(BlockType.BLOCK_CONFIDENTIALITY, extension.block());
      }
    }
    for (Extension extension : head.extensions()) {
      if (goesEverywhere(head, extension)
          && leftBehind.contains(extension.block().header().number())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The head of the fragment that carries a part of the bundle's payload. What ends it after the
   * payload is for {@link dev.holdfast.bpv7.PayloadCrc} to say.
   *
   * @param head the bundle, a whole one or a fragment
   * @param offset where the part begins in this bundle's payload
   * @param length how many bytes it has, at least one
   * @throws IllegalArgumentException if there is an {@link #obstacle} or no such part
   */
  public static BundleHead cut(BundleHead head, long offset, long length) {
    Optional<Obstacle> obstacle = obstacle(head);
    if (obstacle.isPresent()) {
      throw new IllegalArgumentException("cannot be fragmented: " + obstacle.get());
    }
    PayloadHeader payload = head.payload();
    if (offset < 0 || length < 1 || length > payload.length() - offset) {
      throw new IllegalArgumentException(
          "no " + length + " bytes at " + offset + " of a payload of " + payload.length());
    }
    FragmentInfo place =
        head.primary()
            .fragment()
            .map(f -> new FragmentInfo(f.offset() + offset, f.totalLength()))
            .orElse(new FragmentInfo(offset, payload.length()));
    return BundleWriter.head(
        BundleWriter.refragmented(head.primary(), Optional.of(place)),
        carried(head, offset),
        BundleWriter.payloadHeader(payload.flags(), payload.crc(), length));
  }

  /** The fragment itself, of a bundle that is in memory. */
  public static Bundle cut(Bundle bundle, int offset, int length) {
    BundleHead head = cut(bundle.head(), offset, length);
    return BundleWriter.bundle(head, bundle.payload().slice(offset, offset + length));
  }

  /**
   * How many bytes a fragment that begins at {@code offset} has at most beside its payload: what a
   * caller takes off the room it has to learn how much payload fits.
   */
  public static int overhead(BundleHead head, long offset) {
    BundleHead longest = cut(head, offset, head.payload().length() - offset);
    return longest.encoded().size() + longest.payload().trailerLength();
  }

  private static List<Extension> carried(BundleHead head, long offset) {
    if (offset == 0) {
      return head.extensions();
    }
    List<Extension> carried = new ArrayList<>();
    for (Extension extension : head.extensions()) {
      if (goesEverywhere(head, extension)) {
        carried.add(extension);
      }
    }
    return carried;
  }

  private static boolean goesEverywhere(BundleHead head, Extension extension) {
    boolean neededAge = // RFC 9171 §4.4.2
        extension.block().type() == BlockType.BUNDLE_AGE
            && head.primary().created().time().isUnknown();
    return neededAge || extension.block().header().flags().has(BlockFlags.REPLICATE); // §5.8
  }
}
