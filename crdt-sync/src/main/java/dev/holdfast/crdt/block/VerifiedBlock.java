package dev.holdfast.crdt.block;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A block of which signature and root are right: made by {@link Block#verify}. */
public final class VerifiedBlock {
  private final Block block;
  private final boolean ahead;

  VerifiedBlock(Block block, boolean ahead) {
    this.block = block;
    this.ahead = ahead;
  }

  /**
   * One that was verified before it was kept: only for what comes out of our own store.
   *
   * @param block as it was kept
   */
  public static VerifiedBlock kept(Block block) {
    return new VerifiedBlock(block, false);
  }

  /** The block. */
  public Block block() {
    return block;
  }

  /**
   * Whether its clock is too far ahead of ours. Its operations count like any others, since clocks
   * decide nothing; but no clock of ours is to follow it.
   */
  public boolean clockAhead() {
    return ahead;
  }

  /**
   * What is heard of by it: of a whole block all the numbers it covers, also those without an
   * operation; of a redacted one only the operations shown. Were a hidden one called heard, it
   * would count as deleted, and be refused when it is shown one day.
   */
  public CausalContext heard() {
    Header header = block.header();
    if (block.hidden() == 0) {
      return CausalContext.EMPTY.add(header.stream().name(), header.covers());
    }
    List<Interval> shown = new ArrayList<>();
    block.operations().forEach(it -> shown.add(new Interval(it.sequence(), it.sequence())));
    var all = new TreeMap<Octets, List<Interval>>();
    all.put(header.stream().name(), shown);
    return CausalContext.of(all);
  }
}
