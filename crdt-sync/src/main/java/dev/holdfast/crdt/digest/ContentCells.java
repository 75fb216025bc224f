package dev.holdfast.crdt.digest;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Arrays;

/**
 * Cells of a sketch that carries what it is made of: of the chunks that stand in each one the sum
 * (exclusive or of their octets), a check (the same of their names), and their count. Who holds
 * nearly the same chunks finds those that it lacks, with nothing to ask for. Immutable.
 */
public final class ContentCells {
  /** Octets of a chunk. */
  public static final int CHUNK = 256;

  private final CellRange range;
  private final byte[] sums;
  private final long[] checks;
  private final int[] counts;

  /** Keeps the arrays. */
  ContentCells(CellRange range, byte[] sums, long[] checks, int[] counts) {
    if (sums.length != range.count() * CHUNK
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
   * The cells that somebody made of chunks. Whether there are such chunks shows when they are
   * peeled.
   *
   * @param range which cells
   * @param sums the sum of each, one after the other
   * @param checks of each its check
   * @param counts of each how many chunks stand in it
   * @throws IllegalArgumentException if these are not as many as the range has cells
   */
  public static ContentCells of(CellRange range, Octets sums, long[] checks, int[] counts) {
    return new ContentCells(range, sums.toByteArray(), checks.clone(), counts.clone());
  }

  /** Which cells. */
  public CellRange range() {
    return range;
  }

  /** The exclusive or of the chunks that stand in one of the cells. */
  public Octets sum(int index) {
    return Octets.wrap(sums, index * CHUNK, CHUNK);
  }

  /** The exclusive or of their names. */
  public long check(int index) {
    return checks[index];
  }

  /** How many chunks stand in one of the cells. */
  public int count(int index) {
    return counts[index];
  }

  /** Some of these cells: every {@code parts}-th, beginning with the {@code part}-th. */
  public ContentCells part(int part, int parts) {
    return at(range.part(part, parts));
  }

  /**
   * Those of these cells that another range has.
   *
   * @param some of the same stream; each of its cells is one of these
   */
  public ContentCells at(CellRange some) {
    if (some.stream() != range.stream()) {
      throw new IllegalArgumentException(some + " is not of " + range);
    }
    byte[] someSums = new byte[some.count() * CHUNK];
    long[] someChecks = new long[some.count()];
    int[] someCounts = new int[some.count()];
    for (int i = 0; i < some.count(); i++) {
      int at = (some.cell(i) - range.first()) / range.stride();
      System.arraycopy(sums, at * CHUNK, someSums, i * CHUNK, CHUNK);
      someChecks[i] = checks[at];
      someCounts[i] = counts[at];
    }
    return new ContentCells(some, someSums, someChecks, someCounts);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentCells that
        && range.equals(that.range)
        && Arrays.equals(sums, that.sums)
        && Arrays.equals(checks, that.checks)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * range.hashCode() + Arrays.hashCode(checks);
  }

  @Override
  public String toString() {
    return "cells with content " + range;
  }
}
