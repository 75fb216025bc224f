package dev.holdfast.bpv7;

import dev.holdfast.bpv7.eid.Eid;
import java.util.List;

/**
 * What a node changes in a bundle that it forwards (RFC 9171 §5.4 step 4, §5.6 step 4).
 *
 * @param previousNode the forwarding node's administrative endpoint
 * @param addAgeMillis how long the bundle was here, plus the transit to come if it is known, in
 *     milliseconds, not negative
 * @param insertedCrc checksum of blocks that are added; those that are there keep theirs
 * @param processedTypes types of blocks that this node processes although they are kept as bytes;
 *     other unknown blocks go if their flags say so
 */
public record ForwardEdit(
    Eid previousNode, long addAgeMillis, CrcType insertedCrc, List<Long> processedTypes) {
  private static final List<Long> SECURITY =
      List.of(BlockType.BLOCK_INTEGRITY, BlockType.BLOCK_CONFIDENTIALITY);

  /** Checks the age and copies the list. */
  public ForwardEdit {
    if (addAgeMillis < 0) {
      throw new IllegalArgumentException("a bundle does not get younger: " + addAgeMillis + " ms");
    }
    processedTypes = List.copyOf(processedTypes);
  }

  /**
   * An edit that adds blocks without CRC and leaves security blocks in place, as a node does that
   * is not their acceptor (RFC 9172 §5.1).
   */
  public ForwardEdit(Eid previousNode, long addAgeMillis) {
    this(previousNode, addAgeMillis, CrcType.NONE, SECURITY);
  }
}
