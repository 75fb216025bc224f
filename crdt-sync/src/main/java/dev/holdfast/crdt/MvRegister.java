package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.util.List;

/**
 * A multi-value register: a write replaces the values it saw, and values written concurrently stand
 * side by side until somebody writes again ("A comprehensive study of convergent and commutative
 * replicated data types", Shapiro and others 2011).
 *
 * <p>Clocks only decide which of the concurrent values is shown, so that a clock in 2099 owns
 * nothing: whoever saw its value and writes, replaces it.
 */
public final class MvRegister extends Versions<Octets> {
  /** Never written. */
  public static final MvRegister EMPTY = new MvRegister(SortedTree.empty());

  private MvRegister(SortedTree<Dot, Stamped<Octets>> entries) {
    super(entries);
  }

  /**
   * Replaces all values by one.
   *
   * @param dot new
   * @param at the writer's hybrid clock
   * @param value any octets; how many is the caller's limit, {@link CrdtLimits#valueBytes}
   */
  public Causal<MvRegister> write(Dot dot, Hlc at, Octets value) {
    return Causal.delta(dot, new MvRegister(SortedTree.of(dot, new Stamped<>(at, value))), dots());
  }

  /** Takes all values away; those written concurrently stay. */
  public Causal<MvRegister> clear(Dot dot) {
    return Causal.delta(dot, EMPTY, dots());
  }

  @Override
  public Kind kind() {
    return Kind.REGISTER;
  }

  @Override
  MvRegister changed(List<Dot> gone, SortedTree<Dot, Stamped<Octets>> come) {
    return new MvRegister(with(gone, come));
  }
}
