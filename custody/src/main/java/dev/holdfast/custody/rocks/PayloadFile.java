package dev.holdfast.custody.rocks;

import com.sun.nio.file.ExtendedOpenOption;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes one large payload, piece by piece and past the page cache: what never becomes dirty memory
 * never has to be written back while a small bundle waits for its sync (docs/0001). One thread at a
 * time.
 */
final class PayloadFile implements BundleStore.SpoolWriter {
  /** Position, length and memory of direct requests are multiples of this many bytes. */
  static final int ALIGNMENT = 4096;

  private final PayloadFiles files;
  private final long number;
  private final Path path;
  private final ByteBuffer piece;
  private final FileChannel channel;
  private final boolean direct;
  private final CRC32C crc = new CRC32C();
  private long written;
  private boolean ended;

  PayloadFile(PayloadFiles files, long number, Path path, ByteBuffer piece) {
    this.files = files;
    this.number = number;
    this.path = path;
    this.piece = piece;
    FileChannel opened;
    boolean isDirect = true;
    try {
      makeDirectory(path);
      try {
        opened = openDirect(path);
      } catch (IOException | UnsupportedOperationException noDirectAccess) {
        // Some file systems, such as those in memory, know no requests past the page cache.
        opened = openBuffered(path);
        isDirect = false;
      }
    } catch (IOException failure) {
      files.released(piece);
      throw Failures.of(path, "creating a payload", failure);
    }
    channel = opened;
    direct = isDirect;
  }

  private static void makeDirectory(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
      Path above = parent.getParent();
      if (above != null) {
        StoreDirectory.force(above);
      }
    }
  }

  private static FileChannel openDirect(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        ExtendedOpenOption.DIRECT);
  }

  private static FileChannel openBuffered(Path path) throws IOException {
    return FileChannel.open(
        path,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  @Override
  public void write(Octets bytes) {
    requireOpen();
    int from = 0;
    while (from < bytes.size()) {
      int to = from + Math.min(piece.remaining(), bytes.size() - from);
      bytes
          .slice(from, to)
          .read(
              (array, offset, length) -> {
                crc.update(array, offset, length);
                return piece.put(array, offset, length);
              });
      written += to - from;
      from = to;
      if (!piece.hasRemaining()) {
        writePiece();
      }
    }
  }

  private void writePiece() {
    files.requireSpace(piece.position());
    try {
      piece.flip();
      while (piece.hasRemaining()) {
        channel.write(piece);
      }
      piece.clear();
      if (!direct) {
        channel.force(false);
      }
    } catch (IOException failure) {
      throw Failures.of(path, "writing a payload", failure);
    }
  }

  @Override
  public Payload.Spooled finish() {
    requireOpen();
    if (piece.position() > 0) {
      while (direct && piece.position() % ALIGNMENT != 0) {
        piece.put((byte) 0);
      }
      writePiece();
    }
    try {
      channel.truncate(written);
      channel.force(true);
      Path parent = path.getParent();
      if (parent != null) {
        StoreDirectory.force(parent);
      }
      end();
    } catch (IOException failure) {
      throw Failures.of(path, "syncing a payload", failure);
    }
    files.finished(new PayloadFiles.Finished(number, written, (int) crc.getValue()));
    return new Payload.Spooled(number, written);
  }

  @Override
  public void discard() {
    if (ended) {
      return;
    }
    try {
      Files.deleteIfExists(path);
      end();
    } catch (IOException failure) {
      throw Failures.of(path, "dropping a payload", failure);
    }
  }

  private void requireOpen() {
    if (ended) {
      throw new IllegalStateException("the payload was finished or dropped already");
    }
  }

  private void end() throws IOException {
    ended = true;
    files.released(piece);
    channel.close();
  }
}
