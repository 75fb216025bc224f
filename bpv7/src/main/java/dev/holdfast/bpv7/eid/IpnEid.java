package dev.holdfast.bpv7.eid;

import java.util.Optional;

/**
 * An {@code ipn} endpoint (RFC 9758 §3): allocator, node number within it, service.
 *
 * @param allocator allocator identifier, 0..2^32-1; zero is the default allocator
 * @param node node number, 0..2^32-1
 * @param service service number, unsigned 64-bit
 * @param threeElements whether the CBOR form has three elements; kept so that what came in one form
 *     leaves in it, no part of the identity
 */
public record IpnEid(long allocator, long node, long service, boolean threeElements)
    implements Eid {
  private static final long MAX32 = 0xffff_ffffL;

  /** Checks the ranges. */
  public IpnEid {
    if (allocator < 0 || allocator > MAX32 || node < 0 || node > MAX32) {
      throw new IllegalArgumentException(
          "ipn allocator and node number are 0..4294967295: " + allocator + "." + node);
    }
  }

  /** Service {@code service} of node {@code node} of the default allocator, in two elements. */
  public static IpnEid of(long node, long service) {
    return new IpnEid(0, node, service, false);
  }

  /**
   * Allocator in the high and node number in the low 32 bits: the first element of the two-element
   * form.
   */
  public long qualifiedNode() {
    return allocator << 32 | node;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IpnEid that
        && allocator == that.allocator
        && node == that.node
        && service == that.service;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(qualifiedNode()) + Long.hashCode(service);
  }

  @Override
  public boolean isNull() {
    return allocator == 0 && node == 0;
  }

  @Override
  public Optional<NodeId> nodeId() {
    return isNull() ? Optional.empty() : Optional.of(NodeId.ipn(allocator, node));
  }

  @Override
  public String toString() {
    String nodeText =
        allocator == 0 ? (node == MAX32 ? "!" : Long.toString(node)) : allocator + "." + node;
    return "ipn:" + nodeText + "." + Long.toUnsignedString(service);
  }
}
