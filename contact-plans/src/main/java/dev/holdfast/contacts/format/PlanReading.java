package dev.holdfast.contacts.format;

import dev.holdfast.contacts.ContactPlan;
import java.util.List;

/** What became of reading a plan. */
public sealed interface PlanReading {
  /**
   * The plan is usable.
   *
   * @param plan version 0
   * @param format what it was written in
   * @param floating whether its times count from an unnamed zero ({@link Epoch.Floating}), which
   *     stands at DTN time zero in the plan
   * @param warnings what was ignored, repaired or cannot be used, in file order, cut at the limit
   * @param warningCount how many there are in all
   */
  record Parsed(
      ContactPlan plan,
      PlanFormat format,
      boolean floating,
      List<PlanProblem> warnings,
      int warningCount)
      implements PlanReading {
    /** Keeps its own copy. */
    public Parsed {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The plan is not usable.
   *
   * @param problems what is wrong, in file order, cut at the limit; at least one
   * @param problemCount how many there are in all
   */
  record Refused(List<PlanProblem> problems, int problemCount) implements PlanReading {
    /** Keeps its own copy. */
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal has a reason");
      }
    }
  }
}
