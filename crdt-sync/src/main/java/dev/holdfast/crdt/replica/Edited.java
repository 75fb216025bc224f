package dev.holdfast.crdt.replica;

import dev.holdfast.crdt.block.Operation;
import java.util.List;

/** What became of edits that were made together: all of them, or none. */
public sealed interface Edited {
  /**
   * They are made.
   *
   * @param operations one for each, in order
   */
  record Done(List<Operation> operations) implements Edited {
    /** Keeps its own copy. */
    public Done {
      operations = List.copyOf(operations);
    }
  }

  /**
   * Nothing is changed.
   *
   * @param index which edit cannot be made, from 0 on
   * @param why for people
   */
  record Refused(int index, String why) implements Edited {}
}
