package dev.holdfast.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.opentest4j.TestAbortedException;

/** A program that is not ours and that {@code integration-tests/peers/install} provides. */
public enum Tool {
  DTN7_RS("dtn7-rs", "bin/dtnd", "dtn7-rs"),
  DTN7_GO("dtn7-go", "bin/dtnd", "dtn7-go"),
  DTN7_GO_TOOL("dtn7-go", "bin/dtn-tool", "dtn7-go"),
  BP7_ORACLE("bp7-oracle", "bin/bp7-oracle", "bp7-oracle"),
  TSHARK("tshark", "", "tools"),
  STRACE("strace", "", "tools");

  private final String listed;
  private final String program;
  private final String installName;

  Tool(String listed, String program, String installName) {
    this.listed = listed;
    this.program = program;
    this.installName = installName;
  }

  /**
   * The program's file.
   *
   * @throws TestAbortedException when it is not installed, which leaves the calling test out
   * @throws AssertionError when it is not installed and {@code CI=true}
   */
  public Path require() {
    String where = Listing.PLACES.getOrDefault(listed, "-");
    if (!where.equals("-")) {
      return Path.of(where).resolve(program);
    }
    String notice =
        listed + " is not installed; add it with: integration-tests/peers/install " + installName;
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(notice);
    }
    System.err.println("LEFT OUT: " + notice);
    throw new TestAbortedException(notice);
  }

  /** The directory that holds the modules, found from the directory the test runs in. */
  static Path projectRoot() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("integration-tests/peers/install"))) {
        return at;
      }
    }
    throw new IllegalStateException("run this test below the directory that holds the modules");
  }

  /** What the install script says is there, asked once. */
  private static final class Listing {
    static final Map<String, String> PLACES = ask();

    private static Map<String, String> ask() {
      Path script = projectRoot().resolve("integration-tests/peers/install");
      try {
        Process process = new ProcessBuilder(script.toString(), "--list").start();
        process.getOutputStream().close();
        String text =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Map<String, String> places = new TreeMap<>();
        for (String line : text.lines().toList()) {
          int space = line.indexOf(' ');
          places.put(line.substring(0, space), line.substring(space + 1));
        }
        return places;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
