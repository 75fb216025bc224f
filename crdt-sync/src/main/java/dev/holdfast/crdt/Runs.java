package dev.holdfast.crdt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A set of sequence numbers as the fewest intervals: in order, apart from each other by at least
 * one number. Of an actor heard without gaps it is one interval that begins at 1.
 *
 * @param intervals the intervals, at least one
 */
record Runs(List<Interval> intervals) {
  Runs {
    intervals = List.copyOf(intervals);
  }

  static Runs of(Interval interval) {
    return new Runs(List.of(interval));
  }

  /** All numbers of intervals in the order of their beginnings. */
  static Runs ofAll(List<Interval> ordered) {
    List<Interval> merged = new ArrayList<>();
    ordered.forEach(interval -> append(merged, interval));
    return new Runs(merged);
  }

  boolean contains(long sequence) {
    int low = 0;
    int high = intervals.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Interval interval = intervals.get(middle);
      if (interval.contains(sequence)) {
        return true;
      }
      if (sequence < interval.first()) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return false;
  }

  boolean containsAll(Runs other) {
    return union(other).equals(this);
  }

  /** All numbers of both. */
  Runs union(Runs other) {
    List<Interval> merged = new ArrayList<>(intervals.size() + other.intervals.size());
    int ours = 0;
    int theirs = 0;
    while (ours < intervals.size() || theirs < other.intervals.size()) {
      boolean takeOurs =
          theirs == other.intervals.size()
              || (ours < intervals.size()
                  && intervals.get(ours).first() <= other.intervals.get(theirs).first());
      append(merged, takeOurs ? intervals.get(ours++) : other.intervals.get(theirs++));
    }
    return new Runs(merged);
  }

  /** The numbers in here that are not in {@code other}; empty if there are none. */
  Optional<Runs> minus(Runs other) {
    List<Interval> left = new ArrayList<>();
    int theirs = 0;
    for (Interval interval : intervals) {
      @Nullable Interval rest = interval;
      while (theirs < other.intervals.size()
          && other.intervals.get(theirs).first() <= interval.last()) {
        Interval taken = other.intervals.get(theirs);
        if (taken.first() > rest.first()) {
          left.add(new Interval(rest.first(), taken.first() - 1));
        }
        if (taken.last() >= rest.last()) {
          rest = null;
          break; // it may reach into the next one
        }
        if (taken.last() >= rest.first()) {
          rest = new Interval(taken.last() + 1, rest.last());
        }
        theirs++;
      }
      if (rest != null) {
        left.add(rest);
      }
    }
    return left.isEmpty() ? Optional.empty() : Optional.of(new Runs(left));
  }

  /** Adds an interval that begins no earlier than the last one did. */
  private static void append(List<Interval> merged, Interval next) {
    if (merged.isEmpty() || merged.getLast().last() < next.first() - 1) {
      merged.add(next);
    } else {
      Interval last = merged.removeLast();
      merged.add(new Interval(last.first(), Math.max(last.last(), next.last())));
    }
  }

  long highest() {
    return intervals.getLast().last();
  }

  /** The end of what is there from 1 on without a gap; 0 if 1 itself is missing. */
  long contiguous() {
    Interval first = intervals.getFirst();
    return first.first() == 1 ? first.last() : 0;
  }

  /** What is missing between 1 and the highest. */
  List<Interval> gaps() {
    List<Interval> gaps = new ArrayList<>();
    long expected = 1;
    for (Interval interval : intervals) {
      if (interval.first() > expected) {
        gaps.add(new Interval(expected, interval.first() - 1));
      }
      expected = interval.last() + 1;
    }
    return gaps;
  }
}
