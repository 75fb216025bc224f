package dev.holdfast.custody.rocks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A store's directory as a crash leaves it: copied while the store is open. */
public final class CrashCopy {
  private CrashCopy() {}

  /** Copies it at a moment when the database makes and deletes no file. */
  public static void make(Path from, Path to) {
    try {
      while (!copiedAtOnce(from, to)) {
        for (Path path : below(to).reversed()) {
          Files.delete(path);
        }
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static boolean copiedAtOnce(Path from, Path to) throws IOException {
    List<Path> before = below(from);
    try {
      for (Path path : before) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    } catch (NoSuchFileException deletedMeanwhile) {
      return false;
    }
    return below(from).equals(before);
  }

  private static List<Path> below(Path directory) throws IOException {
    while (true) {
      try (Stream<Path> all = Files.walk(directory)) {
        return all.sorted(Comparator.naturalOrder()).toList();
      } catch (UncheckedIOException deletedMeanwhile) {
        if (!(deletedMeanwhile.getCause() instanceof NoSuchFileException)) {
          throw deletedMeanwhile;
        }
      }
    }
  }
}
