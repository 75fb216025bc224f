package dev.holdfast.custody.rocks;

import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.StoreException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a store, claimed for one process.
 *
 * <pre>
 * DIR/version     "holdfast store 1": says what this is, before anything else is opened
 * DIR/lock        locked while a gateway runs; holds its process number
 * DIR/db/         RocksDB
 * DIR/payloads/   large payloads, a file each ({@link PayloadFiles})
 * </pre>
 */
final class StoreDirectory implements AutoCloseable {
  private static final String TITLE = "holdfast store ";
  private static final int VERSION = 1;

  private final Path path;
  private final FileChannel lockFile;
  private final FileStore disk;

  private StoreDirectory(Path path, FileChannel lockFile, FileStore disk) {
    this.path = path;
    this.lockFile = lockFile;
    this.disk = disk;
  }

  /** Claims a directory for writing; makes a new one if it is missing or empty. */
  static StoreDirectory claim(Path path) {
    try {
      Files.createDirectories(path);
      if (!isEmpty(path)) {
        requireVersion(path);
      }
      StoreDirectory claimed = lock(path, true);
      try {
        claimed.prepare();
        return claimed;
      } catch (IOException | RuntimeException failure) {
        claimed.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw Failures.of(path, "opening the store", failure);
    }
  }

  /** Claims an existing directory for reading, while no gateway has it. */
  static StoreDirectory inspect(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        throw new StoreException(Kind.FORMAT, path + ": is no directory");
      }
      requireVersion(path);
      return lock(path, false);
    } catch (IOException failure) {
      throw Failures.of(path, "opening the store", failure);
    }
  }

  Path database() {
    return path.resolve("db");
  }

  Path payloads() {
    return path.resolve("payloads");
  }

  /** Bytes that this process may still write to the disk. */
  long usableBytes() {
    try {
      return disk.getUsableSpace();
    } catch (IOException failure) {
      throw Failures.of(path, "asking for free space", failure);
    }
  }

  /** Bytes of the database's files. */
  long databaseBytes() {
    long bytes = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(database())) {
      for (Path file : files) {
        bytes += sizeOf(file);
      }
      return bytes;
    } catch (IOException failure) {
      throw Failures.of(path, "measuring the store", failure);
    }
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException compactedMeanwhile) {
      return 0;
    }
  }

  Path path() {
    return path;
  }

  private void prepare() throws IOException {
    if (!Files.exists(path.resolve("version"))) {
      Path fresh = path.resolve("version.new");
      try (FileChannel out =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        out.write(ByteBuffer.wrap((TITLE + VERSION + "\n").getBytes(StandardCharsets.UTF_8)));
        out.force(true);
      }
      Files.move(fresh, path.resolve("version"));
    }
    Files.createDirectories(payloads());
    Files.createDirectories(database());
    force(path);
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      force(parent);
    }
  }

  /** Makes the entries of a directory survive power loss. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        // What a start leaves that was killed before it wrote the version.
        String name = String.valueOf(entry.getFileName());
        if (!name.equals("lock") && !name.equals("version.new") && !name.equals("lost+found")) {
          return false;
        }
      }
      return true;
    }
  }

  private static void requireVersion(Path path) throws IOException {
    Path file = path.resolve("version");
    String text = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
    if (!text.startsWith(TITLE)) {
      throw new StoreException(
          Kind.FORMAT,
          path + ": is no store of a gateway: it is not empty and has no file \"version\"");
    }
    String version = text.substring(TITLE.length());
    if (!version.equals(String.valueOf(VERSION))) {
      throw new StoreException(
          Kind.FORMAT,
          path
              + ": was written in format "
              + version
              + ", this gateway knows "
              + VERSION
              + ": use a newer one");
    }
  }

  private static StoreDirectory lock(Path path, boolean exclusive) throws IOException {
    Path file = path.resolve("lock");
    FileChannel channel =
        exclusive
            ? FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : FileChannel.open(file, StandardOpenOption.READ);
    try {
      if (tryLock(channel, !exclusive) == null) {
        throw new StoreException(
            Kind.LOCKED,
            path
                + ": is in use by process "
                + Files.readString(file).strip()
                + ": stop that gateway, or give this one a directory of its own");
      }
      if (exclusive) {
        String owner = ProcessHandle.current().pid() + "\n";
        channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)));
      }
      return new StoreDirectory(path, channel, Files.getFileStore(path));
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel, boolean shared)
      throws IOException {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (OverlappingFileLockException inThisProcess) {
      return null;
    }
  }

  /** Gives the directory free. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException failure) {
      throw Failures.of(path, "closing the store", failure);
    }
  }
}
