package dev.holdfast.custody.rocks;

import com.sun.nio.file.ExtendedOpenOption;
import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreStats;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.TableProperties;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open RocksDB with the families of {@link Keyspace}. Reads from any platform thread. */
final class Database implements AutoCloseable {
  /** Bytes that a start reads from the log without anybody noticing. */
  private static final long SETTLE_FROM = 4 << 20;

  /** A key behind all that anybody would use. */
  private static final byte[] LAST = new byte[256];

  static {
    Arrays.fill(LAST, (byte) 0xff);
  }

  private final Path path;
  private final NativeOptions options;
  private final RocksDB db;
  private final Map<Family, ColumnFamilyHandle> handles;
  private final Map<Family, Integer> numbers = new EnumMap<>(Family.class);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions buffered = new WriteOptions().setSync(false);

  private Database(
      Path path, NativeOptions options, RocksDB db, Map<Family, ColumnFamilyHandle> handles) {
    this.path = path;
    this.options = options;
    this.db = db;
    this.handles = handles;
    handles.forEach((family, handle) -> numbers.put(family, handle.getID()));
  }

  /** Opens for the one gateway that writes; makes what is not there. */
  static Database open(Path path, RocksOptions options) {
    return open(path, options, false);
  }

  /** Opens what is there without changing a byte of it. */
  static Database openReadOnly(Path path, RocksOptions options) {
    return open(path, options, true);
  }

  private static Database open(Path path, RocksOptions options, boolean readOnly) {
    RocksDB.loadLibrary();
    if (Files.exists(path.resolve("CURRENT"))) {
      requireKnownFamilies(path);
    }
    List<Family> families = readOnly ? present(path) : Family.ALL;
    NativeOptions nativeOptions =
        new NativeOptions(options, families, !readOnly && takesDirectWrites(path));
    List<ColumnFamilyHandle> opened = new ArrayList<>();
    try {
      RocksDB db =
          readOnly
              ? RocksDB.openReadOnly(
                  nativeOptions.database(), path.toString(), nativeOptions.families(), opened)
              : RocksDB.open(
                  nativeOptions.database(), path.toString(), nativeOptions.families(), opened);
      Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
      for (int i = 0; i < opened.size(); i++) {
        handles.put(families.get(i), opened.get(i));
      }
      return new Database(path, nativeOptions, db, handles);
    } catch (RocksDBException failure) {
      nativeOptions.close();
      throw Failures.of(path, "opening the store", failure);
    }
  }

  /** Tried out, since some file systems take no writes past the page cache. */
  private static boolean takesDirectWrites(Path path) {
    Path probe = path.resolve("direct-io");
    try {
      Files.createDirectories(path);
      FileChannel.open(
              probe,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE,
              ExtendedOpenOption.DIRECT)
          .close();
      return true;
    } catch (IOException | UnsupportedOperationException refused) {
      return false;
    }
  }

  private static void requireKnownFamilies(Path path) {
    List<String> known = Family.ALL.stream().map(Database::name).toList();
    for (String name : names(path)) {
      if (!known.contains(name)) {
        throw new StoreException(
            StoreException.Kind.FORMAT,
            path + ": holds \"" + name + "\", which this gateway does not know: use a newer one");
      }
    }
  }

  /** Families that are there: an older store that is only looked at lacks the newest. */
  private static List<Family> present(Path path) {
    List<String> names = names(path);
    return Family.ALL.stream().filter(family -> names.contains(name(family))).toList();
  }

  private static String name(Family family) {
    return new String(family.title(), StandardCharsets.UTF_8);
  }

  private static List<String> names(Path path) {
    try (Options options = new Options()) {
      return RocksDB.listColumnFamilies(options, path.toString()).stream()
          .map(title -> new String(title, StandardCharsets.UTF_8))
          .toList();
    } catch (RocksDBException failure) {
      throw Failures.of(path, "opening the store", failure);
    }
  }

  /** Whether the database has that family; one opened for writing has all. */
  boolean has(Family family) {
    return handles.containsKey(family);
  }

  /** How much a family holds, as the database estimates it without reading it. */
  StoreStats.Records sizes(Family family) {
    if (!has(family)) {
      return new StoreStats.Records(0, 0);
    }
    try (Slice first = new Slice(new byte[0]);
        Slice last = new Slice(LAST)) {
      ColumnFamilyHandle handle = handle(family);
      long count = count(handle);
      long[] bytes =
          db.getApproximateSizes(
              handle,
              List.of(new Range(first, last)),
              SizeApproximationFlag.INCLUDE_FILES,
              SizeApproximationFlag.INCLUDE_MEMTABLES);
      return new StoreStats.Records(Math.max(0, count), bytes[0]);
    } catch (RocksDBException failure) {
      throw failure("reading", failure);
    }
  }

  /**
   * By what each file says of itself: the database's own estimate knows nothing of files that were
   * there when it was opened, since a start does not look into them.
   */
  private long count(ColumnFamilyHandle handle) throws RocksDBException {
    long count =
        db.getLongProperty(handle, "rocksdb.num-entries-active-mem-table")
            + db.getLongProperty(handle, "rocksdb.num-entries-imm-mem-tables");
    long deletions =
        db.getLongProperty(handle, "rocksdb.num-deletes-active-mem-table")
            + db.getLongProperty(handle, "rocksdb.num-deletes-imm-mem-tables");
    for (TableProperties file : db.getPropertiesOfAllTables(handle).values()) {
      count += file.getNumEntries();
      deletions += file.getNumDeletions();
    }
    return count - 2 * deletions; // Each is an entry too, and stands for one more that is gone.
  }

  Optional<byte[]> get(Family family, byte[] key) {
    try {
      return Optional.ofNullable(db.get(handle(family), key));
    } catch (RocksDBException failure) {
      throw failure("reading", failure);
    }
  }

  /** A cursor over keys from {@code from} to before {@code to}; empty for no end. */
  Cursor range(Family family, byte[] from, byte[] to) {
    return new Cursor(this, family, from, to, true);
  }

  /** A cursor over everything, for one look that should not push other blocks out of memory. */
  Cursor all(Family family) {
    return new Cursor(this, family, new byte[0], new byte[0], false);
  }

  RocksIterator iterator(Family family, ReadOptions readOptions) {
    return db.newIterator(handle(family), readOptions);
  }

  ColumnFamilyHandle handle(Family family) {
    ColumnFamilyHandle handle = handles.get(family);
    if (handle == null) {
      throw new IllegalStateException("every family is opened: " + family);
    }
    return handle;
  }

  /** The number of a family in batches. */
  int number(Family family) {
    return Objects.requireNonNull(numbers.get(family));
  }

  /** Writes a batch in RocksDB's own encoding: all of it or nothing. */
  void write(byte[] changes, boolean sync) {
    try (WriteBatch batch = new WriteBatch(changes)) {
      db.write(sync ? synced : buffered, batch);
    } catch (RocksDBException failure) {
      throw failure("writing", failure);
    }
  }

  /** Makes all that was written survive power loss. */
  void sync() {
    try {
      db.syncWal();
    } catch (RocksDBException failure) {
      throw failure("syncing", failure);
    }
  }

  StoreException failure(String doing, RocksDBException cause) {
    return Failures.of(path, doing, cause);
  }

  /**
   * Sorts what is only in memory and log into files, if it is much, so that the next start need not
   * read the log. A full disk is no reason to fail: the log has it all.
   */
  void settle() {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      if (db.getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables") > SETTLE_FROM) {
        db.flush(wait, List.copyOf(handles.values()));
      }
    } catch (RocksDBException cause) {
      StoreException failure = failure("settling", cause);
      if (failure.kind() != StoreException.Kind.FULL) {
        throw failure;
      }
    }
  }

  @Override
  public void close() {
    handles.values().forEach(ColumnFamilyHandle::close);
    synced.close();
    buffered.close();
    db.close();
    options.close();
  }
}
