package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.contacts.trace.capture.BundlePart;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Writes the bundles of a capture into a directory as {@code NNNNNN-FROM-TO.bundle}. A bundle that
 * is not whole leaves no file, and a file that is there is not written over.
 */
final class BundleFolder implements Consumer<BundlePart>, AutoCloseable {
  private static final String PART = ".part";

  /** A bundle that is being written. */
  private record Begun(Path file, OutputStream out) {}

  private final Path directory;
  private final Map<Long, Begun> open = new TreeMap<>();
  private long whole;
  private long bytes;

  BundleFolder(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw CommandException.failed(
          "--bundles: " + directory + " cannot be made: " + e.getMessage());
    }
  }

  /** How many bundles were written. */
  long whole() {
    return whole;
  }

  /** How long these are together. */
  long bytes() {
    return bytes;
  }

  @Override
  public void accept(BundlePart part) {
    try {
      switch (part) {
        case BundlePart.Begun(long number, String from, String to, _, _) ->
            begin(number, String.format(Locale.ROOT, "%06d-%s-%s.bundle", number, from, to));
        case BundlePart.Data(long number, Octets octets) -> write(number, octets);
        case BundlePart.Whole(long number, long _, long length) -> keep(number, length);
        case BundlePart.Broken(long number, long _, String _) -> drop(number);
      }
    } catch (IOException e) {
      throw CommandException.failed(
          "--bundles: " + directory + " cannot be written: " + e + "; name another directory");
    }
  }

  private void begin(long number, String name) throws IOException {
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      throw CommandException.failed(
          "--bundles: " + file + " is there already; name another directory");
    }
    Path part = directory.resolve(name + PART);
    OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING));
    open.put(number, new Begun(file, out));
  }

  private void write(long number, Octets octets) throws IOException {
    Begun bundle = open.get(number);
    if (bundle != null) {
      bundle.out().write(octets.toByteArray());
    }
  }

  private void keep(long number, long length) throws IOException {
    Begun bundle = open.remove(number);
    if (bundle != null) {
      bundle.out().close();
      Files.move(part(bundle), bundle.file());
      whole++;
      bytes += length;
    }
  }

  private void drop(long number) throws IOException {
    Begun bundle = open.remove(number);
    if (bundle != null) {
      bundle.out().close();
      Files.deleteIfExists(part(bundle));
    }
  }

  private static Path part(Begun bundle) {
    return bundle.file().resolveSibling(bundle.file().getFileName() + PART);
  }

  /** Takes away what did not become whole. */
  @Override
  public void close() {
    for (Long number : open.keySet().toArray(new Long[0])) {
      try {
        drop(number);
      } catch (IOException e) {
        throw CommandException.failed("--bundles: " + directory + " cannot be tidied: " + e);
      }
    }
  }
}
