package dev.holdfast.gateway.api;

import dev.holdfast.gateway.twin.TwinRequest.Condition;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code If-Match} and {@code If-None-Match} ask (RFC 9110 §13.1); tags are of whole things.
 */
final class TwinConditions {
  private static final int MOST_LENGTH = 4_096;
  private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([^\"]*)\"\\s*(?:,|$)");

  private TwinConditions() {}

  /** What must be so for a change. */
  static Condition of(Context context) {
    Optional<String> match = header(context, "If-Match");
    Optional<String> noneMatch = header(context, "If-None-Match");
    if (match.isPresent() && noneMatch.isPresent()) {
      throw Problem.invalid("If-Match and If-None-Match go together for no change; give one");
    }
    if (noneMatch.isPresent()) {
      return absent(context, noneMatch.get());
    }
    if (match.isEmpty()) {
      return new Condition.None();
    }
    if (match.get().strip().equals("*")) {
      return new Condition.Present();
    }
    List<String> tags = tags("If-Match", match.get());
    if (tags.size() > 1) {
      throw Problem.invalid(
          "If-Match: " + tags.size() + " tags; a thing is as one of them at most");
    }
    return new Condition.Unchanged(tags.getFirst());
  }

  private static Condition absent(Context context, String noneMatch) {
    boolean putsThing =
        context.method().name().equals("PUT") && !context.pathParamMap().containsKey("path");
    if (!putsThing || !noneMatch.strip().equals("*")) {
      throw Problem.invalid(
          "If-None-Match: of changes, only a PUT of a whole thing takes it, as *: it creates one");
    }
    return new Condition.Absent();
  }

  /** Whether who reads has it already. */
  static boolean isKnown(Context context, String tag) {
    Optional<String> noneMatch = header(context, "If-None-Match");
    return noneMatch
        .filter(text -> text.strip().equals("*") || tags("If-None-Match", text).contains(tag))
        .isPresent();
  }

  private static Optional<String> header(Context context, String name) {
    Optional<String> text = Optional.ofNullable(context.header(name));
    if (text.isPresent() && text.get().length() > MOST_LENGTH) {
      throw Problem.invalid(name + ": more than " + MOST_LENGTH + " characters");
    }
    return text;
  }

  private static List<String> tags(String name, String text) {
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(text);
    int end = 0;
    while (end < text.length() && tag.find(end) && tag.start() == end) {
      tags.add(tag.group(1));
      end = tag.end();
    }
    if (tags.isEmpty() || end < text.length()) {
      throw Problem.invalid(
          name + ": give * or a tag as ETag has it, in quotation marks, such as \"0a1b2c\"");
    }
    return tags;
  }
}
