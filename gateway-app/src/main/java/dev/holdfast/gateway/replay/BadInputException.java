package dev.holdfast.gateway.replay;

import java.util.List;

/** A file that a scenario needs cannot be used. */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  /**
   * A file cannot be used.
   *
   * @param problems what is wrong, a line each: file, place, what, and how to mend it
   */
  public BadInputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, a line each. */
  public List<String> problems() {
    return problems;
  }
}
