package dev.holdfast.bpv7.tcpcl;

import java.util.Optional;

/** A limit that the peer went over so far that its session ends at once. */
record Excess(SessTermReason reason, String why) {
  static Optional<Excess> of(
      TcpclLimits limits, Outbox out, SendingHalf sending, ReceivingHalf receiving) {
    if (out.unwritten() > limits.unwrittenBytes() + sending.windowBytes()) {
      return exhausted("the peer does not read");
    }
    if (receiving.overrun()) {
      return exhausted("the peer has too many transfers open");
    }
    return out.violations() > limits.violations()
        ? Optional.of(new Excess(SessTermReason.UNKNOWN, "the peer broke too many rules"))
        : Optional.empty();
  }

  private static Optional<Excess> exhausted(String why) {
    return Optional.of(new Excess(SessTermReason.RESOURCE_EXHAUSTION, why));
  }
}
