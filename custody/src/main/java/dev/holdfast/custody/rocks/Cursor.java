package dev.holdfast.custody.rocks;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Steps over the entries of a key range as they were when it was made. Used by one thread, closed
 * by the same.
 */
final class Cursor implements AutoCloseable {
  private final Database database;
  private final ReadOptions options;
  private final Slice bound;
  private final RocksIterator iterator;
  private boolean begun;

  /** Over keys from {@code from} to before {@code to}; empty for no end. */
  Cursor(Database database, Family family, byte[] from, byte[] to, boolean fillCache) {
    this.database = database;
    options = new ReadOptions().setFillCache(fillCache);
    bound = new Slice(to);
    if (to.length > 0) {
      options.setIterateUpperBound(bound);
    }
    iterator = database.iterator(family, options);
    iterator.seek(from);
  }

  /** Steps to the next entry; false at the end. */
  boolean next() {
    if (begun) {
      iterator.next();
    }
    begun = true;
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
    } catch (RocksDBException failure) {
      throw database.failure("reading", failure);
    }
    return false;
  }

  byte[] key() {
    return iterator.key();
  }

  byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
    bound.close();
    options.close();
  }
}
