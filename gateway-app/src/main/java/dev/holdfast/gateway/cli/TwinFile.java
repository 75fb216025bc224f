package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Writes what commands are asked to put into a file. */
final class TwinFile {
  private TwinFile() {}

  /** Writes a file, or to standard output if it is called {@code -}. */
  static void write(CommandSpec spec, String name, Octets content) {
    try {
      if (name.equals("-")) {
        spec.commandLine().getOut().flush();
        System.out.write(content.toByteArray());
        System.out.flush();
      } else {
        Files.write(Path.of(name), content.toByteArray());
      }
    } catch (IOException e) {
      throw CommandException.unusable(
          "-o " + name + " cannot be written: " + e.getMessage() + "; name another file");
    }
  }
}
