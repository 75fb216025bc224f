package dev.holdfast.gateway.linkem;

/**
 * Which packets are lost: a function of the seed, the flow, the direction and the packet's number
 * in it, so that neither timing nor other flows change it. Immutable; any thread.
 *
 * @param seed any number
 */
record PacketLoss(long seed) {
  /** Bytes of a TCP stream that share one fate: what fits a packet of 1,500 bytes, rounded. */
  static final int STREAM_PACKET = 1_400;

  private static final int MAX_ATTEMPTS = 16;

  /**
   * Whether an attempt to send a packet fails.
   *
   * @param flow number of the connection or datagram flow
   * @param packet number of the packet in its flow and direction
   * @param attempt 0 for the first
   * @param probability how likely, 0 to below 1
   */
  boolean isLost(long flow, LinkDirection direction, long packet, int attempt, double probability) {
    if (probability <= 0) {
      return false;
    }
    long mixed = mix(seed ^ mix(flow + 1));
    int side = direction == LinkDirection.FORWARD ? 0 : 1;
    mixed = mix(mixed ^ mix(2 * packet + side));
    mixed = mix(mixed + attempt);
    return (mixed >>> 11) * 0x1.0p-53 < probability;
  }

  /** How often a packet must be sent again until it arrives; at most 16. */
  int repeats(long flow, LinkDirection direction, long packet, double probability) {
    int attempt = 0;
    while (attempt < MAX_ATTEMPTS && isLost(flow, direction, packet, attempt, probability)) {
      attempt++;
    }
    return attempt;
  }

  /** SplitMix64's finisher: every bit of the input moves every bit of the result. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
