package dev.holdfast.bpv7.eid;

import dev.holdfast.bpv7.wire.Octets;
import java.util.Optional;

/**
 * An endpoint of a scheme that is not known here, or of a known scheme in a form that is not; kept
 * byte for byte.
 *
 * @param scheme URI scheme code
 * @param specificPart the scheme-specific part as CBOR
 */
public record UnknownEid(long scheme, Octets specificPart) implements Eid {
  @Override
  public boolean isNull() {
    return false;
  }

  @Override
  public Optional<NodeId> nodeId() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "scheme-" + Long.toUnsignedString(scheme) + ":" + specificPart.hex();
  }
}
