package dev.holdfast.contacts.orbit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Values computed by others, as files. */
final class Golden {
  private Golden() {}

  /** The lines of a file that are no comments. */
  static List<Row> rows(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/vectors/orbit/" + name)) {
      String text =
          new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> new Row(List.of(line.split(","))))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One line. */
  record Row(List<String> fields) {
    String text(int index) {
      return fields.get(index);
    }

    double number(int index) {
      return Double.parseDouble(fields.get(index));
    }
  }
}
