package dev.holdfast.gateway.twin;

import dev.holdfast.crdt.sync.Witness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the streams of a store were told, in a file outside the store: a copy of the store that
 * is put back knows less. What was written before the machine started is not believed, since a
 * machine's own snapshot sets back both; so the file need not be synced either.
 *
 * <pre>
 *   holdfast witness 1 BOOT
 *   CLASS STREAM NUMBER
 *   ...
 * </pre>
 *
 * @param file where
 * @param bootId which boot of the machine this is
 */
public record WitnessFile(Path file, long bootId) {
  private static final String HEAD = "holdfast witness 1 ";

  /**
   * Of each class what was written since the machine started; nothing if nothing was.
   *
   * @throws IOException if the file is there and cannot be read
   */
  public SortedMap<String, Witness> read() throws IOException {
    SortedMap<String, Witness> witnesses = new TreeMap<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return witnesses;
    }
    if (lines.isEmpty() || !lines.getFirst().equals(HEAD + bootId)) {
      return witnesses;
    }
    for (String line : lines.subList(1, lines.size())) {
      int at = line.indexOf(' ');
      Optional<Witness> witness = at < 0 ? Optional.empty() : Witness.parse(line.substring(at + 1));
      witness.ifPresent(it -> witnesses.put(line.substring(0, at), it));
    }
    return witnesses;
  }

  /** Writes them, all or none. */
  public void write(SortedMap<String, Witness> witnesses) {
    StringBuilder text = new StringBuilder(HEAD).append(bootId).append('\n');
    witnesses.forEach(
        (name, witness) -> text.append(name).append(' ').append(witness.text()).append('\n'));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, text);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the witness " + file + " cannot be written", e);
    }
  }
}
