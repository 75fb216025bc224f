package dev.holdfast.custody.rocks;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksObject;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/**
 * The options of the database as native objects, and their end: what is made here is closed in
 * {@link #close}, in reverse.
 */
final class NativeOptions implements AutoCloseable {
  private static final long MIB = 1 << 20;
  private static final int FILTER_BITS = 10;
  private static final long SCANNED_BLOCK = 16 << 10;

  /** Part of the cache where blocks of queues that are read push no index and no filter out. */
  private static final double INDEX_SHARE = 0.5;

  private final List<RocksObject> owned = new ArrayList<>();
  private final RocksOptions options;
  private final DBOptions database;
  private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

  /**
   * Options for those families; {@code direct} if the file system takes writes past the page cache.
   */
  NativeOptions(RocksOptions options, List<Family> present, boolean direct) {
    this.options = options;
    database = own(new DBOptions());
    configureDatabase(direct);
    Cache cache = own(new LRUCache(options.cacheBytes(), 2, false, INDEX_SHARE));
    BloomFilter filter = own(new BloomFilter(FILTER_BITS, false));
    // A queue is written at one end and deleted at the other. Files that are mostly deletions are
    // rewritten soon, so that no reader has to step over them.
    TablePropertiesCollectorFactory deletions =
        own(TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(1024, 512, 0.5));
    for (Family family : present) {
      families.add(
          new ColumnFamilyDescriptor(family.title(), family(family, cache, filter, deletions)));
    }
  }

  DBOptions database() {
    return database;
  }

  List<ColumnFamilyDescriptor> families() {
    return families;
  }

  private void configureDatabase(boolean direct) {
    database
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
        .setMaxTotalWalSize(options.logBytes())
        .setDbWriteBufferSize(options.bufferBytes())
        // A log file that is used again has its blocks already: its sync does not wait for the
        // journal of the file system, and so not for what else is being written there.
        .setRecycleLogFileNum(2)
        .setMaxBackgroundJobs(2)
        .setMaxOpenFiles(512)
        .setBytesPerSync(MIB)
        // Past the page cache: a copy less, and what is sorted now is seldom read soon.
        .setUseDirectIoForFlushAndCompaction(direct)
        .setAvoidUnnecessaryBlockingIO(true)
        .setSkipStatsUpdateOnDbOpen(true)
        .setMaxManifestFileSize(4 * MIB)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MIB)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private ColumnFamilyOptions family(
      Family family, Cache cache, BloomFilter filter, TablePropertiesCollectorFactory deletions) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setCacheIndexAndFilterBlocks(true)
            .setCacheIndexAndFilterBlocksWithHighPriority(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            .setFormatVersion(6);
    if (family.lookedUp()) {
      table.setFilterPolicy(filter);
    }
    if (family.readInOrder()) {
      table.setBlockSize(SCANNED_BLOCK);
    }
    try (Options collector = new Options()) {
      collector.setTablePropertiesCollectorFactory(List.of(deletions));
      ColumnFamilyOptions result = own(new ColumnFamilyOptions(collector));
      result
          .setWriteBufferSize(family.bufferBytes(options.bufferBytes()))
          .setMaxWriteBufferNumber(3)
          .setCompressionType(
              family.isRepetitive()
                  ? CompressionType.LZ4_COMPRESSION
                  : CompressionType.NO_COMPRESSION)
          .setLevelCompactionDynamicLevelBytes(true)
          .setTargetFileSizeBase(16 * MIB)
          .setMaxBytesForLevelBase(64 * MIB)
          .setTableFormatConfig(table);
      if (family.lookedUp()) {
        result.setMemtablePrefixBloomSizeRatio(0.05).setMemtableWholeKeyFiltering(true);
      }
      return result;
    }
  }

  private <T extends RocksObject> T own(T object) {
    owned.add(object);
    return object;
  }

  @Override
  public void close() {
    owned.reversed().forEach(RocksObject::close);
  }
}
