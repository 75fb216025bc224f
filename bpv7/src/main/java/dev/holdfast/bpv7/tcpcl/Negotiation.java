package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.eid.NodeId;
import java.util.Optional;

/**
 * What a peer's SESS_INIT says, and what can be agreed to (RFC 9174 §4.6, §4.7, §4.8).
 *
 * @param peer what the peer says, as far as it can be understood; its own keepalive interval
 * @param fault a rule that its message breaks
 */
record Negotiation(PeerParameters peer, Optional<Broken> fault) {

  /** A broken rule: where in the message, and how. */
  record Broken(int offset, String reason) {}

  static Negotiation of(Message.SessInit init) {
    ExtensionItems extensions = ExtensionItems.read(init.extensions());
    Optional<NodeId> nodeId = NodeIdText.parse(init.nodeId());
    Optional<Broken> fault = Optional.empty();
    if (!extensions.whole()) {
      int offset = 25 + init.nodeId().size();
      fault = Optional.of(new Broken(offset, "session extension items longer than their list"));
    } else if (nodeId.isEmpty() && !init.nodeId().isEmpty()) {
      fault = Optional.of(new Broken(21, "the node id is no node's: " + init.nodeId()));
    }
    PeerParameters peer =
        new PeerParameters(
            nodeId,
            init.keepalive(),
            cut(init.segmentMru()),
            cut(init.transferMru()),
            extensions.items());
    return new Negotiation(peer, fault);
  }

  /** Why there can be no session with our parameters; empty if there can. */
  Optional<String> objection(TcpclParameters own) {
    if (fault.isPresent()) {
      return Optional.of(fault.get().reason());
    }
    for (ExtensionItem item : peer.extensions()) {
      // RFC 9174 §4.8: no session extension is known here.
      if (item.critical()) {
        return Optional.of("critical session extension of unknown type " + item.type());
      }
    }
    Optional<NodeId> expected = own.expected();
    if (expected.isPresent() && peer.nodeId().isPresent() && !peer.nodeId().equals(expected)) {
      return Optional.of("the peer is " + peer.nodeId().get() + ", not " + expected.get());
    }
    return peer.segmentMru() < own.limits().minPeerSegmentMru()
        ? Optional.of("the peer takes segments of " + peer.segmentMru() + " bytes only")
        : Optional.empty();
  }

  /** The peer's parameters with the keepalive interval that counts. */
  PeerParameters agreed(TcpclParameters own) {
    int keepalive = Math.min(own.keepaliveSeconds(), peer.keepaliveSeconds());
    return new PeerParameters(
        peer.nodeId(), keepalive, peer.segmentMru(), peer.transferMru(), peer.extensions());
  }

  /** An unsigned length as a signed one. */
  private static long cut(long unsigned) {
    return unsigned < 0 ? Long.MAX_VALUE : unsigned;
  }
}
