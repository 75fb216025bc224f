package dev.holdfast.it.peer;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Rust crate bp7 as a decoder beside ours: ten thousand bundles take well under a second.
 *
 * <p>What it cannot do: ipn endpoints of three elements or node 0, hop limits and counts over 255,
 * block flags over 255. It checks a CRC over its own encoding of what it decoded, so that {@code
 * same_bytes} should be asked for as well. The node of an ipn endpoint is printed as one 64-bit
 * number.
 */
public final class Bp7Oracle {
  private Bp7Oracle() {}

  /**
   * What bp7 makes of each bundle, in order: {@code {"ok":true,"crc_ok":…,"same_bytes":…,
   * "primary":{…},"blocks":[…]}} or {@code {"ok":false,"error":…}}; the fields are listed in {@code
   * integration-tests/peers/bp7-oracle}.
   */
  public static List<JsonNode> decode(List<Octets> bundles) {
    Path program = Tool.BP7_ORACLE.require();
    try {
      Path input = Files.createTempFile("bp7-oracle", ".hex");
      Path output = Files.createTempFile("bp7-oracle", ".json");
      try {
        Files.write(input, bundles.stream().map(Octets::hex).toList());
        Process process =
            new ProcessBuilder(program.toString())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
          throw new IllegalStateException("bp7-oracle ends with " + process.exitValue());
        }
        JsonMapper json = new JsonMapper();
        List<JsonNode> verdicts = Files.readAllLines(output).stream().map(json::readTree).toList();
        if (verdicts.size() != bundles.size()) {
          throw new IllegalStateException(
              "bp7-oracle: " + verdicts.size() + " answers for " + bundles.size() + " bundles");
        }
        return verdicts;
      } finally {
        Files.delete(input);
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
