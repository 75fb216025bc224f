package dev.holdfast.contacts.trace.capture;

/** Who talks with whom, whichever of them sent the packet. */
record Pair(Endpoint lower, Endpoint higher) {
  static Pair of(Carried packet) {
    return packet.from().compareTo(packet.to()) <= 0
        ? new Pair(packet.from(), packet.to())
        : new Pair(packet.to(), packet.from());
  }
}
