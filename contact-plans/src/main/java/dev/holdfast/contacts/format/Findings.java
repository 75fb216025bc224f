package dev.holdfast.contacts.format;

import dev.holdfast.contacts.ContactPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Problems and warnings of one reading: the first ones up to the limit, the rest as a count. */
final class Findings {
  private static final Comparator<PlanProblem> FILE_ORDER =
      Comparator.comparingInt(PlanProblem::line).thenComparingInt(PlanProblem::column);

  private final String file;
  private final int limit;
  private final int lineChars;
  private final List<PlanProblem> problems = new ArrayList<>();
  private final List<PlanProblem> warnings = new ArrayList<>();
  private int problemCount;
  private int warningCount;

  Findings(PlanSource source, ReadOptions options) {
    this.file = source.name();
    this.limit = options.limits().problems();
    this.lineChars = options.limits().lineChars();
  }

  void problem(Position at, String what, String mend) {
    problem(at.line(), at.column(), what, mend);
  }

  void warning(Position at, String what, String mend) {
    warning(at.line(), at.column(), what, mend);
  }

  void problem(int line, int column, String what, String mend) {
    problemCount++;
    if (problems.size() < limit) {
      problems.add(new PlanProblem(file, line, column, what, mend));
    }
  }

  void warning(int line, int column, String what, String mend) {
    warningCount++;
    if (warnings.size() < limit) {
      warnings.add(new PlanProblem(file, line, column, what, mend));
    }
  }

  /** Whether a line is longer than what is read of one; that is a problem then. */
  boolean isTooLong(int line, String text, String mend) {
    if (text.length() <= lineChars) {
      return false;
    }
    problem(line, lineChars + 1, "the line is longer than " + lineChars + " characters", mend);
    return true;
  }

  /** A problem if strict, a warning about the repair otherwise. */
  void contradiction(Tolerance tolerance, Position at, String what, String mend, String repair) {
    contradiction(tolerance.repairs(), at, what, mend, repair);
  }

  /** A warning about the repair if that is tolerated, a problem otherwise. */
  void contradiction(boolean tolerated, Position at, String what, String mend, String repair) {
    if (tolerated) {
      warning(at, what, repair);
    } else {
      problem(at, what, mend);
    }
  }

  boolean hasProblems() {
    return problemCount > 0;
  }

  PlanReading refused() {
    problems.sort(FILE_ORDER);
    return new PlanReading.Refused(problems, problemCount);
  }

  PlanReading parsed(ContactPlan plan, PlanFormat format, boolean floating) {
    if (plan.contacts().isEmpty()) {
      warning(1, 1, "the plan has no usable contact", "nothing can be sent by it");
    }
    warnings.sort(FILE_ORDER);
    return new PlanReading.Parsed(plan, format, floating, warnings, warningCount);
  }
}
