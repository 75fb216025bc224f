package dev.holdfast.custody.memory;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueCounts;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.SeenBundles;
import dev.holdfast.custody.StoreChange;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything a store in memory holds, and how a batch changes it.
 *
 * <p>Each batch yields the actions that take it back, so that a crash can undo what was not synced
 * and a batch that contradicts what is held leaves nothing behind.
 */
final class HeldState {
  /** A bundle with its bytes. */
  private record Item(HeldBundle bundle, Octets head, Payload payload, Octets trailer) {
    Item with(HeldBundle changed) {
      return new Item(changed, head, payload, trailer);
    }
  }

  private static final Comparator<HeldBundle> BY_OFFSET =
      Comparator.<HeldBundle, Long>comparing(
              b -> b.id().extent().map(BundleId.Extent::offset).orElse(0L), Long::compareUnsigned)
          .thenComparing(
              b -> b.id().extent().map(BundleId.Extent::length).orElse(0L), Long::compareUnsigned);

  final SpoolSpace spools;
  final RecordTable records;
  final QueueCounts counts = new QueueCounts();
  final SeenBundles seen;
  private final long seenQuota;
  private final SeenTable seenTable;
  private final TreeMap<HeldKey, Item> items = new TreeMap<>();
  private final Map<BundleId, HeldKey> byId = new HashMap<>();

  // Orders of places: a bundle in them may be as it was before an update that kept its place.
  private final Map<BundleId, TreeSet<HeldBundle>> fragments = new HashMap<>();
  private final TreeMap<QueueKey, TreeSet<HeldBundle>> queues = new TreeMap<>();
  private final TreeSet<HeldBundle> byExpiry = new TreeSet<>(HeldBundle.BY_EXPIRY);
  private final TreeMap<String, Long> numbers = new TreeMap<>();
  private long lastKey;

  HeldState(long seenQuota) {
    this(seenQuota, new SeenTable(), new SpoolSpace(), new RecordTable(), SeenBundles.Counts.NONE);
  }

  private HeldState(
      long seenQuota,
      SeenTable seenTable,
      SpoolSpace spools,
      RecordTable records,
      SeenBundles.Counts counted) {
    this.seenQuota = seenQuota;
    this.seenTable = seenTable;
    this.spools = spools;
    this.records = records;
    this.seen = new SeenBundles(seenTable, seenQuota, counted);
  }

  HeldState copy() {
    HeldState copy =
        new HeldState(seenQuota, seenTable.copy(), spools.copy(), records.copy(), seen.counts());
    items.values().forEach(copy::enter);
    copy.numbers.putAll(numbers);
    copy.lastKey = lastKey;
    return copy;
  }

  /**
   * Applies a batch.
   *
   * @return the actions that take it back, last change first
   * @throws IllegalArgumentException if a change contradicts what is held; nothing is applied
   */
  Deque<Runnable> apply(List<StoreChange> changes) {
    Deque<Runnable> undo = new ArrayDeque<>();
    try {
      SeenBundles.Turn turn = seen.turn();
      for (StoreChange change : changes) {
        apply(change, turn, undo);
      }
      undo.push(seenTable.apply(turn.finish()));
      SeenBundles.Counts before = seen.counts();
      turn.applied();
      undo.push(() -> seen.restore(before));
      return undo;
    } catch (IllegalArgumentException contradiction) {
      undo.forEach(Runnable::run);
      throw contradiction;
    }
  }

  private void apply(StoreChange change, SeenBundles.Turn turn, Deque<Runnable> undo) {
    switch (change) {
      case StoreChange.Put put -> put(put, undo);
      case StoreChange.Update update -> update(update, undo);
      case StoreChange.Remove remove -> remove(remove.bundle(), undo);
      case StoreChange.Remember remember -> turn.remember(remember.id(), remember.until());
      case StoreChange.ForgetBefore forget -> turn.forgetBefore(forget.now());
      case StoreChange.SetNumber set -> setNumber(set, undo);
      case StoreChange.PutRecord(Octets key, Octets value) -> undo.push(records.put(key, value));
      case StoreChange.RemoveRecord(Octets key) -> undo.push(records.remove(key));
    }
  }

  private void put(StoreChange.Put put, Deque<Runnable> undo) {
    HeldBundle bundle = put.bundle();
    require(bundle.key().sequence() > 0, "a key is 1 or more", bundle);
    require(!items.containsKey(bundle.key()), "its key is taken", bundle);
    require(!byId.containsKey(bundle.id()), "its identity is held already", bundle);
    require(bundle.sizes().equals(sizes(put)), "its sizes are not those of its bytes", bundle);
    if (put.payload() instanceof Payload.Spooled spooled) {
      undo.push(spools.tie(spooled, bundle.key()));
    }
    Payload payload =
        switch (put.payload()) {
          case Payload.Inline inline -> new Payload.Inline(inline.bytes().compact());
          case Payload.Spooled spooled -> spooled;
        };
    enter(new Item(bundle, put.head().compact(), payload, put.trailer().compact()));
    undo.push(() -> leave(bundle));
    long before = lastKey;
    lastKey = Math.max(lastKey, bundle.key().sequence());
    undo.push(() -> lastKey = before);
  }

  private static HeldBundle.Sizes sizes(StoreChange.Put put) {
    return new HeldBundle.Sizes(put.head().size(), put.payload().length(), put.trailer().size());
  }

  private void update(StoreChange.Update update, Deque<Runnable> undo) {
    Item item = held(update.before());
    HeldBundle after = update.after();
    require(after.key().equals(update.before().key()), "an update keeps the key", after);
    require(after.id().equals(update.before().id()), "an update keeps the identity", after);
    require(after.sizes().equals(update.before().sizes()), "an update keeps the sizes", after);
    replace(update.before(), item.with(after));
    undo.push(() -> replace(after, item));
  }

  /** What keeps its place stays there: the orders know places only, see {@link #current}. */
  private void replace(HeldBundle before, Item item) {
    HeldBundle after = item.bundle;
    if (before.queue().equals(after.queue())
        && before.service().equals(after.service())
        && before.expiry().equals(after.expiry())) {
      items.put(after.key(), item);
    } else {
      leave(before);
      enter(item);
    }
  }

  private void remove(HeldBundle bundle, Deque<Runnable> undo) {
    Item item = held(bundle);
    leave(bundle);
    undo.push(() -> enter(item));
    undo.push(spools.drop(bundle.key()));
  }

  private void setNumber(StoreChange.SetNumber set, Deque<Runnable> undo) {
    Long before = numbers.put(set.name(), set.value());
    undo.push(
        () -> {
          if (before == null) {
            numbers.remove(set.name());
          } else {
            numbers.put(set.name(), before);
          }
        });
  }

  private Item held(HeldBundle bundle) {
    Item item = items.get(bundle.key());
    if (item == null || !item.bundle.equals(bundle)) {
      throw new IllegalArgumentException("not held as it was given: " + bundle);
    }
    return item;
  }

  private void enter(Item item) {
    HeldBundle bundle = item.bundle;
    items.put(bundle.key(), item);
    byId.put(bundle.id(), bundle.key());
    if (bundle.id().extent().isPresent()) {
      fragments.computeIfAbsent(bundle.id().original(), _ -> new TreeSet<>(BY_OFFSET)).add(bundle);
    }
    queues.computeIfAbsent(bundle.queue(), _ -> new TreeSet<>(HeldBundle.BY_URGENCY)).add(bundle);
    byExpiry.add(bundle);
    counts.add(bundle);
  }

  private void leave(HeldBundle bundle) {
    items.remove(bundle.key());
    byId.remove(bundle.id());
    leave(fragments, bundle.id().original(), bundle);
    leave(queues, bundle.queue(), bundle);
    byExpiry.remove(bundle);
    counts.subtract(bundle);
  }

  private static <K, S extends Set<HeldBundle>> void leave(
      Map<K, S> index, K key, HeldBundle bundle) {
    Set<HeldBundle> entries = index.get(key);
    if (entries != null) {
      entries.remove(bundle);
      if (entries.isEmpty()) {
        index.remove(key);
      }
    }
  }

  private static void require(boolean holds, String rule, HeldBundle bundle) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ": " + bundle);
    }
  }

  long lastKey() {
    return lastKey;
  }

  OptionalLong number(String name) {
    Long value = numbers.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  Optional<HeldBundle> find(BundleId id) {
    return Optional.ofNullable(byId.get(id)).flatMap(this::get);
  }

  Optional<HeldBundle> get(HeldKey key) {
    return Optional.ofNullable(items.get(key)).map(Item::bundle);
  }

  List<HeldBundle> fragments(BundleId original, int limit) {
    TreeSet<HeldBundle> found = fragments.get(original);
    return found == null ? List.of() : current(found.stream().limit(limit));
  }

  List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit) {
    NavigableSet<HeldBundle> entries = queues.get(queue);
    if (entries == null) {
      return List.of();
    }
    NavigableSet<HeldBundle> rest = after.isEmpty() ? entries : entries.tailSet(after.get(), false);
    return current(rest.stream().limit(limit));
  }

  List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    Map<HeldKey, Item> rest = after.isEmpty() ? items : items.tailMap(after.get(), false);
    return rest.values().stream().limit(limit).map(Item::bundle).toList();
  }

  List<HeldBundle> expiring(DtnTime until, int limit) {
    return current(byExpiry.stream().takeWhile(b -> !b.expiry().isAfter(until)).limit(limit));
  }

  private List<HeldBundle> current(Stream<HeldBundle> places) {
    return places.map(place -> get(place.key()).orElseThrow()).toList();
  }

  Optional<DtnTime> earliestExpiry() {
    return byExpiry.isEmpty() ? Optional.empty() : Optional.of(byExpiry.first().expiry());
  }

  Optional<BundleStore.Ends> ends(HeldKey key) {
    return Optional.ofNullable(items.get(key))
        .map(item -> new BundleStore.Ends(item.head, item.trailer));
  }

  Optional<Octets> read(HeldKey key, long position, int length) {
    return Optional.ofNullable(items.get(key))
        .map(
            item ->
                switch (item.payload) {
                  case Payload.Inline inline -> slice(inline.bytes(), position, length);
                  case Payload.Spooled spooled -> spools.read(spooled.spool(), position, length);
                });
  }

  private static Octets slice(Octets bytes, long position, int length) {
    int from = (int) Math.min(position, bytes.size());
    return bytes.slice(from, (int) Math.min((long) from + length, bytes.size()));
  }
}
