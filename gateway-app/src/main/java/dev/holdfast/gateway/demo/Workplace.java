package dev.holdfast.gateway.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of a run: kept if somebody asked for it, deleted otherwise.
 *
 * @param directory where everything lies
 * @param isKept whether it stays
 */
record Workplace(Path directory, boolean isKept) {
  /**
   * A directory to work in.
   *
   * @param keep the one to keep; empty for a temporary one
   * @throws IOException if it cannot be made, or something lies in it
   */
  static Workplace at(Optional<Path> keep) throws IOException {
    if (keep.isEmpty()) {
      return new Workplace(Files.createTempDirectory("holdfast-demo-"), false);
    }
    Path directory = keep.get().toAbsolutePath();
    Files.createDirectories(directory);
    try (Stream<Path> inside = Files.list(directory)) {
      if (inside.findAny().isPresent()) {
        throw new IOException(
            directory + " is not empty, and the demo starts from nothing; name another directory");
      }
    }
    return new Workplace(directory, true);
  }

  /** The files of a gateway. */
  SiteFiles files(Site site) {
    return new SiteFiles(directory.resolve(site.label()));
  }

  /** Deletes everything, unless it is kept. What is gone already does not matter. */
  void clear() {
    if (isKept || !Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
