package dev.holdfast.gateway.twin;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which export class a write belongs to, decided here before anything of it is said anywhere. The
 * first rule that fits counts.
 *
 * @param rules in their order
 * @param otherwise the class of what no rule fits
 */
public record ExportRules(List<Rule> rules, String otherwise) {
  /** Keeps its own copy. */
  public ExportRules {
    rules = List.copyOf(rules);
  }

  /** All in one class. */
  public static ExportRules all(String exportClass) {
    return new ExportRules(List.of(), exportClass);
  }

  /**
   * A rule; it fits if all does that it names.
   *
   * @param things ids of things
   * @param paths paths of leaves, as stored
   * @param policies the {@code policyId} of the thing; none for any
   * @param subjects who writes; none for anybody
   * @param exportClass the class
   */
  public record Rule(
      Glob things, Glob paths, List<String> policies, List<String> subjects, String exportClass) {
    /** Keeps its own copies. */
    public Rule {
      policies = List.copyOf(policies);
      subjects = List.copyOf(subjects);
    }

    private boolean fits(Write write) {
      return things.fits(write.thing)
          && paths.fits(write.path)
          && (policies.isEmpty() || write.policy.filter(policies::contains).isPresent())
          && (subjects.isEmpty() || write.subject.filter(subjects::contains).isPresent());
    }
  }

  /**
   * What is to be written.
   *
   * @param thing the thing's id
   * @param policy its policy id; empty if it has none
   * @param subject who writes; empty if that is not known
   * @param path of the leaf, as stored
   */
  public record Write(
      String thing, Optional<String> policy, Optional<String> subject, String path) {}

  /** The class of a write. */
  public String classOf(Write write) {
    for (Rule rule : rules) {
      if (rule.fits(write)) {
        return rule.exportClass;
      }
    }
    return otherwise;
  }

  /**
   * A text with stars: one stands for anything within a part between slashes, two for anything.
   *
   * @param text as written
   */
  public record Glob(String text) {
    /** Fits everything. */
    public static final Glob ANY = new Glob("**");

    boolean fits(String other) {
      return text.equals("**") || pattern().matcher(other).matches();
    }

    private Pattern pattern() {
      StringBuilder regex = new StringBuilder();
      int from = 0;
      for (int at = text.indexOf('*'); at >= 0; at = text.indexOf('*', from)) {
        regex.append(Pattern.quote(text.substring(from, at)));
        boolean two = text.startsWith("**", at);
        regex.append(two ? ".*" : "[^/]*");
        from = at + (two ? 2 : 1);
      }
      return Pattern.compile(regex.append(Pattern.quote(text.substring(from))).toString());
    }
  }
}
