package dev.holdfast.bpv7.tcpcl;

/**
 * What one session may cost.
 *
 * @param segmentMru longest segment taken, in bytes; segments pass through without being gathered,
 *     so this bounds how long an acknowledgement of the peer's may wait behind its own data
 * @param transferMru longest bundle taken, in bytes
 * @param nodeIdBytes longest node id taken, in bytes
 * @param extensionBytes longest list of extension items taken, in bytes
 * @param openTransfers most received bundles that wait for their verdict; further ones are refused
 *     with "No Resources", and at twice as many the session ends
 * @param queuedTransfers most bundles that wait to be sent
 * @param unackedTransfers most bundles sent and not yet settled by the peer
 * @param unackedBytes most bytes of such bundles; one alone may be longer
 * @param unwrittenBytes most bytes written by the session and not yet taken by the connection: a
 *     peer that makes us answer and does not read is cut off there
 * @param violations most broken rules that leave the session alive
 * @param minPeerSegmentMru smallest segment MRU of a peer that is worth a session, in bytes
 */
public record TcpclLimits(
    long segmentMru,
    long transferMru,
    int nodeIdBytes,
    int extensionBytes,
    int openTransfers,
    int queuedTransfers,
    int unackedTransfers,
    long unackedBytes,
    int unwrittenBytes,
    int violations,
    int minPeerSegmentMru) {
  /** 4 MiB segments, 8 GiB bundles, 1024 bundles in flight, 16 MiB unwritten. */
  public static final TcpclLimits DEFAULT =
      new TcpclLimits(
          4 << 20, 8L << 30, 1024, 4096, 4096, 1024, 1024, 256L << 20, 16 << 20, 32, 256);

  private static final long MOST = 1L << 62;

  /** Checks that none is zero or negative, and that lengths can be added up. */
  public TcpclLimits {
    if (segmentMru > MOST || transferMru > MOST) {
      throw new IllegalArgumentException("an MRU above 2^62");
    }
    long least = Math.min(segmentMru, transferMru);
    least = Math.min(least, Math.min(nodeIdBytes, extensionBytes));
    least = Math.min(least, Math.min(openTransfers, queuedTransfers));
    least = Math.min(least, Math.min(unackedTransfers, unackedBytes));
    least = Math.min(least, Math.min(unwrittenBytes, violations));
    if (Math.min(least, minPeerSegmentMru) <= 0) {
      throw new IllegalArgumentException("a limit below 1");
    }
  }

  /**
   * These with what is configured per neighbour.
   *
   * @param longestSegment longest segment taken, in bytes
   * @param longestTransfer longest bundle taken, in bytes
   * @param mostUnackedTransfers most bundles sent and not acknowledged
   * @param mostUnacked most bytes of such bundles
   */
  public TcpclLimits with(
      long longestSegment, long longestTransfer, int mostUnackedTransfers, long mostUnacked) {
    return new TcpclLimits(
        longestSegment,
        longestTransfer,
        nodeIdBytes,
        extensionBytes,
        openTransfers,
        queuedTransfers,
        mostUnackedTransfers,
        mostUnacked,
        unwrittenBytes,
        violations,
        minPeerSegmentMru);
  }
}
