package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.crdt.sync.MessageKind;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Bundles that a later one of the same kind makes superfluous, if they still wait here. It is kept
 * in memory: after a restart they leave, and do no harm.
 */
final class Queued {
  private final SortedMap<Slot, BundleId> last = new TreeMap<>();

  /**
   * What a message is about.
   *
   * @param exportClass name of the class
   * @param region name of the region it goes to
   * @param kind of which kind it is
   */
  record Slot(String exportClass, String region, MessageKind kind) implements Comparable<Slot> {
    @Override
    public int compareTo(Slot other) {
      int order = exportClass.compareTo(other.exportClass);
      order = order != 0 ? order : region.compareTo(other.region);
      return order != 0 ? order : kind.compareTo(other.kind);
    }
  }

  /** What need not leave any more if another one is made. */
  List<BundleId> superseded(Slot slot) {
    BundleId id = last.remove(slot);
    return id == null ? List.of() : List.of(id);
  }

  /** Bundles were made. */
  void made(List<Slot> slots, List<Optional<BundleId>> bundles) {
    for (int i = 0; i < slots.size(); i++) {
      Slot slot = slots.get(i);
      if (slot.kind() == MessageKind.FRONTIER && bundles.get(i).isPresent()) {
        last.put(slot, bundles.get(i).get());
      }
    }
  }
}
