package dev.holdfast.crdt.twin;

/**
 * How much a writer of this region may put into a twin: at most what other regions take.
 *
 * @param thingBytes bytes of a thing's id as UTF-8: it is in every index
 * @param pathBytes bytes of a path as UTF-8: likewise
 * @param depth names of a path and arrays and objects below it, up to {@value #DEPTH_MAX}: bounds
 *     the stack
 * @param valueBytes bytes of one value as stored: it is kept in memory and moved whole
 * @param blobBytes bytes of one blob: likewise, and hashed
 * @param edits edits of one change: they are applied and sealed together
 * @param documentBytes bytes of a JSON text: it is read whole
 */
public record TwinLimits(
    int thingBytes,
    int pathBytes,
    int depth,
    int valueBytes,
    int blobBytes,
    int edits,
    int documentBytes) {
  /**
   * Names of a path, and arrays and objects within a value, that any region reads: what nests
   * deeper is told of and not shown, so that all that is shown can be written as JSON.
   */
  public static final int DEPTH_MAX = 100;

  /**
   * Ids of 256 bytes, paths of 1 KiB, 32 levels, values of 64 KiB, blobs of 16 MiB, 4,096 edits,
   * documents of 32 MiB.
   */
  public static final TwinLimits DEFAULT =
      new TwinLimits(256, 1_024, 32, 65_536, 16 << 20, 4_096, 32 << 20);

  /** Checks that every limit lets something through. */
  public TwinLimits {
    if (thingBytes < 1
        || pathBytes < 1
        || depth < 1
        || depth > DEPTH_MAX
        || valueBytes < 1
        || blobBytes < 1
        || edits < 1
        || documentBytes < 1) {
      throw new IllegalArgumentException("a limit that no twin can keep");
    }
  }
}
