package dev.holdfast.custody.rocks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Puts and deletes that go into the database together. They are laid out here as RocksDB lays out a
 * batch in its log, so that a change costs a copy and no call into native code:
 *
 * <pre>
 * nothing (8)  changes (4, little-endian)
 * for each     what (1)  family (varint)  key length (varint)  key  [value length (varint)  value]
 * </pre>
 *
 * <p>One thread.
 */
final class Mutations {
  private static final int COUNT_AT = 8;
  private static final int HEADER = 12;
  private static final int DELETE = 4;
  private static final int PUT = 5;
  private static final int LENGTH_MAX = 5;
  private static final int FIRST_ROOM = 64 << 10;

  /** Room that is kept for the next batch. */
  private static final int KEPT_ROOM = 1 << 20;

  private static final int ROOM_MAX = Integer.MAX_VALUE - 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Database database;
  private final RecordWriter key = new RecordWriter();
  private final RecordWriter value = new RecordWriter();
  private byte[] bytes = new byte[FIRST_ROOM];
  private int size = HEADER;
  private int count;

  Mutations(Database database) {
    this.database = database;
  }

  /** Forgets the changes: a batch begins. */
  void clear() {
    size = HEADER;
    count = 0;
    if (bytes.length > KEPT_ROOM) {
      bytes = new byte[FIRST_ROOM];
    }
  }

  /** An empty key for the next change. */
  RecordWriter key() {
    return key.clear();
  }

  /** An empty value for the next put. */
  RecordWriter value() {
    return value.clear();
  }

  void put(Family family, RecordWriter key, RecordWriter value) {
    change(PUT, family, key, value.size());
    raw(value);
  }

  void put(Family family, byte[] key, byte[] value) {
    put(family, key().raw(key), value().raw(value));
  }

  /** Puts an entry that is its key alone. */
  void put(Family family, RecordWriter key) {
    put(family, key, value());
  }

  void delete(Family family, RecordWriter key) {
    change(DELETE, family, key, 0);
  }

  void delete(Family family, byte[] key) {
    delete(family, key().raw(key));
  }

  private void change(int what, Family family, RecordWriter key, int valueSize) {
    room(1 + 3L * LENGTH_MAX + key.size() + valueSize);
    count++;
    bytes[size++] = (byte) what;
    length(database.number(family));
    raw(key);
  }

  private void length(int length) {
    int rest = length;
    while (rest > 0x7f) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private void raw(RecordWriter content) {
    length(content.size());
    content.copyTo(bytes, size);
    size += content.size();
  }

  private void room(long more) {
    if (bytes.length - size < more) {
      long twice = Math.min(ROOM_MAX, bytes.length * 2L);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(twice, size + more)));
    }
  }

  /** All of them or none. */
  void write(boolean sync) {
    INT.set(bytes, COUNT_AT, count);
    database.write(Arrays.copyOf(bytes, size), sync);
  }
}
