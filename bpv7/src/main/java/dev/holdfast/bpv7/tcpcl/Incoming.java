package dev.holdfast.bpv7.tcpcl;

import java.util.OptionalLong;

/** A bundle on its way in. */
final class Incoming {
  /** How far it is. */
  enum State {
    /** Segments come in. */
    RECEIVING,
    /** All here, waiting for the verdict. */
    ENDED,
    /** Durable, its final acknowledgement has been written. */
    ACCEPTED,
    /** Refused; the refusal is held back until all transfers before it are settled. */
    REFUSED,
    /** Refused, and the refusal has been written. */
    REFUSAL_WRITTEN
  }

  final TransferId id;
  final OptionalLong announced;
  State state = State.RECEIVING;
  XferRefuseReason refusal = XferRefuseReason.UNKNOWN;

  /** Bytes of whole segments. */
  long received;

  /** Flags and length of the segment that came last. */
  int segmentFlags;

  long segmentLength;

  Incoming(TransferId id, OptionalLong announced) {
    this.id = id;
    this.announced = announced;
  }

  boolean refused() {
    return state == State.REFUSED || state == State.REFUSAL_WRITTEN;
  }
}
