package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.custody.HeldBundle;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The held bundles of which a neighbour has a copy already, the one given first before the others:
 * they make room when it is needed.
 */
final class Kept {
  private final SequencedMap<BundleId, Long> bytesOf = new LinkedHashMap<>();
  private long bytes;

  void add(HeldBundle bundle) {
    long size = bundle.sizes().total();
    if (bytesOf.putIfAbsent(bundle.id(), size) == null) {
      bytes += size;
    }
  }

  void gone(BundleId bundle) {
    Long size = bytesOf.remove(bundle);
    if (size != null) {
      bytes -= size;
    }
  }

  Optional<BundleId> first() {
    return bytesOf.isEmpty() ? Optional.empty() : Optional.of(bytesOf.firstEntry().getKey());
  }

  long bytes() {
    return bytes;
  }

  int bundles() {
    return bytesOf.size();
  }
}
