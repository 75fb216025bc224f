package dev.holdfast.bpv7.tcpcl;

import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.Eids;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.eid.NullEid;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Node ids as SESS_INIT has them: UTF-8 text of a URI (RFC 9174 §4.6). */
final class NodeIdText {
  private static final int AFTER_SCHEME = "dtn://".length();

  private NodeIdText() {}

  /** The node of that id; empty if it is none. */
  static Optional<NodeId> parse(Octets utf8) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(utf8.asByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
    if (text.startsWith("dtn://") && text.indexOf('/', AFTER_SCHEME) < 0) {
      // Some nodes leave out the slash after their name; it cannot mean another node.
      text += "/";
    }
    return Eids.parse(text).toOptional().filter(NodeIdText::administrative).map(NodeId::new);
  }

  private static boolean administrative(Eid eid) {
    return switch (eid) {
      case IpnEid ipn -> ipn.service() == 0 && !ipn.isNull();
      case DtnEid dtn -> dtn.demux().isEmpty();
      case NullEid _, UnknownEid _ -> false;
    };
  }
}
