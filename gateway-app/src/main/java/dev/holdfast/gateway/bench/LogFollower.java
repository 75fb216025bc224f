package dev.holdfast.gateway.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * Reads the batches of a RocksDB from its write-ahead log while another process writes it.
 *
 * <p>The log is a row of 32 KiB blocks of records: CRC, length, type and, in log files that are
 * used again, the number of the log, so that what an older log left in the file is told apart. A
 * batch is one record or several. Batches carry consecutive sequence numbers, by which it is seen
 * if the writer was faster than this reader. One thread at a time.
 */
final class LogFollower implements AutoCloseable {
  private static final int BLOCK = 32 << 10;
  private static final int CHUNK = 8 * BLOCK;
  private static final int HEADER = 7;
  private static final int REUSED_HEADER = 11;
  private static final int CRC_MASK_DELTA = 0xa282ead8;
  private static final int BATCH_HEADER = 12;
  private static final String SUFFIX = ".log";

  private final Path database;
  private final Consumer<byte[]> batches;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
  private Optional<FileChannel> file = Optional.empty();
  private long number;
  private long position;
  private ByteBuffer gathered = ByteBuffer.allocate(BLOCK);
  private OptionalLong expected = OptionalLong.empty();

  /**
   * A reader of the log in a database's directory, from the oldest log that is there.
   *
   * @param batches given every batch in its order, as RocksDB encodes it
   */
  LogFollower(Path database, Consumer<byte[]> batches) {
    this.database = database;
    this.batches = batches;
  }

  /**
   * Reads on to the present end.
   *
   * @return whether there was anything new
   */
  boolean poll() {
    boolean any = false;
    while (true) {
      if (readOn()) {
        any = true;
        continue;
      }
      Optional<Path> next = nextLog();
      if (next.isEmpty()) {
        return any;
      }
      // What was appended between the last reading and the appearance of the next log.
      while (readOn()) {
        any = true;
      }
      enter(next.get());
    }
  }

  private boolean readOn() {
    if (file.isEmpty()) {
      return false;
    }
    try {
      int read = file.get().read(chunk.clear(), position);
      if (read <= 0) {
        return false;
      }
      chunk.flip();
      int taken = records();
      position += taken;
      return taken > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes every whole valid record of the chunk; how many bytes those were. */
  private int records() {
    int at = 0;
    while (true) {
      int leftInBlock = (int) (BLOCK - (position + at) % BLOCK);
      int left = chunk.limit() - at;
      if (leftInBlock < HEADER) {
        at += leftInBlock;
        continue;
      }
      if (left < HEADER) {
        return Math.min(at, chunk.limit());
      }
      int length = Short.toUnsignedInt(chunk.getShort(at + 4));
      int type = Byte.toUnsignedInt(chunk.get(at + 6));
      if (type == 0 && length == 0 && leftInBlock < REUSED_HEADER && left >= leftInBlock) {
        at += leftInBlock;
        continue;
      }
      int header = isReused(type) ? REUSED_HEADER : HEADER;
      int size = header + length;
      if (type == 0 || size > leftInBlock || size > left || !isWhole(at, header, length)) {
        return at;
      }
      record(type, at + header, length);
      at += size;
    }
  }

  private static boolean isReused(int type) {
    return (type >= 5 && type <= 8) || type == 11 || type == 131;
  }

  private boolean isWhole(int at, int header, int length) {
    if (header == REUSED_HEADER && chunk.getInt(at + HEADER) != (int) number) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(chunk.array(), at + 6, header - 6 + length);
    int plain = (int) crc.getValue();
    int masked = ((plain >>> 15) | (plain << 17)) + CRC_MASK_DELTA;
    return masked == chunk.getInt(at);
  }

  private void record(int type, int from, int length) {
    switch (type) {
      case 1, 5 -> {
        gathered.clear();
        gather(from, length);
        batch();
      }
      case 2, 6 -> {
        gathered.clear();
        gather(from, length);
      }
      case 3, 7 -> gather(from, length);
      case 4, 8 -> {
        gather(from, length);
        batch();
      }
      default -> {
        // Notes of RocksDB about the log itself; no batch.
      }
    }
  }

  private void gather(int from, int length) {
    if (gathered.remaining() < length) {
      int room = Math.max(2 * gathered.capacity(), gathered.position() + length);
      gathered = ByteBuffer.allocate(room).put(gathered.flip());
    }
    gathered.put(chunk.array(), from, length);
  }

  private void batch() {
    gathered.flip();
    byte[] batch = new byte[gathered.remaining()];
    gathered.get(batch);
    gathered.clear();
    if (batch.length < BATCH_HEADER) {
      throw new BenchException("the log of " + database + " holds what is no batch");
    }
    ByteBuffer header = ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN);
    long sequence = header.getLong(0);
    if (expected.isPresent() && expected.getAsLong() != sequence) {
      throw new BenchException(
          "the log of " + database + " was written faster than it could be followed");
    }
    expected = OptionalLong.of(sequence + header.getInt(8));
    batches.accept(batch);
  }

  private Optional<Path> nextLog() {
    Optional<Path> next = Optional.empty();
    long nextNumber = Long.MAX_VALUE;
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(database, "*" + SUFFIX)) {
      for (Path log : logs) {
        long found = numberOf(log);
        if (found > number && found < nextNumber) {
          next = Optional.of(log);
          nextNumber = found;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return next;
  }

  private void enter(Path log) {
    try {
      FileChannel opened = FileChannel.open(log, StandardOpenOption.READ);
      close();
      file = Optional.of(opened);
      number = numberOf(log);
      position = 0;
    } catch (NoSuchFileException e) {
      throw new BenchException("the log of " + database + " went before it was read", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long numberOf(Path log) {
    String name = String.valueOf(log.getFileName());
    return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
  }

  @Override
  public void close() {
    if (file.isPresent()) {
      try {
        file.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      file = Optional.empty();
    }
  }
}
