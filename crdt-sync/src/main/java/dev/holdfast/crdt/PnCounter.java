package dev.holdfast.crdt;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A counter that goes up and down: per writer what it added and what it took away, in one entry
 * that each of its additions replaces (a PN-counter, Shapiro and others 2011). It may go below
 * zero; what must not is a {@link BoundedCounter}.
 *
 * <p>Removed from a map, or reset, it loses the entries that the remove saw. A writer that counted
 * concurrently keeps its whole entry, with what it had counted before: an observed remove takes
 * away whole entries, and cannot tell how much of one is new. So reset only where nobody counts, or
 * let the count go on.
 */
public final class PnCounter extends Entries<PnCounter.Tally> {
  /** Zero, by nobody. */
  public static final PnCounter EMPTY = new PnCounter(SortedTree.empty());

  /**
   * What one writer has counted.
   *
   * @param plus all it added, 0 or more
   * @param minus all it took away, 0 or more
   */
  record Tally(long plus, long minus) {
    /** Checks the ranges. */
    Tally {
      if (plus < 0 || minus < 0) {
        throw new IllegalArgumentException("no tally: +" + plus + " -" + minus);
      }
    }

    private Tally add(long by) {
      return by >= 0
          ? new Tally(Math.addExact(plus, by), minus)
          : new Tally(plus, Math.subtractExact(minus, by));
    }

    private BigInteger value() {
      return BigInteger.valueOf(plus).subtract(BigInteger.valueOf(minus));
    }
  }

  private PnCounter(SortedTree<Dot, Tally> entries) {
    super(entries);
  }

  /**
   * Counts up, or down if {@code by} is negative.
   *
   * @throws ArithmeticException if this writer's additions, or what it took away, would pass 2^63 -
   *     1; nothing is changed then
   */
  public Causal<PnCounter> add(Dot dot, long by) {
    SortedTree<Dot, Tally> own = of(dot.actor());
    Tally tally = own.isEmpty() ? new Tally(0, 0) : own.at(own.size() - 1).getValue();
    return Causal.delta(
        dot, new PnCounter(SortedTree.of(dot, tally.add(by))), CausalContext.of(own.keys()));
  }

  /** Takes away all entries as far as seen; see above for who counts meanwhile. */
  public Causal<PnCounter> reset(Dot dot) {
    return Causal.delta(dot, EMPTY, dots());
  }

  /** The sum over all writers: of any size, since there may be any number of them. */
  public BigInteger value() {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Dot, Tally> each : latest()) {
      sum = sum.add(each.getValue().value());
    }
    return sum;
  }

  @Override
  public Kind kind() {
    return Kind.COUNTER;
  }

  @Override
  PnCounter changed(List<Dot> gone, SortedTree<Dot, Tally> come) {
    return new PnCounter(with(gone, come));
  }
}
