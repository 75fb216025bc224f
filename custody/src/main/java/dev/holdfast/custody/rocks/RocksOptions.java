package dev.holdfast.custody.rocks;

/**
 * How much a store may use. All bounds hold for the whole store.
 *
 * @param cacheBytes memory for blocks read from disk, with their indexes and filters; less makes
 *     far queues slower, more takes memory from the machine. At least 1 MiB
 * @param bufferBytes memory for what is written but not yet sorted into files; less means more and
 *     smaller files, more a longer start after a crash. At least 1 MiB
 * @param logBytes size of the write-ahead log beyond which it is shortened; bounds the time a start
 *     takes after a crash. At least 1 MiB
 * @param pieceBytes large payloads are written in pieces of this size, each one disk request; more
 *     is faster alone and makes small synced batches wait longer. A multiple of 4096
 * @param payloadsOpen large payloads that may be written at one time; each takes one piece of
 *     memory. At least 1
 * @param reserveBytes space of the disk that is left free: no bundle is accepted when less is left,
 *     so that letting go of bundles still works
 * @param seenRecords records of bundles that are gone, of up to 256 consecutive sequence numbers
 *     each and about 100 bytes on disk; the quota of duplicate detection. At least 1
 */
public record RocksOptions(
    long cacheBytes,
    long bufferBytes,
    long logBytes,
    int pieceBytes,
    int payloadsOpen,
    long reserveBytes,
    long seenRecords) {
  private static final long MIB = 1 << 20;

  /** Checks the ranges. */
  public RocksOptions {
    require(cacheBytes >= MIB, "cache of at least 1 MiB", cacheBytes);
    require(bufferBytes >= MIB, "write buffers of at least 1 MiB", bufferBytes);
    require(logBytes >= MIB, "a log of at least 1 MiB", logBytes);
    require(
        pieceBytes >= 4096 && pieceBytes % 4096 == 0, "pieces of a multiple of 4096", pieceBytes);
    require(payloadsOpen >= 1, "at least one open payload", payloadsOpen);
    require(reserveBytes >= 0, "a reserve that is not negative", reserveBytes);
    require(seenRecords >= 1, "at least one remembered record", seenRecords);
  }

  private static void require(boolean holds, String what, long given) {
    if (!holds) {
      throw new IllegalArgumentException("a store needs " + what + ", not " + given);
    }
  }

  /** For a gateway with 256 MiB of heap: less than 200 MiB of native memory. */
  public static RocksOptions defaults() {
    return new RocksOptions(48 * MIB, 64 * MIB, 64 * MIB, 512 << 10, 64, 128 * MIB, 10_000_000);
  }

  /** These with another reserve. */
  public RocksOptions withReserveBytes(long bytes) {
    return new RocksOptions(
        cacheBytes, bufferBytes, logBytes, pieceBytes, payloadsOpen, bytes, seenRecords);
  }

  /** These with another cache for blocks that were read. */
  public RocksOptions withCache(long bytes) {
    return new RocksOptions(
        bytes, bufferBytes, logBytes, pieceBytes, payloadsOpen, reserveBytes, seenRecords);
  }

  /** These with another quota of remembered records. */
  public RocksOptions withSeenRecords(long records) {
    return new RocksOptions(
        cacheBytes, bufferBytes, logBytes, pieceBytes, payloadsOpen, reserveBytes, records);
  }

  /** These with other buffers and log, for small stores and tests. */
  public RocksOptions withBuffers(long buffers, long log) {
    return new RocksOptions(
        cacheBytes, buffers, log, pieceBytes, payloadsOpen, reserveBytes, seenRecords);
  }
}
