package dev.holdfast.crdt.digest;

import java.util.Arrays;

/**
 * Cells of a sketch: of the items that stand in each one the sum (exclusive or of their names), a
 * check (the same of theirs), and their count. Immutable.
 */
public final class Cells {
  private final CellRange range;
  private final long[] sums;
  private final int[] checks;
  private final int[] counts;

  /** Keeps the arrays. */
  Cells(CellRange range, long[] sums, int[] checks, int[] counts) {
    if (sums.length != range.count()
        || checks.length != range.count()
        || counts.length != range.count()) {
      throw new IllegalArgumentException("the range has " + range.count() + " cells");
    }
    this.range = range;
    this.sums = sums;
    this.checks = checks;
    this.counts = counts;
  }

  /**
   * The cells that somebody made of a set. Whether there is such a set shows when they are peeled.
   *
   * @param range which cells
   * @param sums of each its sum
   * @param checks of each its check
   * @param counts of each how many items stand in it
   * @throws IllegalArgumentException if these are not as many as the range has cells
   */
  public static Cells of(CellRange range, long[] sums, int[] checks, int[] counts) {
    return new Cells(range, sums.clone(), checks.clone(), counts.clone());
  }

  /** Which cells. */
  public CellRange range() {
    return range;
  }

  /** The exclusive or of the names of the items in one of the cells. */
  public long sum(int index) {
    return sums[index];
  }

  /** The exclusive or of their checks. */
  public int check(int index) {
    return checks[index];
  }

  /** How many items stand in one of the cells. */
  public int count(int index) {
    return counts[index];
  }

  /** Some of these cells: every {@code parts}-th, beginning with the {@code part}-th. */
  public Cells part(int part, int parts) {
    CellRange some = range.part(part, parts);
    long[] someSums = new long[some.count()];
    int[] someChecks = new int[some.count()];
    int[] someCounts = new int[some.count()];
    for (int i = 0; i < some.count(); i++) {
      someSums[i] = sums[part + i * parts];
      someChecks[i] = checks[part + i * parts];
      someCounts[i] = counts[part + i * parts];
    }
    return new Cells(some, someSums, someChecks, someCounts);
  }

  /**
   * Those of these cells that another range has.
   *
   * @param some of the same stream; each of its cells is one of these
   */
  public Cells at(CellRange some) {
    if (some.stream() != range.stream()) {
      throw new IllegalArgumentException(some + " is not of " + range);
    }
    long[] someSums = new long[some.count()];
    int[] someChecks = new int[some.count()];
    int[] someCounts = new int[some.count()];
    for (int i = 0; i < some.count(); i++) {
      int at = (some.cell(i) - range.first()) / range.stride();
      someSums[i] = sums[at];
      someChecks[i] = checks[at];
      someCounts[i] = counts[at];
    }
    return new Cells(some, someSums, someChecks, someCounts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cells that
        && range.equals(that.range)
        && Arrays.equals(sums, that.sums)
        && Arrays.equals(checks, that.checks)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * range.hashCode() + Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return "cells " + range;
  }
}
