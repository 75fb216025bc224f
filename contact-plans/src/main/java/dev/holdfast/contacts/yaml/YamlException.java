package dev.holdfast.contacts.yaml;

import dev.holdfast.contacts.OneLine;
import java.util.List;

/** A file of YAML that cannot be used: its author's error, told with its places. */
public final class YamlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One thing that is wrong.
   *
   * @param file the file, as it was named
   * @param at where in it
   * @param text what, and how to mend it
   */
  public record Problem(String file, Position at, String text) {
    /** What is quoted from a file may hold line breaks. */
    public Problem {
      text = OneLine.of(text);
    }

    @Override
    public String toString() {
      return file + ":" + at + ": " + text;
    }
  }

  /** All that is wrong with a file, at least one thing, in the order of the file. */
  public YamlException(List<Problem> problems) {
    super(line(problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, in the order of the file. */
  public List<Problem> problems() {
    return problems;
  }

  private static String line(List<Problem> problems) {
    int more = problems.size() - 1;
    String first = problems.getFirst().toString();
    return switch (more) {
      case 0 -> first;
      case 1 -> first + " (and one more problem)";
      default -> first + " (and " + more + " more problems)";
    };
  }
}
