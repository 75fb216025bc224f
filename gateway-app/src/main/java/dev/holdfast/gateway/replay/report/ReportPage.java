package dev.holdfast.gateway.replay.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page: a frame, into which style, scripts and data are put where it names them. */
final class ReportPage {
  private static final String PLACE = "/dev/holdfast/gateway/replay/report/";
  private static final Pattern PART = Pattern.compile("\\{\\{([a-z]+(?:\\.[a-z]+)?)}}");

  private ReportPage() {}

  static String around(String json) {
    String frame = resource("report.html");
    StringBuilder page = new StringBuilder(frame.length() + json.length() + (1 << 16));
    Matcher part = PART.matcher(frame);
    int from = 0;
    while (part.find()) {
      page.append(frame, from, part.start());
      String name = part.group(1);
      page.append(name.equals("data") ? forScript(json) : resource(name));
      from = part.end();
    }
    return page.append(frame, from, frame.length()).toString();
  }

  /**
   * The same JSON without a character that could end the script element it stands in, or change how
   * the rest of it is read ({@code </script>}, {@code <!--}).
   */
  private static String forScript(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String resource(String name) {
    try (InputStream in = ReportPage.class.getResourceAsStream(PLACE + name)) {
      if (in == null) {
        throw new IllegalStateException("this build lacks the report's part " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
