package dev.holdfast.crdt.replica;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.Leaf;

/** One thing that a writer of this region wants done at one leaf: it becomes one operation. */
public sealed interface Edit {
  /** Where; of the kind that the edit is for. */
  Leaf leaf();

  /**
   * A register is to hold that value instead of all that are seen.
   *
   * @param leaf a register
   * @param value any octets
   */
  record Write(Leaf leaf, Octets value) implements Edit {}

  /**
   * A blob is to be replaced.
   *
   * @param leaf a blob
   * @param content any octets
   */
  record Upload(Leaf leaf, Octets content) implements Edit {}

  /**
   * All that is seen there is to go; what others write meanwhile stays.
   *
   * @param leaf anything but a stock
   */
  record Clear(Leaf leaf) implements Edit {}

  /**
   * An element is to be in a set.
   *
   * @param leaf a set
   * @param element which
   */
  record Add(Leaf leaf, Octets element) implements Edit {}

  /**
   * An element is to leave a set.
   *
   * @param leaf a set
   * @param element which
   */
  record Remove(Leaf leaf, Octets element) implements Edit {}

  /**
   * A counter is to go up, or down if negative.
   *
   * @param leaf a counter
   * @param by how far
   */
  record Count(Leaf leaf, long by) implements Edit {}

  /**
   * Something new comes into a stock, with all rights to it ours.
   *
   * @param leaf a stock
   * @param amount 1 or more
   */
  record Make(Leaf leaf, long amount) implements Edit {}

  /**
   * Something is to be taken from what we hold of a stock.
   *
   * @param leaf a stock
   * @param amount 1 or more
   */
  record Take(Leaf leaf, long amount) implements Edit {}

  /**
   * Rights that we hold to a part of a stock are to be another writer's.
   *
   * @param leaf a stock
   * @param to the stream that gets them
   * @param amount 1 or more
   */
  record Give(Leaf leaf, Octets to, long amount) implements Edit {}

  /**
   * An element is to come into a list.
   *
   * @param leaf a list
   * @param index before which one, 0 to the list's size
   * @param value the element
   */
  record Insert(Leaf leaf, int index, Octets value) implements Edit {}

  /**
   * An element of a list is to go.
   *
   * @param leaf a list
   * @param index which one, 0 to the list's size less one
   */
  record Delete(Leaf leaf, int index) implements Edit {}
}
