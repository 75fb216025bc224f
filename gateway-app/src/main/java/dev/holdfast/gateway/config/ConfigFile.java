package dev.holdfast.gateway.config;

import dev.holdfast.contacts.yaml.Position;
import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.contacts.yaml.YamlException.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file of YAML that people write: a configuration, a scenario. */
public final class ConfigFile {
  /** It is written by hand: a megabyte is a mistake. */
  public static final int MOST_CHARS = 1 << 20;

  private ConfigFile() {}

  /**
   * The text of a file.
   *
   * @throws YamlException if it cannot be read, is no UTF-8, or is larger than 1 MiB
   */
  public static String text(Path file) {
    try {
      if (Files.size(file) > MOST_CHARS) {
        throw unreadable(file, "the file is larger than 1 MiB");
      }
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "no such file");
    } catch (MalformedInputException e) {
      throw unreadable(file, "the file is not UTF-8 text");
    } catch (IOException e) {
      throw unreadable(file, "cannot be read: " + e.getMessage());
    }
  }

  private static YamlException unreadable(Path file, String text) {
    return new YamlException(List.of(new Problem(file.toString(), new Position(1, 1), text)));
  }
}
