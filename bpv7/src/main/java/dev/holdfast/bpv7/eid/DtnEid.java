package dev.holdfast.bpv7.eid;

import java.util.Optional;

/**
 * A {@code dtn} endpoint {@code dtn://node-name/demux} (RFC 9171 §4.2.5.1.1).
 *
 * @param nodeName the node's name, not empty
 * @param demux what follows the slash after the node name; empty for the node's administrative
 *     endpoint, beginning with {@code ~} for a group
 */
public record DtnEid(String nodeName, String demux) implements Eid {
  /** Whether this names a group of nodes rather than one. */
  public boolean isGroup() {
    return demux.startsWith("~");
  }

  @Override
  public boolean isNull() {
    return false;
  }

  @Override
  public Optional<NodeId> nodeId() {
    return isGroup() ? Optional.empty() : Optional.of(NodeId.dtn(nodeName));
  }

  @Override
  public String toString() {
    return "dtn://" + nodeName + "/" + demux;
  }
}
