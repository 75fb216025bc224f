package dev.holdfast.gateway.cli;

import dev.holdfast.custody.StoreException;
import dev.holdfast.custody.rocks.StoreInspection;
import java.nio.file.Path;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which store a command looks into, and how it tells what it finds. */
final class StoreInput {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "The data directory of a gateway's store.")
  private Path directory = Path.of("");

  @Option(names = "--json", description = "JSON on standard output.")
  private boolean json;

  Path directory() {
    return directory;
  }

  boolean json() {
    return json;
  }

  /** Opens the store, looks, and closes it; what goes wrong ends the command with one line. */
  int look(ToIntFunction<StoreInspection> how) {
    try (StoreInspection inspection = StoreInspection.open(directory)) {
      return how.applyAsInt(inspection);
    } catch (StoreException e) {
      String line = String.valueOf(e.getMessage());
      throw switch (e.kind()) {
        case LOCKED, FORMAT -> CommandException.unusable(line);
        case CORRUPT, FULL, FAILED -> CommandException.failed(line);
      };
    }
  }
}
