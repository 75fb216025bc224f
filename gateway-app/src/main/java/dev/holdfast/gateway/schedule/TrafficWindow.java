package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came of late, by the node that it goes to and its class: counted in slots of a window that
 * moves on with the monotonic clock. The heaviest flows are kept apart, the rest is one sum for
 * each class.
 */
public final class TrafficWindow {
  /** Flows that are told apart. */
  static final int MOST_FLOWS = 64;

  private static final int SLOTS = 12;

  /** Flows of a slot; beyond, the lighter half joins the rest of its class. */
  private static final int MOST_IN_SLOT = 1_024;

  /** Longest lifetime that counts, so that sums of them have room. */
  private static final long MOST_LIFETIME_MILLIS = 10L * 366 * 86_400_000;

  private static final Comparator<Map.Entry<Key, Tally>> HEAVIEST_FIRST =
      Comparator.comparingLong((Map.Entry<Key, Tally> each) -> -each.getValue().bytes)
          .thenComparing(Map.Entry::getKey);

  private final long slotMillis;
  private final long windowMillis;
  private final long startMillis;
  private final Deque<Slot> slots = new ArrayDeque<>();

  /**
   * A window in which nothing has come yet.
   *
   * @param windowMillis how long it is; 0 to count nothing
   * @param bootMillis when it begins
   */
  public TrafficWindow(long windowMillis, long bootMillis) {
    this.windowMillis = windowMillis;
    this.slotMillis = Math.max(1, windowMillis / SLOTS);
    this.startMillis = bootMillis;
  }

  /** Where bundles go; nowhere in particular for those of a class that are not told apart. */
  private record Key(Optional<QueueKey> to, TrafficClass trafficClass) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = trafficClass.compareTo(other.trafficClass);
      if (order != 0 || to.isEmpty() || other.to.isEmpty()) {
        return order != 0 ? order : Boolean.compare(to.isEmpty(), other.to.isEmpty());
      }
      return to.get().compareTo(other.to.get());
    }
  }

  private static final class Tally {
    private long bundles;
    private long bytes;
    private long lifetimes;
    private boolean mayCut;

    void add(Tally other) {
      bundles += other.bundles;
      bytes += other.bytes;
      lifetimes += other.lifetimes;
      mayCut |= other.mayCut;
    }
  }

  private record Slot(long number, Map<Key, Tally> tallies) {}

  /**
   * What came of one flow within the window.
   *
   * @param to where it goes: the node that it is forwarded to, or this node; empty for all those of
   *     a class that are not told apart
   * @param local whether it is for applications of this node
   * @param trafficClass its class
   * @param bundles how many
   * @param bytes of all of them
   * @param lifetimeMillis what was left of their lifetimes, on average
   * @param mayCut whether some may be cut
   * @param overMillis in how long they came
   */
  public record Rate(
      Optional<Eid> to,
      boolean local,
      TrafficClass trafficClass,
      long bundles,
      long bytes,
      long lifetimeMillis,
      boolean mayCut,
      long overMillis) {}

  /** A bundle came, now. */
  void came(HeldBundle bundle) {
    QueueKey queue = bundle.queue();
    if (windowMillis == 0 || queue.kind() == QueueKey.Wait.REASSEMBLE) {
      return;
    }
    Eid node =
        queue.kind() == QueueKey.Wait.DELIVER
            ? bundle.destination().nodeId().map(NodeId::eid).orElse(queue.eid())
            : queue.eid();
    Map<Key, Tally> tallies = slot(bundle.age().bootMillis()).tallies;
    TrafficClass trafficClass = bundle.service().trafficClass();
    Key key = new Key(Optional.of(new QueueKey(queue.kind(), node)), trafficClass);
    Tally tally = tallies.computeIfAbsent(key, k -> new Tally());
    tally.bundles++;
    tally.bytes += bundle.sizes().total();
    long lifetime = bundle.expiry().since(bundle.age().wall());
    tally.lifetimes += Math.clamp(lifetime, 1, MOST_LIFETIME_MILLIS);
    tally.mayCut |= bundle.service().mayFragment();
    if (tallies.size() > MOST_IN_SLOT) {
      lump(tallies, MOST_IN_SLOT / 2);
    }
  }

  private Slot slot(long bootMillis) {
    long number = bootMillis / slotMillis;
    forgetBefore(bootMillis);
    if (slots.isEmpty() || slots.getLast().number < number) {
      slots.add(new Slot(number, new TreeMap<>()));
    }
    return slots.getLast();
  }

  private void forgetBefore(long bootMillis) {
    long oldest = bootMillis / slotMillis - SLOTS;
    while (!slots.isEmpty() && slots.getFirst().number <= oldest) {
      slots.removeFirst();
    }
  }

  /** Leaves the heaviest flows and adds the others to the rest of their class. */
  private static void lump(Map<Key, Tally> tallies, int left) {
    List<Map.Entry<Key, Tally>> flows =
        tallies.entrySet().stream()
            .filter(each -> each.getKey().to.isPresent())
            .sorted(HEAVIEST_FIRST)
            .skip(left)
            .map(each -> Map.entry(each.getKey(), each.getValue()))
            .toList();
    for (Map.Entry<Key, Tally> flow : flows) {
      tallies.remove(flow.getKey());
      Key rest = new Key(Optional.empty(), flow.getKey().trafficClass);
      tallies.computeIfAbsent(rest, k -> new Tally()).add(flow.getValue());
    }
  }

  /** Whether nothing came within the window. */
  public boolean isQuiet(long bootMillis) {
    forgetBefore(bootMillis);
    return slots.isEmpty();
  }

  /** What came within the window: the heaviest flows, then the rest of each class. */
  public List<Rate> rates(long bootMillis) {
    forgetBefore(bootMillis);
    Map<Key, Tally> sums = new TreeMap<>();
    for (Slot slot : slots) {
      slot.tallies.forEach((key, t) -> sums.computeIfAbsent(key, k -> new Tally()).add(t));
    }
    lump(sums, MOST_FLOWS);
    // The oldest slot is whole, the newest has just begun.
    long over = (SLOTS - 1) * slotMillis + bootMillis % slotMillis;
    over = Math.max(slotMillis, Math.min(over, bootMillis - startMillis));
    List<Rate> rates = new ArrayList<>();
    for (Map.Entry<Key, Tally> each : sums.entrySet().stream().sorted(HEAVIEST_FIRST).toList()) {
      Key key = each.getKey();
      Tally tally = each.getValue();
      rates.add(
          new Rate(
              key.to.map(QueueKey::eid),
              key.to.filter(to -> to.kind() == QueueKey.Wait.DELIVER).isPresent(),
              key.trafficClass,
              tally.bundles,
              tally.bytes,
              tally.lifetimes / tally.bundles,
              tally.mayCut,
              over));
    }
    rates.sort(Comparator.comparing((Rate rate) -> rate.to().isEmpty()));
    return rates;
  }
}
