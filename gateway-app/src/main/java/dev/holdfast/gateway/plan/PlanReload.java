package dev.holdfast.gateway.plan;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.PlanDiff;
import java.util.List;

/** What became of reading the contact plan. */
public sealed interface PlanReload {
  /**
   * It is in force, or was already.
   *
   * @param plan the plan in force
   * @param difference from the plan before
   * @param warnings what was ignored or repaired, and edits that no longer fit, one line each
   */
  record InForce(ContactPlan plan, PlanDiff difference, List<String> warnings)
      implements PlanReload {
    /** Keeps its own copy. */
    public InForce {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It cannot be used; the plan before stays in force.
   *
   * @param problems one line each, at least one
   */
  record Refused(List<String> problems) implements PlanReload {
    /** Keeps its own copy. */
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
