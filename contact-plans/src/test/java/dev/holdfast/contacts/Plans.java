package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** Small plans for tests; times are given in seconds. */
public final class Plans {
  private Plans() {}

  /** Node {@code number}. */
  public static NodeNumber node(long number) {
    return NodeNumber.of(number);
  }

  /** DTN time in seconds. */
  public static DtnTime at(double seconds) {
    return new DtnTime(Math.round(seconds * 1000));
  }

  /** A scheduled contact. */
  public static Contact contact(
      long from, long to, double start, double end, long rate, double owlt) {
    return Contact.of(node(from), node(to), at(start), at(end), rate, Math.round(owlt * 1000));
  }

  /** A plan of version 1. */
  public static ContactPlan plan(Contact... contacts) {
    return ContactPlan.of(1, List.of(contacts));
  }

  /**
   * A random plan with many ties: few nodes, whole seconds, few light times, often zero.
   *
   * @param contacts how many are tried; those that would overlap are left out
   */
  public static ContactPlan random(SplittableRandom random, int nodes, int contacts, int horizon) {
    return ContactPlan.of(1, draw(random, nodes, contacts, horizon, Contact::overlaps));
  }

  /** The same, where contacts of a pair may overlap, if none that begins later ends sooner. */
  public static ContactPlan overlapping(
      SplittableRandom random, int nodes, int contacts, int horizon) {
    return ContactPlan.ofOverlapping(
        1, draw(random, nodes, contacts, horizon, (a, b) -> isWithin(a, b) || isWithin(b, a)));
  }

  private static boolean isWithin(Contact a, Contact b) {
    return a.start().isAfter(b.start()) && a.end().isBefore(b.end());
  }

  private static List<Contact> draw(
      SplittableRandom random,
      int nodes,
      int contacts,
      int horizon,
      BiPredicate<Contact, Contact> contradict) {
    List<Contact> drawn = new ArrayList<>();
    for (int i = 0; i < contacts; i++) {
      int from = 1 + random.nextInt(nodes);
      int to = 1 + random.nextInt(nodes);
      int start = random.nextInt(horizon);
      int end = start + 1 + random.nextInt(horizon / 2);
      if (from != to) {
        Contact next = contact(from, to, start, end, 1 + random.nextInt(4), random.nextInt(4));
        if (drawn.stream().noneMatch(c -> c.isSamePair(next) && contradict.test(c, next))) {
          drawn.add(next);
        }
      }
    }
    return drawn;
  }
}
