package dev.holdfast.custody;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a store must answer, worked out by looking at everything each time. */
final class PlainModel {
  record Item(HeldBundle bundle, Octets head, Octets payload, Octets trailer) {}

  private record Memory(BundleId id, DtnTime until, boolean forgotten) {}

  final List<Item> items = new ArrayList<>();
  final TreeMap<String, Long> numbers = new TreeMap<>();
  private final List<Memory> memories = new ArrayList<>();
  long lastKey;

  void put(HeldBundle bundle, Octets head, Octets payload, Octets trailer) {
    items.add(new Item(bundle, head, payload, trailer));
    lastKey = Math.max(lastKey, bundle.key().sequence());
  }

  void update(HeldBundle before, HeldBundle after) {
    items.replaceAll(
        i -> i.bundle.equals(before) ? new Item(after, i.head, i.payload, i.trailer) : i);
  }

  void remove(HeldBundle bundle) {
    items.removeIf(i -> i.bundle.equals(bundle));
  }

  void remember(BundleId id, DtnTime until) {
    memories.add(new Memory(id, until, false));
  }

  void forgetBefore(DtnTime now) {
    memories.replaceAll(m -> new Memory(m.id, m.until, m.forgotten || m.until.isBefore(now)));
  }

  /** Whether it has to be remembered, must not be, or may be either way (empty). */
  Optional<Boolean> remembers(BundleId id) {
    boolean ever = false;
    for (Memory memory : memories) {
      if (covers(memory.id, id)) {
        ever = true;
        if (!memory.forgotten) {
          return Optional.of(true);
        }
      }
    }
    return ever || id.extent().isPresent() ? Optional.empty() : Optional.of(false);
  }

  private static boolean covers(BundleId memory, BundleId id) {
    if (!memory.original().equals(id.original())) {
      return false;
    }
    return memory.extent().isEmpty() || memory.extent().equals(id.extent());
  }

  private List<HeldBundle> sorted(Comparator<HeldBundle> order) {
    return items.stream().map(Item::bundle).sorted(order).toList();
  }

  List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    return sorted(Comparator.comparing(HeldBundle::key)).stream()
        .filter(b -> after.isEmpty() || b.key().compareTo(after.get()) > 0)
        .limit(limit)
        .toList();
  }

  List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit) {
    return sorted(HeldBundle.BY_URGENCY).stream()
        .filter(b -> b.queue().equals(queue))
        .filter(b -> after.isEmpty() || HeldBundle.BY_URGENCY.compare(b, after.get()) > 0)
        .limit(limit)
        .toList();
  }

  List<HeldBundle> expiring(DtnTime until, int limit) {
    return sorted(HeldBundle.BY_EXPIRY).stream()
        .filter(b -> !b.expiry().isAfter(until))
        .limit(limit)
        .toList();
  }

  List<HeldBundle> fragments(BundleId original, int limit) {
    return sorted(
            Comparator.comparing(
                b -> b.id().extent().map(BundleId.Extent::offset).orElse(0L),
                Long::compareUnsigned))
        .stream()
        .filter(b -> b.id().extent().isPresent() && b.id().original().equals(original))
        .limit(limit)
        .toList();
  }

  List<QueueCount> counts() {
    TreeMap<QueueCounts.Slot, QueueCount> counts = new TreeMap<>();
    for (Item item : items) {
      QueueCounts.Slot slot = QueueCounts.Slot.of(item.bundle);
      counts.merge(
          slot,
          new QueueCount(slot.queue(), slot.trafficClass(), 1, item.bundle.sizes().total()),
          (a, b) ->
              new QueueCount(
                  a.queue(), a.trafficClass(), a.bundles() + b.bundles(), a.bytes() + b.bytes()));
    }
    return new ArrayList<>(counts.values());
  }
}
