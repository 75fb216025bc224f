package dev.holdfast.gateway.replay.report;

import java.util.regex.Pattern;

/** The command that repeats a run, as a POSIX shell takes it. */
public final class RepeatCommand {
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*");

  private RepeatCommand() {}

  /** The command that runs the scenario of that name or file with that seed. */
  public static String of(String source, long seed) {
    return "holdfast replay " + word(source) + " --seed " + seed;
  }

  /** One word of a command; a name that begins with a dash must not become an option. */
  private static String word(String text) {
    if (PLAIN.matcher(text).matches()) {
      return text;
    }
    String safe = text.startsWith("-") ? "./" + text : text;
    return "'" + safe.replace("'", "'\\''") + "'";
  }
}
