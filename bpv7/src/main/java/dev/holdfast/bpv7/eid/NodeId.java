package dev.holdfast.bpv7.eid;

/**
 * A node, named by its administrative endpoint (RFC 9171 §4.2.5.2): {@code ipn:N.0} or {@code
 * dtn://name/}.
 *
 * @param eid the administrative endpoint
 */
public record NodeId(Eid eid) implements Comparable<NodeId> {
  /** Checks that the endpoint is administrative. */
  public NodeId {
    boolean administrative =
        switch (eid) {
          case IpnEid ipn -> ipn.service() == 0 && !ipn.isNull();
          case DtnEid dtn -> dtn.demux().isEmpty();
          case NullEid _, UnknownEid _ -> false;
        };
    if (!administrative) {
      throw new IllegalArgumentException("not the administrative endpoint of a node: " + eid);
    }
  }

  /** Node {@code node} of {@code allocator}. */
  public static NodeId ipn(long allocator, long node) {
    return new NodeId(new IpnEid(allocator, node, 0, false));
  }

  /** Node {@code node} of the default allocator. */
  public static NodeId ipn(long node) {
    return ipn(0, node);
  }

  /** The node of that name. */
  public static NodeId dtn(String name) {
    return new NodeId(new DtnEid(name, ""));
  }

  @Override
  public int compareTo(NodeId other) {
    if (eid instanceof IpnEid a && other.eid instanceof IpnEid b) {
      return Long.compareUnsigned(a.qualifiedNode(), b.qualifiedNode());
    }
    if (eid instanceof DtnEid a && other.eid instanceof DtnEid b) {
      return a.nodeName().compareTo(b.nodeName());
    }
    return eid instanceof IpnEid ? -1 : 1;
  }

  @Override
  public String toString() {
    return eid.toString();
  }
}
