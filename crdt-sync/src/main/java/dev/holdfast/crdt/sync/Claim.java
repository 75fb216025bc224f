package dev.holdfast.crdt.sync;

/** What a region says of itself, which nobody else can: it holds under its signature alone. */
public sealed interface Claim permits FrontierMessage, Sketch, Snapshot, Request, Sidecast {
  /** What the message is that carries it. */
  default MessageKind kind() {
    return switch (this) {
      case FrontierMessage _ -> MessageKind.FRONTIER;
      case Sketch _ -> MessageKind.SKETCH;
      case Snapshot _ -> MessageKind.SNAPSHOT;
      case Request _ -> MessageKind.REQUEST;
      case Sidecast _ -> MessageKind.SIDECAST;
    };
  }

  /**
   * Refuses a number of bytes below 0.
   *
   * @throws IllegalArgumentException if it is
   */
  static void checkBudget(long budgetBytes) {
    if (budgetBytes < 0) {
      throw new IllegalArgumentException("no budget: " + budgetBytes + " bytes");
    }
  }
}
