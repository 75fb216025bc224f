package dev.holdfast.bpv7.eid;

import java.util.Optional;

/** The null endpoint {@code dtn:none} (RFC 9171 §4.2.5.1.1). */
public record NullEid() implements Eid {
  @Override
  public boolean isNull() {
    return true;
  }

  @Override
  public Optional<NodeId> nodeId() {
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "dtn:none";
  }
}
