package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

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
    List<Contact> drawn = new ArrayList<>();
    for (int i = 0; i < contacts; i++) {
      int from = 1 + random.nextInt(nodes);
      int to = 1 + random.nextInt(nodes);
      int start = random.nextInt(horizon);
      int end = start + 1 + random.nextInt(horizon / 2);
      if (from != to) {
        Contact next = contact(from, to, start, end, 1 + random.nextInt(4), random.nextInt(4));
        if (drawn.stream().noneMatch(c -> c.isSamePair(next) && c.overlaps(next))) {
          drawn.add(next);
        }
      }
    }
    return ContactPlan.of(1, drawn);
  }
}
