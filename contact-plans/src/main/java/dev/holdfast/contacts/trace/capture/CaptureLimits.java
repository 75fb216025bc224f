package dev.holdfast.contacts.trace.capture;

/**
 * What reading a capture may at most need. At a limit the reading goes on without what is over it,
 * and says so; only a packet over its limit ends it.
 *
 * @param packetBytes longest packet, in bytes; a longer one is damage
 * @param interfaces most interfaces of one section of a pcapng file
 * @param connections most TCP connections that are open at once; the one that was silent longest is
 *     given up for a new one. About 2 KiB of heap each
 * @param waitingBytes most bytes of one side of a connection that wait for bytes before them
 * @param allWaitingBytes most of them in all connections together
 * @param bundleBytes longest bundle that is handed on
 * @param openTransfers most bundles that are under way at once, in all connections; about 300 bytes
 *     of heap each
 */
public record CaptureLimits(
    int packetBytes,
    int interfaces,
    int connections,
    int waitingBytes,
    int allWaitingBytes,
    long bundleBytes,
    int openTransfers) {
  /**
   * 1 MiB a packet, 256 interfaces, 4,096 connections, 4 MiB waiting in one and 32 MiB in all,
   * bundles of 8 GiB, 512 of them under way (as many as files that can be open to write them):
   * about 45 MiB of heap at most.
   */
  public static final CaptureLimits DEFAULT =
      new CaptureLimits(1 << 20, 256, 4096, 4 << 20, 32 << 20, 8L << 30, 512);

  /** Each limit lets something through. */
  public CaptureLimits {
    if (packetBytes < 64
        || interfaces < 1
        || connections < 1
        || waitingBytes < 1
        || allWaitingBytes < 1
        || bundleBytes < 1
        || openTransfers < 1) {
      throw new IllegalArgumentException("a limit that no capture can keep");
    }
  }
}
