package dev.holdfast.crdt.twin;

import dev.holdfast.crdt.replica.Edit;
import java.util.List;

/** What becomes of a wish to change a twin. Either way nothing has changed yet. */
public sealed interface TwinOutcome {
  /**
   * The edits that do it, in this order, all or none; empty if all is as wished already.
   *
   * @param edits one operation each
   */
  record Change(List<Edit> edits) implements TwinOutcome {
    /** Keeps its own copy. */
    public Change {
      edits = List.copyOf(edits);
    }
  }

  /**
   * It is not to be.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements TwinOutcome {}
}
