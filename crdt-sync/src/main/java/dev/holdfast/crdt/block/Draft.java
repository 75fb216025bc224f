package dev.holdfast.crdt.block;

import dev.holdfast.crdt.Hlc;
import dev.holdfast.crdt.Interval;
import java.util.List;

/**
 * What a block is to be made of.
 *
 * @param covers the numbers
 * @param operations those that are left, in their order
 * @param clock the stream's clock at the last number
 */
public record Draft(Interval covers, List<Operation> operations, Hlc clock) {
  /** Keeps its own copy. */
  public Draft {
    operations = List.copyOf(operations);
  }
}
