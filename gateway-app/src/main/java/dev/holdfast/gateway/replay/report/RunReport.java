package dev.holdfast.gateway.replay.report;

import dev.holdfast.gateway.replay.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The report of a run: {@value #PAGE} for people and {@value #JSON} for programs. */
public final class RunReport {
  /** The page's name. */
  public static final String PAGE = "report.html";

  /** The name of the JSON document. */
  public static final String JSON = "report.json";

  private RunReport() {}

  /**
   * Writes both files, over earlier ones.
   *
   * @param result what came of the run
   * @param source how the command line names the scenario: a file, or the name of a shipped one
   * @param directory where to; made if it is not there
   */
  public static void write(RunResult result, String source, Path directory) throws IOException {
    String json = ReportJson.document(result, RepeatCommand.of(source, result.seed()));
    Files.createDirectories(directory);
    Files.write(directory.resolve(JSON), bytes(json));
    Files.write(directory.resolve(PAGE), bytes(ReportPage.around(json)));
  }

  /** A name with half a surrogate pair is no reason to have no report. */
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
