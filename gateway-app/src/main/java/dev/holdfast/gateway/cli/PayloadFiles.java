package dev.holdfast.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A directory with one file for each payload. A file appears under its name only when all of it is
 * on disk; the same bundle always gets the same name.
 */
final class PayloadFiles {
  private static final int CHUNK = 256 << 10;
  private static final int LONGEST_NAME = 200;

  private final Path directory;

  private PayloadFiles(Path directory) {
    this.directory = directory;
  }

  static PayloadFiles in(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw CommandException.unusable(
          "--output " + directory + " cannot be made a directory: " + e.getMessage());
    }
    return new PayloadFiles(directory);
  }

  /** Writes and syncs a payload, and takes it into the digest. */
  Path write(String bundle, InputStream payload, MessageDigest digest) throws IOException {
    Path file = directory.resolve(name(bundle));
    Path partial = directory.resolve("." + file.getFileName() + ".part");
    try (FileChannel out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      byte[] chunk = new byte[CHUNK];
      for (int read = payload.read(chunk); read >= 0; read = payload.read(chunk)) {
        digest.update(chunk, 0, read);
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, read);
        while (bytes.hasRemaining()) {
          int _ = out.write(bytes);
        }
      }
      out.force(true);
    } catch (IOException e) {
      boolean _ = Files.deleteIfExists(partial);
      throw e;
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(directory)) {
      names.force(true);
    }
    return file;
  }

  /** {@code ipn:1.42/823456789012-0} becomes {@code ipn_1.42_823456789012-0}. */
  static String name(String bundle) {
    String name = bundle.replaceAll("[^A-Za-z0-9.+-]+", "_");
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    String end = Integer.toHexString(bundle.hashCode());
    return name.substring(0, LONGEST_NAME - 9) + "_" + end;
  }
}
