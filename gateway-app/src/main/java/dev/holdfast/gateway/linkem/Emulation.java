package dev.holdfast.gateway.linkem;

/**
 * What all connections and flows of a relay share.
 *
 * @param settings what to relay
 * @param limits what it may use
 * @param time nanoseconds since the epoch
 * @param forward the transmitter of the connecting side
 * @param backward the transmitter of the other side
 * @param tally the counters
 */
record Emulation(
    LinkemSettings settings,
    LinkemLimits limits,
    LinkTime time,
    SharedTransmitter forward,
    SharedTransmitter backward,
    Tally tally) {
  private static final long MARGIN_BYTES = 256 << 10;

  static Emulation of(LinkemSettings settings, LinkemLimits limits, LinkTime time) {
    LinkSchedule schedule = settings.schedule();
    return new Emulation(
        settings,
        limits,
        time,
        new SharedTransmitter(schedule.forward(), time),
        new SharedTransmitter(schedule.backward(), time),
        new Tally());
  }

  SharedTransmitter transmitter(LinkDirection direction) {
    return switch (direction) {
      case FORWARD -> forward;
      case BACKWARD -> backward;
    };
  }

  LinkTimeline timeline(LinkDirection direction) {
    return settings.schedule().timeline(direction);
  }

  PacketLoss loss() {
    return new PacketLoss(settings.seed());
  }

  /**
   * How much a direction can have in flight: rate times light time, twice more where a lost packet
   * holds up what follows it, and a margin; at most the limit.
   */
  long inFlightBytes(LinkDirection direction) {
    double most = 0;
    for (LinkWindow window : timeline(direction).windows()) {
      LinkQuality quality = window.quality();
      double flights = quality.loss() > 0 ? 5 : 1;
      most = Math.max(most, flights * quality.bytesPerSecond() * (quality.owltNanos() / 1e9));
    }
    return (long) Math.min((double) limits.bufferBytes(), most + MARGIN_BYTES);
  }

  /**
   * How many bytes of a stream to take at once: 5 ms of the direction's rate, so that connections
   * take turns and a slow link does not deliver in lumps.
   */
  int quantumBytes(LinkDirection direction) {
    long rate = timeline(direction).qualityAt(time.now()).bytesPerSecond();
    return Math.clamp(rate / 200, 512, 64 << 10);
  }
}
