package dev.holdfast.contacts.trace.capture;

/** How many bytes of all connections together wait for bytes before them. */
final class WaitingRoom {
  /** What keeping a piece costs besides its bytes. */
  private static final int PIECE = 100;

  private final CaptureLimits limits;
  private long all;

  WaitingRoom(CaptureLimits limits) {
    this.limits = limits;
  }

  static int cost(int bytes) {
    return bytes + PIECE;
  }

  /** Takes room for one side's piece, if there is some. */
  boolean take(long alreadyThere, int cost) {
    if (alreadyThere + cost > limits.waitingBytes() || all + cost > limits.allWaitingBytes()) {
      return false;
    }
    all += cost;
    return true;
  }

  void give(long cost) {
    all -= cost;
  }
}
