package dev.holdfast.gateway.cli;

import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.gateway.config.ConfigFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** The files that a plan is generated from: the scenario and those that it names. */
final class PlanSources {
  private final Path scenario;
  private final Map<String, String> hashes = new LinkedHashMap<>();

  /** The scenario, which is read and hashed here. */
  PlanSources(Path scenario) {
    this.scenario = scenario;
    Path name = scenario.getFileName();
    hashes.put(name == null ? "" : name.toString(), sha256(ConfigFile.text(scenario)));
  }

  /**
   * The text of a file that the scenario names, relative to it.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  String text(String name) {
    try {
      String text = ConfigFile.text(scenario.toAbsolutePath().resolveSibling(name));
      hashes.put(name, sha256(text));
      return text;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + name + "' is no path", e);
    } catch (YamlException e) {
      throw new IllegalArgumentException(
          name + ": " + e.problems().getFirst().text() + "; it is looked for beside the scenario",
          e);
    }
  }

  /** The SHA-256 of each file, in hexadecimal, by the name it was given; the scenario first. */
  Map<String, String> hashes() {
    return hashes;
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
