package dev.holdfast.custody.rocks;

import java.nio.file.Path;

/**
 * Writes batches once more, as a gateway's database logged them, and does nothing else: what the
 * database alone takes for the work of a run. For benchmarks; one platform thread.
 */
public final class BatchReplay implements AutoCloseable {
  private final Database database;

  private BatchReplay(Database database) {
    this.database = database;
  }

  /** Makes a fresh database, laid out as that of a store, in a directory that is empty. */
  public static BatchReplay open(Path path, RocksOptions options) {
    return new BatchReplay(Database.open(path, options));
  }

  /** Writes a batch in RocksDB's own encoding; on return it survives power loss. */
  public void commit(byte[] batch) {
    database.write(batch, true);
  }

  @Override
  public void close() {
    database.close();
  }
}
