package dev.holdfast.gateway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads server-sent events, as far as this gateway writes them. One thread. */
final class SseReader implements AutoCloseable {
  private final BufferedReader lines;

  SseReader(InputStream body) {
    this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /**
   * One event.
   *
   * @param id its id
   * @param name what sort
   * @param data on one line
   */
  record Event(String id, String name, String data) {}

  /** The next event; waits for it; empty at the end. */
  Optional<Event> next() throws IOException {
    Event event = new Event("", "", "");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && !event.name().isEmpty()) {
        return Optional.of(event);
      }
      event =
          new Event(
              field(line, "id: ").orElse(event.id()),
              field(line, "event: ").orElse(event.name()),
              field(line, "data: ").orElse(event.data()));
    }
    return Optional.empty();
  }

  private static Optional<String> field(String line, String name) {
    return line.startsWith(name) ? Optional.of(line.substring(name.length())) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
