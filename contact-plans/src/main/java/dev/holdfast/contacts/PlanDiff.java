package dev.holdfast.contacts;

import java.util.ArrayList;
import java.util.List;

/**
 * What a new plan says otherwise than an old one. A contact is known again by sender, receiver and
 * start; each list is in plan order.
 *
 * @param added contacts that only the new plan has
 * @param removed contacts that only the old plan has
 * @param changed contacts that both have, with another end, rate, light time or confidence
 */
public record PlanDiff(List<Contact> added, List<Contact> removed, List<Change> changed) {
  /**
   * A contact before and after.
   *
   * @param before as the old plan has it
   * @param after as the new plan has it
   */
  public record Change(Contact before, Contact after) {}

  /** Keeps its own copies. */
  public PlanDiff {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    changed = List.copyOf(changed);
  }

  /** What differs from {@code before} to {@code after}; versions do not count. */
  public static PlanDiff between(ContactPlan before, ContactPlan after) {
    List<Contact> added = new ArrayList<>();
    List<Contact> removed = new ArrayList<>();
    List<Change> changed = new ArrayList<>();
    List<Contact> olds = before.contacts();
    List<Contact> news = after.contacts();
    int o = 0;
    int n = 0;
    while (o < olds.size() || n < news.size()) {
      int order =
          o == olds.size() ? 1 : n == news.size() ? -1 : compareKeys(olds.get(o), news.get(n));
      if (order < 0) {
        removed.add(olds.get(o++));
      } else if (order > 0) {
        added.add(news.get(n++));
      } else {
        Contact old = olds.get(o++);
        Contact now = news.get(n++);
        if (!old.equals(now)) {
          changed.add(new Change(old, now));
        }
      }
    }
    return new PlanDiff(added, removed, changed);
  }

  /** Whether both plans say the same. */
  public boolean isEmpty() {
    return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
  }

  private static int compareKeys(Contact a, Contact b) {
    int order = a.from().compareTo(b.from());
    order = order != 0 ? order : a.to().compareTo(b.to());
    return order != 0 ? order : a.start().compareTo(b.start());
  }
}
