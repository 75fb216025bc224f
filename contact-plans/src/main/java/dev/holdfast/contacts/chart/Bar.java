package dev.holdfast.contacts.chart;

import dev.holdfast.contacts.Contact;
import java.util.ArrayList;
import java.util.List;

/**
 * A contact in the picture, or several that are too narrow to be told apart.
 *
 * @param first the first of them, by start
 * @param last the last of them; the same if there is but one
 * @param count how many, at least 1
 * @param openMillis how long they are open in all
 * @param volume what they carry, in bytes
 * @param used how much of that is taken
 */
record Bar(Contact first, Contact last, int count, long openMillis, long volume, long used) {
  private static final double WIDEST = 8;

  static Bar of(Contact contact, long used) {
    return new Bar(contact, contact, 1, contact.durationMillis(), contact.volumeBytes(), used);
  }

  /** This and the next of the same lane. */
  Bar and(Bar next) {
    return new Bar(
        first,
        next.last,
        count + next.count,
        openMillis + next.openMillis,
        sum(volume, next.volume),
        sum(used, next.used));
  }

  static long sum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  /** What part of its span is open, above 0 up to 1. */
  double density() {
    return (double) openMillis / last.end().since(first.start());
  }

  /** What part of its volume is taken, 0 up to 1. */
  double usedPart() {
    return volume == 0 ? 0 : Math.min(1, (double) used / volume);
  }

  /**
   * Bars of contacts in order, those narrower than twice {@code least} joined across gaps narrower
   * than it, up to a width at which their density can still be seen to change.
   */
  static List<Bar> of(Scale scale, List<Contact> contacts, ChartQuery query, double least) {
    List<Bar> bars = new ArrayList<>();
    boolean narrow = false;
    for (Contact contact : contacts) {
      Bar next = of(contact, query.used().getOrDefault(contact, 0L));
      boolean small = scale.x(contact.end()) - scale.x(contact.start()) < 2 * least;
      if (small && narrow && bars.getLast().isNear(next, scale, least)) {
        bars.set(bars.size() - 1, bars.getLast().and(next));
      } else {
        bars.add(next);
      }
      narrow = small;
    }
    return bars;
  }

  private boolean isNear(Bar next, Scale scale, double least) {
    double end = scale.x(next.last.end());
    return scale.x(next.first.start()) - scale.x(last.end()) < least
        && end - scale.x(first.start()) < WIDEST * least;
  }
}
