package dev.holdfast.crdt.block;

/** What came of verifying a block. */
public sealed interface Verdict {
  /**
   * It is what its writer made.
   *
   * @param block the block, which may now be shown to its chain
   */
  record Genuine(VerifiedBlock block) implements Verdict {}

  /** The signature is not the writer's: nobody is to blame by name but who sent it. */
  record BadSignature() implements Verdict {}

  /**
   * The header is the writer's, but these are not the operations it is over. That says nothing of
   * the writer: whoever passed the block on may have changed it.
   */
  record WrongRoot() implements Verdict {}
}
