package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.twin.TwinJson;
import dev.holdfast.crdt.twin.TwinLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** What commands take as a value: JSON itself, {@code @FILE}, or {@code -}. */
final class TwinValue {
  private static final int MOST = TwinLimits.DEFAULT.documentBytes();
  private static final TwinJson JSON = new TwinJson(TwinLimits.DEFAULT);

  private TwinValue() {}

  /** The JSON that a word on the command line stands for, as it was written. */
  static Octets of(String word) {
    String name = word.startsWith("@") ? word.substring(1) : word;
    Octets text =
        word.equals("-") || word.startsWith("@")
            ? file(name)
            : Octets.wrap(word.getBytes(StandardCharsets.UTF_8));
    if (JSON.read(text) instanceof Parsed.Bad<JsonNode> bad) {
      throw CommandException.unusable(
          (word.length() > 40 ? word.substring(0, 40) + "…" : word)
              + " is no JSON: "
              + bad
              + (word.matches("[A-Za-z][\\w -]*") ? "; a text is written '\"" + word + "\"'" : ""));
    }
    return text;
  }

  /** All of a file, or of standard input if it is called {@code -}. */
  static Octets file(String name) {
    try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
      byte[] bytes = in.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw CommandException.unusable(name + ": more than " + MOST + " bytes");
      }
      return Octets.wrap(bytes);
    } catch (IOException e) {
      throw CommandException.unusable(name + ": no such file, or it cannot be read");
    }
  }

  /** Reads what a gateway answered. */
  static JsonNode read(ApiClient.Reply reply) {
    return switch (JSON.read(reply.body())) {
      case Parsed.Good<JsonNode>(JsonNode json) -> json;
      case Parsed.Bad<JsonNode> bad ->
          throw CommandException.failed("this is no answer of a gateway: " + bad);
    };
  }

  /** JSON on one line, exactly. */
  static String line(JsonNode json) {
    return JSON.write(json);
  }
}
