package dev.holdfast.gateway.bench;

import dev.holdfast.gateway.clock.GatewayClock;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/**
 * What all suites of a run share.
 *
 * @param clock for all durations
 * @param options how it is run
 * @param progress told what is being done, for people
 */
record BenchRun(GatewayClock clock, BenchOptions options, Consumer<String> progress) {
  /** A directory of that name within the run's, empty. */
  Path fresh(String name) {
    Path path = options.directory().resolve(name);
    delete(path);
    return path;
  }

  /** Deletes what is no longer needed, unless it is to be kept. */
  void done(Path path) {
    if (!options.keep()) {
      delete(path);
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path)) {
      return;
    }
    try {
      Files.walkFileTree(
          path,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new BenchException("deleting " + path + " failed: " + e.getMessage(), e);
    }
  }
}
