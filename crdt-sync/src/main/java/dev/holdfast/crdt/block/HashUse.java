package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;

/**
 * What a BLAKE3 hash is for, besides blocks: the same octets have another hash for each use, so
 * that a signature over one says nothing for another.
 */
public enum HashUse {
  /** A region's name, of its first key. */
  REGION("holdfast region 1"),
  /** An export class's name on the wire. */
  CLASS("holdfast class 1"),
  /** The id of a message that a region signs. */
  MESSAGE("holdfast message 1"),
  /** What a region says of its keys. */
  KEYS("holdfast keys 1"),
  /** What a region says of a stream that it begins. */
  BEGINNING("holdfast beginning 1"),
  /** The digest of a twin's document. */
  OBJECT("holdfast object 1"),
  /** The short name of what a twin holds. */
  TAG("holdfast tag 1");

  /** Bytes of a hash. */
  public static final int SIZE = Blake3.SIZE;

  private final String use;

  HashUse(String use) {
    this.use = use;
  }

  /** The hash of these octets for this use, {@value #SIZE} bytes. */
  public Octets hash(Octets octets) {
    return Blake3.plain().use(use).add(octets).end();
  }
}
