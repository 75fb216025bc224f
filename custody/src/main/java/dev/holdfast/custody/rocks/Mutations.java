package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.wire.Octets;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Puts and deletes, laid out as RocksDB lays out a batch in its log, so that a change costs a copy
 * and no call into native code:
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
  private static final int ROOM_MAX = Integer.MAX_VALUE - 8;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Database database;
  private final RecordWriter key = new RecordWriter();
  private final RecordWriter value = new RecordWriter();
  private byte[] bytes;
  private int size;
  private int count;

  /** None yet; {@code room} is about how many bytes they will take. */
  Mutations(Database database, long room) {
    this.database = database;
    bytes = new byte[(int) Math.min(ROOM_MAX, room)];
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

  /** Puts a record that may be long: its bytes are copied once. */
  void put(Family family, Octets key, Octets value) {
    begin(PUT, family, (long) key.size() + value.size());
    raw(key);
    raw(value);
  }

  void delete(Family family, Octets key) {
    begin(DELETE, family, key.size());
    raw(key);
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
    begin(what, family, (long) key.size() + valueSize);
    raw(key);
  }

  private void begin(int what, Family family, long sizes) {
    room(1 + 3L * LENGTH_MAX + sizes);
    count++;
    bytes[size++] = (byte) what;
    length(database.number(family));
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

  private void raw(Octets content) {
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

  /** A batch of all of them, in their order. */
  static byte[] batch(List<Mutations> parts) {
    long size = HEADER;
    for (Mutations part : parts) {
      size += part.size;
    }
    byte[] batch = new byte[Math.toIntExact(size)];
    int at = HEADER;
    int count = 0;
    for (Mutations part : parts) {
      System.arraycopy(part.bytes, 0, batch, at, part.size);
      at += part.size;
      count += part.count;
    }
    INT.set(batch, COUNT_AT, count);
    return batch;
  }
}
