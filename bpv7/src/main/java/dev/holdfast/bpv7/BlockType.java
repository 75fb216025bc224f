package dev.holdfast.bpv7;

/**
 * Block type codes (RFC 9171 §9.1 and its registry). Any other number may occur; such blocks are
 * treated by their flags.
 */
public final class BlockType {
  /** The payload (RFC 9171 §4.3.3). */
  public static final long PAYLOAD = 1;

  /** Previous Node (RFC 9171 §4.4.1). */
  public static final long PREVIOUS_NODE = 6;

  /** Bundle Age (RFC 9171 §4.4.2). */
  public static final long BUNDLE_AGE = 7;

  /** Hop Count (RFC 9171 §4.4.3). */
  public static final long HOP_COUNT = 10;

  /** Block Integrity (RFC 9172 §3.7). */
  public static final long BLOCK_INTEGRITY = 11;

  /** Block Confidentiality (RFC 9172 §3.8). */
  public static final long BLOCK_CONFIDENTIALITY = 12;

  /** The quality-of-service block of the ION implementation, in the private range. */
  public static final long ION_QUALITY_OF_SERVICE = 193;

  private BlockType() {}
}
