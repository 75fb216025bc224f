package dev.holdfast.custody.rocks;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The column families: one per kind of key range. What is in them: {@link Keyspace}. */
enum Family {
  /** Numbers and counters. RocksDB wants a family of this name. */
  META("default", 1, false),
  /** The record of each held bundle. */
  HELD("held", 4, false),
  /** Heads, trailers and inline payloads. */
  BYTES("bytes", 8, false),
  /** Identities. */
  IDS("ids", 4, true),
  /** Queues. */
  QUEUES("queues", 2, false),
  /** Expiry times. */
  EXPIRY("expiry", 2, false),
  /** What is remembered. */
  SEEN("seen", 4, true),
  /** Until when. */
  SEEN_ENDS("seen-ends", 2, false),
  /** Ties between bundles and payload files. */
  SPOOLED("spooled", 1, true),
  /** Records of others. Last: an older store gets it when it is opened, behind those it has. */
  RECORDS("records", 14, true);

  static final List<Family> ALL = List.of(values());

  /**
   * All but those of {@link #RECORDS}: who has no such records loses nothing by them, and who has
   * both is held to the whole by the database, which then sorts the fullest buffer into a file.
   */
  private static final int SHARES =
      ALL.stream().filter(f -> f != RECORDS).mapToInt(f -> f.share).sum();

  private final String title;
  private final int share;
  private final boolean looked;

  Family(String title, int share, boolean looked) {
    this.title = title;
    this.share = share;
    this.looked = looked;
  }

  byte[] title() {
    return title.getBytes(StandardCharsets.UTF_8);
  }

  /** Its part of the memory for write buffers; two buffers each. */
  long bufferBytes(long total) {
    return Math.max(total * share / SHARES / 2, 64 << 10);
  }

  /** Whether single keys are looked up, often in vain, so that a filter pays. */
  boolean lookedUp() {
    return looked;
  }

  /** Whether neighbours are read together, mostly, so that fewer and larger blocks are cheaper. */
  boolean readInOrder() {
    return !looked || this == RECORDS;
  }

  /**
   * Whether entries repeat each other's names, so that compressed they take less than half the room
   * and are read from disk as fast (integration-tests/docs/benchmarks.md).
   */
  boolean isRepetitive() {
    return this == RECORDS;
  }
}
