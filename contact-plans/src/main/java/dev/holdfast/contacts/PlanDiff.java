package dev.holdfast.contacts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a new plan says otherwise than an old one. A contact is known again by sender, receiver and
 * start, or as {@link #joiningMoves} says; each list is in plan order.
 *
 * @param added contacts that only the new plan has
 * @param removed contacts that only the old plan has
 * @param changed contacts that both have, with another end, rate, light time or confidence, and
 *     start if moves are joined
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

  /**
   * The same with moved starts told as changes: a removed and an added contact of one directed pair
   * that overlap are the same contact before and after. For people; a router does not care.
   */
  public PlanDiff joiningMoves() {
    List<Contact> left = new ArrayList<>();
    List<Contact> come = new ArrayList<>();
    List<Change> all = new ArrayList<>(changed);
    int r = 0;
    int a = 0;
    while (r < removed.size() && a < added.size()) {
      Contact old = removed.get(r);
      Contact now = added.get(a);
      if (old.isSamePair(now) && old.overlaps(now)) {
        all.add(new Change(old, now));
        r++;
        a++;
      } else if (compareKeys(old, now) < 0) {
        left.add(old);
        r++;
      } else {
        come.add(now);
        a++;
      }
    }
    left.addAll(removed.subList(r, removed.size()));
    come.addAll(added.subList(a, added.size()));
    all.sort(Comparator.comparing(Change::after));
    return new PlanDiff(come, left, all);
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
