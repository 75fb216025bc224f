package dev.holdfast.crdt;

import dev.holdfast.bpv7.wire.Octets;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A stock that never goes below zero, without asking anybody: each writer holds rights to a part of
 * it, takes only from its own, and may give rights to others ("Extending eventually consistent
 * cloud databases for enforcing numeric invariants", Balegas and others 2015; escrow, O'Neil 1986).
 *
 * <p>What a writer made, took and gave is one entry of its own, which only it replaces: the rows of
 * the transfer matrix. It sees its own row always, and of gifts from others at most less than was
 * given; so it can only underrate what it holds, whatever is lost, doubled or late.
 *
 * <p>A stock cannot be removed or reset: without the row of who gave, what the receiver took would
 * be missing somewhere. Take it down to zero, or mark what it belongs to as deleted.
 */
public final class BoundedCounter extends Entries<BoundedCounter.Row> {
  /** Nothing made. */
  public static final BoundedCounter EMPTY = new BoundedCounter(SortedTree.empty());

  /** What became of a wish to take or to give. */
  public sealed interface Outcome {}

  /**
   * It may.
   *
   * @param delta the change, to be joined
   */
  public record Done(Causal<BoundedCounter> delta) implements Outcome {}

  /**
   * It may not: the writer does not hold enough, though others may. Nothing changes, no dot is
   * taken.
   *
   * @param held rights the writer holds
   * @param asked what it wanted
   */
  public record Missing(BigInteger held, long asked) implements Outcome {}

  /**
   * What was given to one writer so far.
   *
   * @param to who got it
   * @param amount all of it, 1 or more
   */
  record Share(Octets to, long amount) {
    /** Checks the ranges. */
    Share {
      Dot.checkActor(to);
      checkAmount(amount);
    }
  }

  /**
   * What one writer did.
   *
   * @param made all it added to the stock, 0 or more
   * @param taken all it took out, 0 or more
   * @param given what it gave, by receiver in their order
   */
  record Row(long made, long taken, List<Share> given) {
    private static final Row NONE = new Row(0, 0, List.of());

    /** Checks the ranges. */
    Row {
      given = List.copyOf(given);
      if (made < 0 || taken < 0) {
        throw new IllegalArgumentException("no row: made " + made + ", taken " + taken);
      }
      for (int i = 1; i < given.size(); i++) {
        if (given.get(i - 1).to().compareTo(given.get(i).to()) >= 0) {
          throw new IllegalArgumentException("shares are in the order of their receivers");
        }
      }
    }

    private Row give(Octets to, long amount) {
      var shares = new TreeMap<Octets, Share>();
      given.forEach(share -> shares.put(share.to(), share));
      shares.merge(
          to,
          new Share(to, amount),
          (old, more) -> new Share(to, Math.addExact(old.amount(), more.amount())));
      return new Row(made, taken, List.copyOf(shares.values()));
    }
  }

  private BoundedCounter(SortedTree<Dot, Row> entries) {
    super(entries);
  }

  /**
   * Adds to the stock; the rights to it are the writer's.
   *
   * @param amount 1 or more
   * @throws ArithmeticException if this writer would have made more than 2^63 - 1
   */
  public Causal<BoundedCounter> increment(Dot dot, long amount) {
    checkAmount(amount);
    Row row = row(dot.actor());
    return replace(dot, new Row(Math.addExact(row.made(), amount), row.taken(), row.given()));
  }

  /**
   * Takes from the stock, if the writer holds the rights.
   *
   * @param amount 1 or more
   */
  public Outcome decrement(Dot dot, long amount) {
    checkAmount(amount);
    BigInteger held = rights(dot.actor());
    if (held.compareTo(BigInteger.valueOf(amount)) < 0) {
      return new Missing(held, amount);
    }
    Row row = row(dot.actor());
    return new Done(
        replace(dot, new Row(row.made(), Math.addExact(row.taken(), amount), row.given())));
  }

  /**
   * Gives rights to another writer, if this one holds them. They count for neither side until the
   * other has heard of it.
   *
   * @param amount 1 or more
   */
  public Outcome transfer(Dot dot, Octets to, long amount) {
    checkAmount(amount);
    if (to.equals(dot.actor())) {
      throw new IllegalArgumentException("a writer gives to others");
    }
    BigInteger held = rights(dot.actor());
    return held.compareTo(BigInteger.valueOf(amount)) < 0
        ? new Missing(held, amount)
        : new Done(replace(dot, row(dot.actor()).give(to, amount)));
  }

  /** What {@code actor} holds as far as seen: exact for oneself, at least 0 for others. */
  public BigInteger rights(Octets actor) {
    BigInteger held = BigInteger.ZERO;
    for (Map.Entry<Dot, Row> each : latest()) {
      Row row = each.getValue();
      boolean own = each.getKey().actor().equals(actor);
      if (own) {
        held = held.add(BigInteger.valueOf(row.made())).subtract(BigInteger.valueOf(row.taken()));
      }
      for (Share share : row.given()) {
        BigInteger amount = BigInteger.valueOf(share.amount());
        held = own ? held.subtract(amount) : share.to().equals(actor) ? held.add(amount) : held;
      }
    }
    return held.max(BigInteger.ZERO);
  }

  /**
   * What is left as far as seen: made less taken. Somebody who has heard of the taking and not yet
   * of the making reads 0, never less.
   */
  public BigInteger value() {
    BigInteger sum = BigInteger.ZERO;
    for (Map.Entry<Dot, Row> each : latest()) {
      Row row = each.getValue();
      sum = sum.add(BigInteger.valueOf(row.made())).subtract(BigInteger.valueOf(row.taken()));
    }
    return sum.max(BigInteger.ZERO);
  }

  private Row row(Octets actor) {
    SortedTree<Dot, Row> own = of(actor);
    return own.isEmpty() ? Row.NONE : own.at(own.size() - 1).getValue();
  }

  private Causal<BoundedCounter> replace(Dot dot, Row row) {
    return Causal.delta(
        dot, new BoundedCounter(SortedTree.of(dot, row)), CausalContext.of(of(dot.actor()).keys()));
  }

  private static void checkAmount(long amount) {
    if (amount < 1) {
      throw new IllegalArgumentException("an amount is 1 or more: " + amount);
    }
  }

  @Override
  public Kind kind() {
    return Kind.STOCK;
  }

  @Override
  boolean removable() {
    return false;
  }

  @Override
  BoundedCounter changed(List<Dot> gone, SortedTree<Dot, Row> come) {
    return new BoundedCounter(with(gone, come));
  }
}
