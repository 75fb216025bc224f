package dev.holdfast.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** A seeded sequence of batches on a store and on the plain model, compared after each. */
final class RandomUse {
  private static final List<Eid> SOURCES =
      List.of(IpnEid.of(1, 42), new IpnEid(5, 1, 42, true), new DtnEid("mars", "app"));
  private static final List<QueueKey> QUEUES =
      List.of(
          HeldBundles.TO_NODE_2,
          new QueueKey(QueueKey.Wait.FORWARD, new DtnEid("mars", "")),
          new QueueKey(QueueKey.Wait.FORWARD, new DtnEid("mar", "s")),
          new QueueKey(QueueKey.Wait.DELIVER, IpnEid.of(2, 0)),
          new QueueKey(QueueKey.Wait.REASSEMBLE, IpnEid.of(2, 0)));

  private final Random random;
  private final PlainModel model = new PlainModel();
  private long nextKey = 1;
  private long now = 1000;

  RandomUse(long seed) {
    random = new Random(seed);
  }

  void step(BundleStore store) {
    List<StoreChange> batch = new ArrayList<>();
    int changes = 1 + random.nextInt(6);
    TreeSet<HeldKey> touched = new TreeSet<>();
    for (int i = 0; i < changes; i++) {
      addChange(store, batch, touched);
    }
    store.commit(
        batch,
        random.nextBoolean() ? BundleStore.Durability.SYNCED : BundleStore.Durability.BUFFERED);
  }

  private void addChange(BundleStore store, List<StoreChange> batch, TreeSet<HeldKey> touched) {
    int kind = random.nextInt(12);
    Optional<HeldBundle> any = anyHeld(touched);
    if (kind < 5 || any.isEmpty()) {
      put(store, batch).ifPresent(touched::add);
    } else if (kind < 7) {
      HeldBundle before = any.get();
      HeldBundle after =
          random.nextBoolean()
              ? before.in(QUEUES.get(random.nextInt(QUEUES.size())))
              : before.with(new HeldBundle.Progress(random.nextLong(), random.nextInt(9)));
      batch.add(new StoreChange.Update(before, after));
      model.update(before, after);
    } else if (kind < 10) {
      batch.add(new StoreChange.Remove(any.get()));
      model.remove(any.get());
      if (random.nextBoolean()) {
        remember(batch, any.get().id());
      }
    } else if (kind < 11) {
      remember(batch, id());
      now += 1;
      if (random.nextInt(4) == 0) {
        batch.add(new StoreChange.ForgetBefore(new DtnTime(now)));
        model.forgetBefore(new DtnTime(now));
      }
    } else {
      String name = "number-" + random.nextInt(3);
      long value = random.nextLong();
      batch.add(new StoreChange.SetNumber(name, value));
      model.numbers.put(name, value);
    }
  }

  private void remember(List<StoreChange> batch, BundleId id) {
    DtnTime until = new DtnTime(now + random.nextInt(20));
    batch.add(new StoreChange.Remember(id, until));
    model.remember(id, until);
  }

  private Optional<HeldKey> put(BundleStore store, List<StoreChange> batch) {
    BundleId id = id();
    if (model.items.stream().anyMatch(i -> i.bundle().id().equals(id))) {
      return Optional.empty();
    }
    HeldBundles made =
        HeldBundles.of(nextKey++)
            .id(id)
            .in(QUEUES.get(random.nextInt(QUEUES.size())))
            .urgency(TrafficClass.values()[random.nextInt(4)], random.nextInt(3) * 127)
            .expiry(
                new DtnTime(random.nextInt(8) == 0 ? -1 - random.nextInt(3) : random.nextInt(50)));
    Octets payload = HeldBundles.randomBytes(payloadSize(), nextKey);
    if (random.nextInt(5) == 0) {
      BundleStore.SpoolWriter writer = store.spool();
      int cut = random.nextInt(payload.size() + 1);
      writer.write(payload.slice(0, cut));
      writer.write(payload.from(cut));
      made = made.spooled(writer.finish());
      if (random.nextInt(4) == 0) {
        store.spool().finish();
      }
    } else {
      made = made.bytes(made.head(), payload, made.trailer());
    }
    batch.add(made.put());
    model.put(made.bundle(), made.head(), payload, made.trailer());
    return Optional.of(made.bundle().key());
  }

  private int payloadSize() {
    return switch (random.nextInt(6)) {
      case 0 -> 0;
      case 1 -> 70_000 + random.nextInt(70_000);
      case 2 -> 4000 + random.nextInt(200);
      default -> random.nextInt(300);
    };
  }

  private BundleId id() {
    return new BundleId(
        SOURCES.get(random.nextInt(SOURCES.size())),
        new CreationTimestamp(
            new DtnTime(random.nextInt(3)),
            random.nextInt(10) == 0 ? -1 - random.nextInt(5) : 250 + random.nextInt(12)),
        random.nextInt(3) == 0
            ? Optional.of(new BundleId.Extent(10 * random.nextInt(4), 10))
            : Optional.empty());
  }

  private Optional<HeldBundle> anyHeld(TreeSet<HeldKey> except) {
    List<HeldBundle> others =
        model.items.stream()
            .map(PlainModel.Item::bundle)
            .filter(b -> !except.contains(b.key()))
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(others.get(random.nextInt(others.size())));
  }

  void compare(BundleStore store) {
    assertThat(store.list(Optional.empty(), Integer.MAX_VALUE))
        .isEqualTo(model.list(Optional.empty(), Integer.MAX_VALUE));
    assertThat(store.stats().queues()).isEqualTo(model.counts());
    assertThat(store.recovered().lastKey()).isEqualTo(model.lastKey);
    for (QueueKey queue : QUEUES) {
      List<HeldBundle> all = model.scan(queue, Optional.empty(), Integer.MAX_VALUE);
      assertThat(store.scan(queue, Optional.empty(), Integer.MAX_VALUE)).isEqualTo(all);
      Optional<HeldBundle> after = anyHeld(new TreeSet<>()).map(b -> b.in(queue));
      assertThat(store.scan(queue, after, 3)).isEqualTo(model.scan(queue, after, 3));
    }
    DtnTime until = new DtnTime(random.nextInt(50));
    assertThat(store.expiring(until, 5)).isEqualTo(model.expiring(until, 5));
    assertThat(store.earliestExpiry())
        .isEqualTo(model.expiring(DtnTime.FOREVER, 1).stream().findFirst().map(HeldBundle::expiry));
    for (int i = 0; i < 5; i++) {
      BundleId id = id();
      assertThat(store.fragments(id.original(), 9)).isEqualTo(model.fragments(id.original(), 9));
      assertThat(store.find(id))
          .isEqualTo(
              model.items.stream()
                  .map(PlainModel.Item::bundle)
                  .filter(b -> b.id().equals(id))
                  .findFirst());
      model
          .remembers(id)
          .ifPresent(wanted -> assertThat(store.remembers(id)).as("%s", id).isEqualTo(wanted));
    }
    model.numbers.forEach(
        (name, value) -> assertThat(store.recovered().numbers().get(name)).hasValue(value));
    anyHeld(new TreeSet<>()).ifPresent(b -> compareBytes(store, b));
  }

  private void compareBytes(BundleStore store, HeldBundle bundle) {
    PlainModel.Item item =
        model.items.stream().filter(i -> i.bundle().equals(bundle)).findFirst().orElseThrow();
    assertThat(store.ends(bundle.key()))
        .contains(new BundleStore.Ends(item.head(), item.trailer()));
    assertThat(store.read(bundle.key(), 0, 1 << 20)).contains(item.payload());
    int from = random.nextInt(item.payload().size() + 1);
    int to = Math.min(item.payload().size(), from + random.nextInt(70_000));
    assertThat(store.read(bundle.key(), from, to - from)).contains(item.payload().slice(from, to));
  }
}
