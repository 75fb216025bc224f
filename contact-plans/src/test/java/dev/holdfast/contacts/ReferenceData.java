package dev.holdfast.contacts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of third-party plans and recorded answers, which is not part of the project: {@code
 * -Dholdfast.data=DIR}, else {@code ../../shared/data}. Tests that need it are left out without it,
 * and fail on a build server, where it must be.
 */
public final class ReferenceData {
  private ReferenceData() {}

  /** The content of a file of the folder. */
  public static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  /** The content of a file of the folder. */
  public static byte[] bytes(String name) {
    Path folder = Path.of(System.getProperty("holdfast.data", "../../shared/data"));
    if (!Files.isDirectory(folder)) {
      String notice =
          "left out: no reference data at %s; name its folder with -Dholdfast.data=DIR"
              .formatted(folder.toAbsolutePath().normalize());
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException(
            "on a build server the reference data is needed; " + notice);
      }
      System.out.println(notice);
      assumeTrue(false, notice);
    }
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
