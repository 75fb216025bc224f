package dev.holdfast.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The scenarios that come with Holdfast. */
final class ShippedScenarios {
  private static final String SUFFIX = ".yaml";

  private final Path directory;

  ShippedScenarios(Path directory) {
    this.directory = directory;
  }

  /** Those beside the launcher that started this. */
  static ShippedScenarios besideLauncher() {
    String launcher = System.getProperty("holdfast.launcher", "gateway-app/bin/holdfast");
    Path dist = Path.of("src", "main", "dist", "scenarios");
    return new ShippedScenarios(
        Path.of(launcher).toAbsolutePath().resolve("../..").resolve(dist).normalize());
  }

  /**
   * One of them.
   *
   * @param name what it is called here
   * @param about what it shows: the first line of its comment
   */
  record Shipped(String name, String about) {}

  /** All of them, by name. */
  List<Shipped> list() {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .map(name -> new Shipped(name, about(name)))
          .toList();
    } catch (IOException e) {
      throw CommandException.failed("no scenarios at " + directory + "; name a file instead");
    }
  }

  /** The file of one of them. */
  Optional<Path> find(String name) {
    Path file = file(name);
    return name.matches("[A-Za-z0-9._-]+") && Files.isRegularFile(file)
        ? Optional.of(file)
        : Optional.empty();
  }

  private String about(String name) {
    try (Stream<String> lines = Files.lines(file(name))) {
      return lines
          .filter(line -> line.startsWith("# "))
          .findFirst()
          .map(line -> line.substring(2))
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }
}
