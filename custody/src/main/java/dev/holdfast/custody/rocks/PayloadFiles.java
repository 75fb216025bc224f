package dev.holdfast.custody.rocks;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Large payloads, a file each: {@code payloads/xx/NUMBER}, where xx is the low byte of the number
 * in hexadecimal. A file is finished and synced before its bundle is committed, and deleted after
 * the commit that lets go of it; what a crash leaves between the two is swept at the next start by
 * the listing of these directories and one look-up per file.
 *
 * <p>Any platform thread; reading and writing the same file go side by side.
 */
final class PayloadFiles {
  /**
   * A file whose bytes are durable.
   *
   * @param number its number
   * @param length its length in bytes
   * @param crc CRC-32C of its bytes
   */
  record Finished(long number, long length, int crc) {}

  private final StoreDirectory directory;
  private final RocksOptions options;
  private final Map<Long, Finished> untied = new HashMap<>();
  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private int open;
  private long lastNumber;
  private long bytes;

  PayloadFiles(StoreDirectory directory, RocksOptions options) {
    this.directory = directory;
    this.options = options;
  }

  /**
   * Looks at all files and deletes those that are tied to no bundle.
   *
   * @return how many were deleted
   */
  synchronized long sweep(LongPredicate isTied) {
    long swept = 0;
    for (long number : numbers()) {
      lastNumber = Math.max(lastNumber, number);
      Path file = path(number);
      try {
        if (isTied.test(number)) {
          bytes += Files.size(file);
        } else {
          Files.delete(file);
          swept++;
        }
      } catch (IOException failure) {
        throw Failures.of(file, "sweeping payloads", failure);
      }
    }
    return swept;
  }

  /** Bytes of all files as the file system has them. */
  long measure() {
    long sum = 0;
    for (long number : numbers()) {
      try {
        sum += Files.size(path(number));
      } catch (IOException failure) {
        throw Failures.of(path(number), "measuring payloads", failure);
      }
    }
    return sum;
  }

  /** The numbers of all files there are, in no order. */
  List<Long> numbers() {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> below = Files.newDirectoryStream(directory.payloads())) {
      for (Path subdirectory : below) {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(subdirectory)) {
          inside.forEach(file -> found.add(numberOf(file)));
        }
      }
      return found;
    } catch (IOException failure) {
      throw Failures.of(directory.payloads(), "listing payloads", failure);
    }
  }

  private long numberOf(Path file) {
    try {
      long number = Long.parseLong(String.valueOf(file.getFileName()));
      if (path(number).equals(file)) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw new StoreException(
        StoreException.Kind.FORMAT, file + ": is no payload of this store; move it away");
  }

  /** A new file for a payload. */
  PayloadFile create() {
    long number;
    ByteBuffer piece;
    synchronized (this) {
      if (open >= options.payloadsOpen()) {
        throw new StoreException(
            StoreException.Kind.FULL,
            "as many large payloads are being written as are allowed: " + open);
      }
      open++;
      number = ++lastNumber;
      piece = pieces.poll();
    }
    if (piece == null) {
      int size = options.pieceBytes();
      piece =
          ByteBuffer.allocateDirect(size + PayloadFile.ALIGNMENT)
              .alignedSlice(PayloadFile.ALIGNMENT)
              .limit(size)
              .slice();
    }
    return new PayloadFile(this, number, path(number), piece);
  }

  Path path(long number) {
    return directory
        .payloads()
        .resolve(String.format(Locale.ROOT, "%02x/%d", number & 0xff, number));
  }

  /** Refuses when the reserve of the disk would be touched. */
  void requireSpace(long wanted) {
    long left = directory.usableBytes();
    if (left - wanted < options.reserveBytes()) {
      throw Failures.full(directory.path(), left, options.reserveBytes());
    }
  }

  /** Takes over a file that was finished. */
  synchronized void finished(Finished file) {
    untied.put(file.number(), file);
    bytes += file.length();
  }

  /** Takes back what a writer used. */
  synchronized void released(ByteBuffer piece) {
    open--;
    pieces.push(piece.clear());
  }

  /** The finished file of that number that no bundle has yet. */
  synchronized Optional<Finished> untied(long number) {
    return Optional.ofNullable(untied.get(number));
  }

  /**
   * Says that a file has a bundle now, or never will.
   *
   * @return whether it had none until now
   */
  synchronized boolean claimed(long number) {
    return untied.remove(number) != null;
  }

  /** Says that a file's space is free again. */
  synchronized void freed(long length) {
    bytes -= length;
  }

  /** Bytes in finished files. */
  synchronized long bytes() {
    return bytes;
  }

  /**
   * Reads from a file.
   *
   * @return up to {@code length} bytes, fewer at its end; empty if there is no such file
   */
  Optional<Octets> read(long number, long position, int length) {
    try (FileChannel channel = FileChannel.open(path(number), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(length);
      while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
        // A read may bring less than was asked for.
      }
      return Optional.of(Octets.wrap(buffer.array(), 0, buffer.position()));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    } catch (IOException failure) {
      throw Failures.of(path(number), "reading a payload", failure);
    }
  }
}
