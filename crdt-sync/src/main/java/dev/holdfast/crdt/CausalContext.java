package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The set of all dots seen: what was written and is not in the state any more was deleted, what is
 * not in here was not heard of yet. So deletes need no tombstones.
 *
 * <p>Compact: per actor the intervals of its sequence numbers, which is one number for an actor
 * heard without gaps. Immutable, with value equality; actors in the order of their bytes.
 */
public final class CausalContext {
  /** Nothing seen. */
  public static final CausalContext EMPTY = new CausalContext(new TreeMap<>());

  private final SortedMap<Octets, Runs> seen;

  private CausalContext(SortedMap<Octets, Runs> seen) {
    this.seen = Collections.unmodifiableSortedMap(seen);
  }

  /** Just these dots, in any order. */
  static CausalContext of(Iterable<Dot> dots) {
    var all = new TreeMap<Octets, List<Interval>>();
    for (Dot dot : dots) {
      all.computeIfAbsent(dot.actor(), _ -> new ArrayList<>())
          .add(new Interval(dot.sequence(), dot.sequence()));
    }
    var seen = new TreeMap<Octets, Runs>();
    all.forEach(
        (actor, numbers) -> {
          numbers.sort(Comparator.comparingLong(Interval::first));
          seen.put(actor, Runs.ofAll(numbers));
        });
    return seen.isEmpty() ? EMPTY : new CausalContext(seen);
  }

  /** Each actor's intervals; these are in the order of their beginnings. */
  public static CausalContext of(SortedMap<Octets, List<Interval>> intervals) {
    var seen = new TreeMap<Octets, Runs>();
    intervals.forEach(
        (actor, runs) -> {
          Dot.checkActor(actor);
          if (!runs.isEmpty()) {
            seen.put(actor, Runs.ofAll(runs));
          }
        });
    return seen.isEmpty() ? EMPTY : new CausalContext(seen);
  }

  /** Whether no dot was seen. */
  public boolean isEmpty() {
    return seen.isEmpty();
  }

  /** How many dots were seen. */
  public long size() {
    long size = 0;
    for (Runs runs : seen.values()) {
      for (Interval interval : runs.intervals()) {
        size += interval.last() - interval.first() + 1;
      }
    }
    return size;
  }

  /** Whether that write was seen. */
  public boolean contains(Dot dot) {
    Runs runs = seen.get(dot.actor());
    return runs != null && runs.contains(dot.sequence());
  }

  /** Whether every dot of {@code other} was seen here too. */
  public boolean containsAll(CausalContext other) {
    return other.seen.entrySet().stream()
        .allMatch(
            entry -> {
              Runs ours = seen.get(entry.getKey());
              return ours != null && ours.containsAll(entry.getValue());
            });
  }

  /** This and one dot more. */
  public CausalContext add(Dot dot) {
    return contains(dot) ? this : add(dot.actor(), new Interval(dot.sequence(), dot.sequence()));
  }

  /** This and all dots of {@code actor} in {@code interval}. */
  public CausalContext add(Octets actor, Interval interval) {
    Dot.checkActor(actor);
    var more = new TreeMap<>(seen);
    more.merge(actor, Runs.of(interval), Runs::union);
    return new CausalContext(more);
  }

  /** All dots of both. */
  public CausalContext join(CausalContext other) {
    if (other.seen.isEmpty()) {
      return this;
    }
    if (seen.isEmpty()) {
      return other;
    }
    var all = new TreeMap<>(seen);
    other.seen.forEach((actor, runs) -> all.merge(actor, runs, Runs::union));
    return new CausalContext(all);
  }

  /** The dots in here that are not in {@code other}. */
  public CausalContext minus(CausalContext other) {
    if (seen.isEmpty() || other.seen.isEmpty()) {
      return this;
    }
    var left = new TreeMap<Octets, Runs>();
    seen.forEach(
        (actor, runs) -> {
          Runs taken = other.seen.get(actor);
          Optional<Runs> rest = taken == null ? Optional.of(runs) : runs.minus(taken);
          rest.ifPresent(some -> left.put(actor, some));
        });
    return new CausalContext(left);
  }

  /** The dot {@code actor} may give next: one after its highest. */
  public Dot next(Octets actor) {
    return new Dot(actor, Math.addExact(highest(actor), 1));
  }

  /** Up to where {@code actor} was heard without a gap; 0 if its first write is missing. */
  public long contiguous(Octets actor) {
    Runs runs = seen.get(actor);
    return runs == null ? 0 : runs.contiguous();
  }

  /** The highest sequence number seen of {@code actor}; 0 if none. */
  public long highest(Octets actor) {
    Runs runs = seen.get(actor);
    return runs == null ? 0 : runs.highest();
  }

  /** What of {@code actor} is missing below its highest, in order. */
  public List<Interval> gaps(Octets actor) {
    Runs runs = seen.get(actor);
    return runs == null ? List.of() : runs.gaps();
  }

  /** The intervals seen of {@code actor}, in order, no two of which touch. */
  public List<Interval> intervals(Octets actor) {
    Runs runs = seen.get(actor);
    return runs == null ? List.of() : runs.intervals();
  }

  /** Every actor heard of, in the order of their bytes. */
  public List<Octets> actors() {
    return List.copyOf(seen.keySet());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CausalContext that && seen.equals(that.seen);
  }

  @Override
  public int hashCode() {
    return seen.hashCode();
  }

  /** For people: {@code actor:1-7,9 actor:…}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    for (Map.Entry<Octets, Runs> entry : seen.entrySet()) {
      text.append(text.isEmpty() ? "" : " ").append(entry.getKey().hex());
      String separator = ":";
      for (Interval interval : entry.getValue().intervals()) {
        text.append(separator).append(interval);
        separator = ",";
      }
    }
    return text.toString();
  }
}
