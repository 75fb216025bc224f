package dev.holdfast.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.eid.UnknownEid;
import dev.holdfast.bpv7.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BundleStore} keeps to. */
public abstract class BundleStoreContract {
  private static final BundleStore.Durability SYNCED = BundleStore.Durability.SYNCED;

  /** Remembered records that the store under test may keep. */
  protected static final long SEEN_QUOTA = 1000;

  private BundleStore store;

  /** A new store that remembers {@link #SEEN_QUOTA} records. */
  protected abstract BundleStore create();

  /** The same store after an orderly stop and a start. */
  protected abstract BundleStore reopen(BundleStore before);

  @BeforeEach
  final void createStore() {
    store = create();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  private void commit(StoreChange... changes) {
    store.commit(List.of(changes), SYNCED);
  }

  private void reopen() {
    store = reopen(store);
  }

  @Test
  void anEmptyStoreHoldsNothing() {
    assertThat(store.recovered().queues()).isEmpty();
    assertThat(store.recovered().lastKey()).isZero();
    assertThat(store.recovered().numbers().get("x")).isEmpty();
    assertThat(store.list(Optional.empty(), 10)).isEmpty();
    assertThat(store.scan(HeldBundles.TO_NODE_2, Optional.empty(), 10)).isEmpty();
    assertThat(store.expiring(DtnTime.FOREVER, 10)).isEmpty();
    assertThat(store.earliestExpiry()).isEmpty();
    BundleId id = HeldBundles.of(1).bundle().id();
    assertThat(store.find(id)).isEmpty();
    assertThat(store.remembers(id)).isFalse();
    assertThat(store.fragments(id, 10)).isEmpty();
    assertThat(store.get(new HeldKey(1))).isEmpty();
    assertThat(store.ends(new HeldKey(1))).isEmpty();
    assertThat(store.read(new HeldKey(1), 0, 10)).isEmpty();
    assertThat(store.stats().bundles()).isZero();
  }

  @Test
  void whatIsPutIsFoundEveryWay() {
    HeldBundles made = HeldBundles.of(7);
    commit(made.put());
    for (int start = 0; start < 2; start++) {
      HeldBundle bundle = made.bundle();
      assertThat(store.get(bundle.key())).contains(bundle);
      assertThat(store.find(bundle.id())).contains(bundle);
      assertThat(store.list(Optional.empty(), 10)).containsExactly(bundle);
      assertThat(store.scan(bundle.queue(), Optional.empty(), 10)).containsExactly(bundle);
      assertThat(store.expiring(bundle.expiry(), 10)).containsExactly(bundle);
      assertThat(store.expiring(bundle.expiry().plus(-1), 10)).isEmpty();
      assertThat(store.earliestExpiry()).contains(bundle.expiry());
      assertThat(store.ends(bundle.key()))
          .contains(new BundleStore.Ends(made.head(), made.trailer()));
      assertThat(store.read(bundle.key(), 0, 100)).contains(Octets.ofHex("010203"));
      assertThat(store.read(bundle.key(), 1, 1)).contains(Octets.ofHex("02"));
      assertThat(store.read(bundle.key(), 3, 1)).contains(Octets.EMPTY);
      assertThat(store.recovered().lastKey()).isEqualTo(7);
      reopen();
    }
  }

  @Test
  void everyFieldComesBackAsItWas() {
    List<Eid> eids =
        List.of(
            Eid.NULL,
            new IpnEid(977_000, 4_294_967_295L, -1, true),
            new DtnEid("höhe", "~gruppe/a"),
            new DtnEid("a", ""),
            new UnknownEid(-5, Octets.ofHex("8200ff")));
    long key = 0;
    List<HeldBundle> all = new ArrayList<>();
    for (Eid eid : eids) {
      key++;
      HeldBundle made =
          new HeldBundle(
              new HeldKey(key),
              new BundleId(
                  eid,
                  new CreationTimestamp(DtnTime.UNKNOWN, -2),
                  Optional.of(new BundleId.Extent(-9, 5))),
              new QueueKey(QueueKey.Wait.REASSEMBLE, eid),
              eid,
              new HeldBundle.Service(TrafficClass.URGENT, 255, true, true, false, true, true),
              DtnTime.FOREVER,
              -1,
              new AgeMark(-1, Long.MIN_VALUE, Long.MAX_VALUE, DtnTime.FOREVER, false),
              new HeldBundle.Sizes(2, 3, 1),
              Optional.of(key % 2 == 0 ? NodeId.ipn(9) : NodeId.dtn("x")),
              new HeldBundle.Progress(Long.MAX_VALUE, Integer.MAX_VALUE));
      all.add(made);
      commit(HeldBundles.of(key).with(made).put());
    }
    reopen();
    List<HeldBundle> back = store.list(Optional.empty(), 10);
    assertThat(back).isEqualTo(all);
    // The form of an ipn endpoint is no part of its identity, so it is compared apart.
    assertThat(((IpnEid) back.get(1).destination()).threeElements()).isTrue();
    assertThat(((IpnEid) back.get(1).id().source()).threeElements()).isTrue();
    for (HeldBundle bundle : all) {
      assertThat(store.find(bundle.id())).contains(bundle);
      assertThat(store.scan(bundle.queue(), Optional.empty(), 9)).containsExactly(bundle);
    }
  }

  @Test
  void bothFormsOfAnIpnEndpointAreOneEndpoint() {
    IpnEid two = new IpnEid(3, 1, 42, false);
    IpnEid three = new IpnEid(3, 1, 42, true);
    CreationTimestamp created = new CreationTimestamp(new DtnTime(5), 1);
    commit(
        HeldBundles.of(1)
            .id(BundleId.whole(two, created))
            .in(new QueueKey(QueueKey.Wait.DELIVER, two))
            .put(),
        new StoreChange.Remember(
            BundleId.whole(two, new CreationTimestamp(created.time(), 9)), DtnTime.FOREVER));
    assertThat(store.find(BundleId.whole(three, created))).isPresent();
    assertThat(store.scan(new QueueKey(QueueKey.Wait.DELIVER, three), Optional.empty(), 9))
        .hasSize(1);
    assertThat(store.remembers(BundleId.whole(three, new CreationTimestamp(created.time(), 9))))
        .isTrue();
  }

  @Test
  void changesOfABatchApplyInTheirOrder() {
    HeldBundle first = HeldBundles.of(1).bundle();
    HeldBundle moved = first.in(new QueueKey(QueueKey.Wait.DELIVER, IpnEid.of(1, 5)));
    HeldBundles second = HeldBundles.of(2);
    commit(
        HeldBundles.of(1).put(),
        new StoreChange.Update(first, moved),
        second.put(),
        new StoreChange.Remove(second.bundle()),
        new StoreChange.SetNumber("n", 1),
        new StoreChange.SetNumber("n", 2));
    for (int start = 0; start < 2; start++) {
      assertThat(store.list(Optional.empty(), 9)).containsExactly(moved);
      assertThat(store.scan(first.queue(), Optional.empty(), 9)).isEmpty();
      assertThat(store.scan(moved.queue(), Optional.empty(), 9)).containsExactly(moved);
      assertThat(store.recovered().queues())
          .containsExactly(
              new QueueCount(moved.queue(), TrafficClass.NORMAL, 1, first.sizes().total()));
      assertThat(store.recovered().numbers().get("n")).hasValue(2);
      assertThat(store.recovered().lastKey()).isEqualTo(2);
      assertThat(store.ends(second.bundle().key())).isEmpty();
      assertThat(store.read(second.bundle().key(), 0, 9)).isEmpty();
      reopen();
    }
  }

  @Test
  void aBundleThatWasRemovedMayComeBackUnderANewKey() {
    HeldBundles first = HeldBundles.of(1);
    HeldBundles again = HeldBundles.of(2).id(first.bundle().id());
    commit(first.put());
    commit(new StoreChange.Remove(first.bundle()), again.put());
    assertThat(store.find(first.bundle().id())).contains(again.bundle());
    assertThat(store.get(first.bundle().key())).isEmpty();
  }

  @Test
  void aQueueIsReadMostUrgentFirstInPages() {
    List<HeldBundle> expected = new ArrayList<>();
    List<StoreChange> puts = new ArrayList<>();
    long key = 100;
    for (TrafficClass c :
        List.of(
            TrafficClass.URGENT, TrafficClass.EXPEDITED, TrafficClass.NORMAL, TrafficClass.BULK)) {
      for (int ordinal : List.of(255, 128, 0)) {
        for (long expiry : List.of(10L, 11L, -1L)) {
          for (int i = 0; i < 2; i++) {
            HeldBundles made =
                HeldBundles.of(key++).urgency(c, ordinal).expiry(new DtnTime(expiry));
            expected.add(made.bundle());
            puts.add(0, made.put());
          }
        }
      }
    }
    store.commit(puts, SYNCED);
    List<HeldBundle> read = new ArrayList<>();
    Optional<HeldBundle> after = Optional.empty();
    List<HeldBundle> page;
    do {
      page = store.scan(HeldBundles.TO_NODE_2, after, 7);
      assertThat(page).hasSizeLessThanOrEqualTo(7);
      read.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.getLast());
    } while (!page.isEmpty());
    assertThat(read).isEqualTo(expected);
  }

  @Test
  void aScanGoesOnBehindABundleThatIsGone() {
    HeldBundles first = HeldBundles.of(1);
    HeldBundles second = HeldBundles.of(2);
    HeldBundles third = HeldBundles.of(3);
    commit(first.put(), second.put(), third.put());
    commit(new StoreChange.Remove(second.bundle()));
    assertThat(store.scan(HeldBundles.TO_NODE_2, Optional.of(second.bundle()), 9))
        .containsExactly(third.bundle());
    commit(new StoreChange.Remove(first.bundle()));
    assertThat(store.scan(HeldBundles.TO_NODE_2, Optional.empty(), 9))
        .containsExactly(third.bundle());
    HeldBundles early = HeldBundles.of(4).expiry(new DtnTime(1));
    commit(early.put());
    assertThat(store.scan(HeldBundles.TO_NODE_2, Optional.empty(), 9))
        .containsExactly(early.bundle(), third.bundle());
  }

  @Test
  void expiryIsAnUnsignedOrder() {
    HeldBundles never = HeldBundles.of(1).expiry(DtnTime.FOREVER);
    HeldBundles far = HeldBundles.of(2).expiry(new DtnTime(Long.MIN_VALUE));
    HeldBundles soon = HeldBundles.of(3).expiry(new DtnTime(5));
    HeldBundles unknown = HeldBundles.of(4).expiry(DtnTime.UNKNOWN);
    commit(never.put(), far.put(), soon.put(), unknown.put());
    assertThat(store.expiring(DtnTime.FOREVER, 9))
        .containsExactly(unknown.bundle(), soon.bundle(), far.bundle(), never.bundle());
    assertThat(store.expiring(new DtnTime(Long.MAX_VALUE), 9))
        .containsExactly(unknown.bundle(), soon.bundle());
    assertThat(store.earliestExpiry()).contains(DtnTime.UNKNOWN);
    commit(new StoreChange.Remove(unknown.bundle()), new StoreChange.Remove(soon.bundle()));
    assertThat(store.earliestExpiry()).contains(new DtnTime(Long.MIN_VALUE));
    commit(HeldBundles.of(5).expiry(new DtnTime(2)).put());
    assertThat(store.earliestExpiry()).contains(new DtnTime(2));
  }

  @Test
  void fragmentsComeByOffsetAndApartFromTheWhole() {
    HeldBundles whole = HeldBundles.of(1).sequence(9);
    HeldBundles a = HeldBundles.of(2).sequence(9).fragment(0, 3);
    HeldBundles b = HeldBundles.of(3).sequence(9).fragment(3, 3);
    HeldBundles huge = HeldBundles.of(4).sequence(9).fragment(-8, 3);
    HeldBundles other = HeldBundles.of(5).sequence(10).fragment(1, 3);
    commit(huge.put(), b.put(), other.put(), a.put(), whole.put());
    BundleId original = whole.bundle().id();
    assertThat(store.fragments(original, 9)).containsExactly(a.bundle(), b.bundle(), huge.bundle());
    assertThat(store.fragments(original, 2)).containsExactly(a.bundle(), b.bundle());
    assertThat(store.find(original)).contains(whole.bundle());
    assertThat(store.find(b.bundle().id())).contains(b.bundle());
    commit(new StoreChange.Remove(a.bundle()));
    assertThat(store.fragments(original, 9)).containsExactly(b.bundle(), huge.bundle());
  }

  @Test
  void countsFollowEveryChangeAndSurviveAStart() {
    HeldBundles normal = HeldBundles.of(1);
    HeldBundles urgent = HeldBundles.of(2).urgency(TrafficClass.URGENT, 0).payloadOf(1000, 1);
    HeldBundles second = HeldBundles.of(3);
    commit(normal.put(), urgent.put(), second.put());
    QueueKey other = new QueueKey(QueueKey.Wait.FORWARD, new DtnEid("z", ""));
    commit(new StoreChange.Update(second.bundle(), second.bundle().in(other)));
    for (int start = 0; start < 2; start++) {
      assertThat(store.recovered().queues())
          .containsExactly(
              new QueueCount(HeldBundles.TO_NODE_2, TrafficClass.NORMAL, 1, 6),
              new QueueCount(HeldBundles.TO_NODE_2, TrafficClass.URGENT, 1, 1003),
              new QueueCount(other, TrafficClass.NORMAL, 1, 6));
      assertThat(store.stats().queues()).isEqualTo(store.recovered().queues());
      assertThat(store.stats().bundles()).isEqualTo(3);
      assertThat(store.stats().bytes()).isEqualTo(1015);
      reopen();
    }
    commit(
        new StoreChange.Remove(normal.bundle()),
        new StoreChange.Remove(urgent.bundle()),
        new StoreChange.Remove(second.bundle().in(other)));
    reopen();
    assertThat(store.recovered().queues()).isEmpty();
    assertThat(store.recovered().lastKey()).isEqualTo(3);
    assertThat(store.stats().bytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4095, 4096, 4097, 65_536, 65_537, 262_144})
  void inlinePayloadsOfEverySizeAreReadInParts(int size) {
    HeldBundles made = HeldBundles.of(1).payloadOf(size, size);
    Octets bytes = HeldBundles.randomBytes(size, size);
    commit(made.put());
    assertThat(store.read(new HeldKey(1), 0, Integer.MAX_VALUE)).contains(bytes);
    assertThat(readInSteps(new HeldKey(1), 10_007)).isEqualTo(bytes);
    commit(new StoreChange.Remove(made.bundle()));
    assertThat(store.read(new HeldKey(1), 0, 10)).isEmpty();
  }

  private Octets readInSteps(HeldKey key, int step) {
    List<Octets> parts = new ArrayList<>();
    long at = 0;
    Octets part;
    do {
      part = store.read(key, at, step).orElseThrow();
      parts.add(part);
      at += part.size();
    } while (!part.isEmpty());
    return Octets.concat(parts);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 300_000, 3_000_001})
  void spooledPayloadsComeBackWhole(int size) {
    Octets bytes = HeldBundles.randomBytes(size, 5);
    BundleStore.SpoolWriter writer = store.spool();
    for (int at = 0; at < size; at += 100_000) {
      writer.write(bytes.slice(at, Math.min(size, at + 100_000)));
    }
    Payload.Spooled spooled = writer.finish();
    assertThat(spooled.length()).isEqualTo(size);
    HeldBundles made = HeldBundles.of(1).spooled(spooled);
    commit(made.put());
    reopen();
    assertThat(readInSteps(new HeldKey(1), 70_001)).isEqualTo(bytes);
    assertThat(store.get(new HeldKey(1))).contains(made.bundle());
    commit(new StoreChange.Remove(made.bundle()));
    assertThat(store.read(new HeldKey(1), 0, 10)).isEmpty();
  }

  @Test
  void manySpoolsAreWrittenSideBySide() {
    List<BundleStore.SpoolWriter> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      writers.add(store.spool());
    }
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 8; i++) {
        writers.get(i).write(HeldBundles.randomBytes(5000, i * 10 + round));
      }
    }
    writers.get(7).discard();
    for (int i = 0; i < 7; i++) {
      commit(HeldBundles.of(i + 1).spooled(writers.get(i).finish()).put());
    }
    for (int i = 0; i < 7; i++) {
      assertThat(store.read(new HeldKey(i + 1), 5000, 5000))
          .contains(HeldBundles.randomBytes(5000, i * 10 + 1));
    }
  }

  @Test
  void rememberedBundlesAreRememberedUntilForgotten() {
    BundleId id = HeldBundles.of(1).bundle().id();
    commit(new StoreChange.Remember(id, new DtnTime(100)));
    reopen();
    assertThat(store.remembers(id)).isTrue();
    assertThat(store.remembers(HeldBundles.of(2).bundle().id())).isFalse();
    commit(new StoreChange.ForgetBefore(new DtnTime(100)));
    assertThat(store.remembers(id)).isTrue();
    commit(new StoreChange.Remember(id, new DtnTime(150)));
    commit(new StoreChange.ForgetBefore(new DtnTime(150)));
    assertThat(store.remembers(id)).isTrue();
    commit(new StoreChange.ForgetBefore(new DtnTime(151)));
    assertThat(store.remembers(id)).isFalse();
    assertThat(store.stats().remembered()).isZero();
    reopen();
    assertThat(store.remembers(id)).isFalse();
  }

  @Test
  void aRememberedWholeCoversItsFragmentsAndFragmentsCoverTheirBytes() {
    HeldBundles base = HeldBundles.of(1).sequence(77);
    BundleId whole = base.bundle().id();
    commit(
        new StoreChange.Remember(base.fragment(0, 10).bundle().id(), DtnTime.FOREVER),
        new StoreChange.Remember(base.fragment(10, 10).bundle().id(), DtnTime.FOREVER),
        new StoreChange.Remember(base.fragment(40, 10).bundle().id(), DtnTime.FOREVER));
    assertThat(store.remembers(base.fragment(5, 15).bundle().id())).isTrue();
    assertThat(store.remembers(base.fragment(5, 16).bundle().id())).isFalse();
    assertThat(store.remembers(base.fragment(40, 10).bundle().id())).isTrue();
    assertThat(store.remembers(whole)).isFalse();
    commit(new StoreChange.Remember(whole, DtnTime.FOREVER));
    assertThat(store.remembers(whole)).isTrue();
    assertThat(store.remembers(base.fragment(5, 1000).bundle().id())).isTrue();
  }

  @Test
  void consecutiveSequenceNumbersShareARecord() {
    List<StoreChange> changes = new ArrayList<>();
    for (long sequence = 0; sequence < 10_000; sequence++) {
      changes.add(
          new StoreChange.Remember(
              HeldBundles.of(1).sequence(sequence).bundle().id(), DtnTime.FOREVER));
    }
    store.commit(changes, SYNCED);
    assertThat(store.stats().remembered()).isEqualTo(40);
    assertThat(store.remembers(HeldBundles.of(1).sequence(9_999).bundle().id())).isTrue();
    assertThat(store.remembers(HeldBundles.of(1).sequence(10_000).bundle().id())).isFalse();
  }

  @Test
  void aboveTheQuotaTheEarliestAreForgottenAndCounted() {
    for (int i = 0; i < SEEN_QUOTA + 50; i++) {
      commit(new StoreChange.Remember(seen(i), new DtnTime(10_000 + i)));
    }
    assertThat(store.stats().remembered()).isEqualTo(SEEN_QUOTA);
    assertThat(store.stats().forgottenEarly()).isEqualTo(50);
    reopen();
    assertThat(store.stats().remembered()).isEqualTo(SEEN_QUOTA);
    assertThat(store.stats().forgottenEarly()).isEqualTo(50);
    assertThat(store.remembers(seen(49))).isFalse();
    assertThat(store.remembers(seen(50))).isTrue();
  }

  private static BundleId seen(int i) {
    return BundleId.whole(IpnEid.of(1, 1), new CreationTimestamp(new DtnTime(1000 + i), 0));
  }

  @Test
  void aClosedStoreSaysSo() {
    store.close();
    assertThatThrownBy(() -> store.get(new HeldKey(1))).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> commit(HeldBundles.of(1).put())).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> store.spool()).isInstanceOf(StoreException.class);
    store.close();
  }

  @Test
  void readersOnOtherThreadsSeeWholeBatches() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    readPairsUntilLast();
                  } catch (Throwable failure) {
                    failures.add(failure);
                  }
                });
    for (long i = 1; i < 1000; i += 2) {
      store.commit(
          List.of(HeldBundles.of(i).put(), HeldBundles.of(i + 1).put()),
          BundleStore.Durability.BUFFERED);
    }
    reader.join();
    assertThat(failures).isEmpty();
  }

  private void readPairsUntilLast() {
    int found = 0;
    while (found < 1000) {
      List<HeldBundle> all = store.scan(HeldBundles.TO_NODE_2, Optional.empty(), 2000);
      assertThat(all.size() % 2).isZero();
      assertThat(all).hasSizeGreaterThanOrEqualTo(found);
      found = all.size();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomUseAgreesWithThePlainModel(long seed) {
    RandomUse use = new RandomUse(seed);
    for (int i = 0; i < 150; i++) {
      use.step(store);
      if (i % 5 == 0) {
        use.compare(store);
      }
      if (i % 40 == 39) {
        reopen();
        use.compare(store);
      }
    }
  }
}
