package dev.holdfast.custody.rocks;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreStats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks into the store of a gateway that does not run, and changes nothing. One platform thread.
 */
public final class StoreInspection implements AutoCloseable {
  private final StoreDirectory directory;
  private final Database database;
  private final StoreState state;
  private final PayloadFiles files;
  private final HeldReads reads;

  private StoreInspection(StoreDirectory directory, Database database, RocksOptions options) {
    this.directory = directory;
    this.database = database;
    state = new StoreState(database, options.seenRecords());
    files = new PayloadFiles(directory, options);
    reads = new HeldReads(database, state, files);
  }

  /**
   * What a verification looked at.
   *
   * @param bundles held bundles
   * @param bytes their total length
   * @param remembered records of bundles that are gone
   * @param records records of others, and their keys and values in bytes: exactly
   * @param payloadFiles files of large payloads
   * @param faults findings that are faults
   * @param untied payload files of no bundle
   */
  public record Verified(
      long bundles,
      long bytes,
      long remembered,
      StoreStats.Records records,
      long payloadFiles,
      long faults,
      long untied) {}

  /**
   * Opens a store for looking.
   *
   * @throws StoreException of kind LOCKED while a gateway has it, FORMAT if it is none or was
   *     written by a newer gateway, CORRUPT or FAILED if it cannot be read
   */
  public static StoreInspection open(Path path) {
    StoreDirectory directory = StoreDirectory.inspect(path);
    try {
      if (!Files.exists(directory.database().resolve("CURRENT"))) {
        throw new StoreException(
            StoreException.Kind.FORMAT, path + ": holds no database; no gateway has used it yet");
      }
      RocksOptions options = RocksOptions.defaults();
      Database database = Database.openReadOnly(directory.database(), options);
      try {
        return new StoreInspection(directory, database, options);
      } catch (RuntimeException failure) {
        database.close();
        throw failure;
      }
    } catch (RuntimeException failure) {
      directory.close();
      throw failure;
    }
  }

  /** Held bundles in key order after {@code after}. */
  public List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    return reads.list(after, limit);
  }

  /** Sizes and counts as the gateway keeps them. */
  public StoreStats stats() {
    SeenBundles.Counts seen = state.seen.counts();
    return new StoreStats(
        state.counts.all(),
        state.counts.bundles(),
        state.counts.bytes(),
        seen.records(),
        seen.forgottenEarly(),
        database.sizes(Family.RECORDS),
        directory.databaseBytes() + files.measure());
  }

  /**
   * Reads everything: each record, each index both ways, each payload with its checksums, and
   * counts again what is counted. Takes as long as reading the whole store.
   *
   * @param findings told each finding as it comes
   */
  public Verified verify(Consumer<Finding> findings) {
    return new StoreVerifier(database, state, files, reads, findings).run();
  }

  @Override
  public void close() {
    database.close();
    directory.close();
  }
}
