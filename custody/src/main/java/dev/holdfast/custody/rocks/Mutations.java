package dev.holdfast.custody.rocks;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Puts and deletes that go into the database together. One thread. */
final class Mutations implements AutoCloseable {
  private final Database database;
  private final WriteBatch batch = new WriteBatch();

  Mutations(Database database) {
    this.database = database;
  }

  void put(Family family, byte[] key, byte[] value) {
    try {
      batch.put(database.handle(family), key, value);
    } catch (RocksDBException failure) {
      throw database.failure("preparing a batch", failure);
    }
  }

  void delete(Family family, byte[] key) {
    try {
      batch.delete(database.handle(family), key);
    } catch (RocksDBException failure) {
      throw database.failure("preparing a batch", failure);
    }
  }

  void write(boolean sync) {
    database.write(batch, sync);
  }

  @Override
  public void close() {
    batch.close();
  }
}
