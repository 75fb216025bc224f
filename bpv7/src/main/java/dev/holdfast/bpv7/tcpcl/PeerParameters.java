package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.eid.NodeId;
import java.util.List;
import java.util.Optional;

/**
 * What the peer's SESS_INIT says and what follows from it (RFC 9174 §4.6, §4.7).
 *
 * @param nodeId who it says it is, not authenticated; empty if it does not say
 * @param keepaliveSeconds the negotiated interval; 0 if there are no keepalives
 * @param segmentMru longest segment it takes, unsigned values above {@link Long#MAX_VALUE} cut
 *     there
 * @param transferMru longest bundle it takes, cut likewise
 * @param extensions its session extension items that are not critical; none is known here
 */
public record PeerParameters(
    Optional<NodeId> nodeId,
    int keepaliveSeconds,
    long segmentMru,
    long transferMru,
    List<ExtensionItem> extensions) {
  /** Keeps an unmodifiable copy of the list. */
  public PeerParameters {
    extensions = List.copyOf(extensions);
  }
}
