package dev.holdfast.contacts;

import dev.holdfast.bpv7.DtnTime;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Contacts summed up.
 *
 * @param contacts how many
 * @param pairs how many directed pairs they join
 * @param openMillis how long they are open, added up, in milliseconds
 * @param volumeBytes what they can carry, added up, cut at 2^63 - 1
 * @param extent from when to when and what at least and at most; empty if there is none
 */
public record PlanTotals(
    int contacts, int pairs, long openMillis, long volumeBytes, Optional<Extent> extent) {
  /**
   * The least and the most of some contacts, at least one.
   *
   * @param start the earliest start
   * @param end the latest end
   * @param shortestMillis the shortest window
   * @param longestMillis the longest window
   * @param leastRate bytes per second
   * @param mostRate bytes per second
   * @param leastOwltMillis the shortest light time
   * @param mostOwltMillis the longest light time
   * @param leastConfidence 1 if all of them are certain
   */
  public record Extent(
      DtnTime start,
      DtnTime end,
      long shortestMillis,
      long longestMillis,
      long leastRate,
      long mostRate,
      long leastOwltMillis,
      long mostOwltMillis,
      double leastConfidence) {
    private static Extent of(Contact contact) {
      return new Extent(
          contact.start(),
          contact.end(),
          contact.durationMillis(),
          contact.durationMillis(),
          contact.bytesPerSecond(),
          contact.bytesPerSecond(),
          contact.owltMillis(),
          contact.owltMillis(),
          contact.confidence());
    }

    private Extent and(Extent other) {
      return new Extent(
          DtnTime.min(start, other.start),
          DtnTime.max(end, other.end),
          Math.min(shortestMillis, other.shortestMillis),
          Math.max(longestMillis, other.longestMillis),
          Math.min(leastRate, other.leastRate),
          Math.max(mostRate, other.mostRate),
          Math.min(leastOwltMillis, other.leastOwltMillis),
          Math.max(mostOwltMillis, other.mostOwltMillis),
          Math.min(leastConfidence, other.leastConfidence));
    }
  }

  /** Of some contacts, in any order. */
  public static PlanTotals of(Collection<Contact> contacts) {
    TreeSet<NodePair> pairs = new TreeSet<>();
    long open = 0;
    long volume = 0;
    Optional<Extent> extent = Optional.empty();
    for (Contact contact : contacts) {
      pairs.add(new NodePair(contact.from(), contact.to()));
      open += contact.durationMillis();
      long more = contact.volumeBytes();
      volume = volume > Long.MAX_VALUE - more ? Long.MAX_VALUE : volume + more;
      Extent own = Extent.of(contact);
      extent = Optional.of(extent.map(own::and).orElse(own));
    }
    return new PlanTotals(contacts.size(), pairs.size(), open, volume, extent);
  }
}
