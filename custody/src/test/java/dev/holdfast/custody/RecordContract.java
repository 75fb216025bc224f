package dev.holdfast.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link BundleStore} keeps to with records of others. */
public abstract class RecordContract {
  private static final Octets FIRST = Octets.ofHex("00");
  private static final Octets LAST = Octets.ofHex("ffffffffff");

  private BundleStore store;

  /** A new store. */
  protected abstract BundleStore create();

  /** The same store after an orderly stop and a start. */
  protected abstract BundleStore reopen(BundleStore before);

  /** What a start finds when the process had ended without a word. */
  protected abstract BundleStore crash(BundleStore before);

  @BeforeEach
  final void createStore() {
    store = create();
  }

  @AfterEach
  final void closeStore() {
    store.close();
  }

  private void commit(StoreChange... changes) {
    store.commit(List.of(changes), Durability.SYNCED);
  }

  private static StoreChange put(String key, String value) {
    return new StoreChange.PutRecord(Octets.ofHex(key), Octets.ofHex(value));
  }

  private static StoreChange remove(String key) {
    return new StoreChange.RemoveRecord(Octets.ofHex(key));
  }

  private static TreeMap<Octets, Octets> all(BundleStore store) {
    return range(store, FIRST, LAST);
  }

  private static TreeMap<Octets, Octets> range(BundleStore store, Octets from, Octets to) {
    TreeMap<Octets, Octets> found = new TreeMap<>();
    store.records(
        from,
        to,
        (key, value) -> {
          assertThat(found.isEmpty() || found.lastKey().compareTo(key) < 0).isTrue();
          found.put(key, value);
          return true;
        });
    return found;
  }

  private List<String> keys(String from, String to) {
    return range(store, Octets.ofHex(from), Octets.ofHex(to)).keySet().stream()
        .map(Octets::hex)
        .toList();
  }

  @Test
  void anEmptyStoreHasNone() {
    assertThat(store.record(FIRST)).isEmpty();
    assertThat(all(store)).isEmpty();
    assertThat(store.stats().records()).isEqualTo(new StoreStats.Records(0, 0));
  }

  @Test
  void aRecordIsPutReplacedAndRemoved() {
    commit(put("01", "aa"), put("0102", ""), remove("03"));
    for (int start = 0; start < 2; start++) {
      assertThat(store.record(Octets.ofHex("01"))).contains(Octets.ofHex("aa"));
      assertThat(store.record(Octets.ofHex("0102"))).contains(Octets.EMPTY);
      assertThat(store.record(Octets.ofHex("0101"))).isEmpty();
      assertThat(all(store)).hasSize(2);
      store = reopen(store);
    }
    commit(put("01", "bb"));
    commit(remove("0102"));
    for (int start = 0; start < 2; start++) {
      assertThat(store.record(Octets.ofHex("01"))).contains(Octets.ofHex("bb"));
      assertThat(store.record(Octets.ofHex("0102"))).isEmpty();
      assertThat(keys("00", "ff")).containsExactly("01");
      store = reopen(store);
    }
  }

  @Test
  void ofChangesToOneRecordInABatchTheLastWins() {
    commit(put("01", "aa"), put("02", "aa"), put("04", "aa"));
    commit(
        put("01", "bb"),
        remove("01"),
        put("01", "cc"),
        put("02", "bb"),
        remove("02"),
        remove("03"),
        put("03", "dd"),
        remove("04"));
    assertThat(all(store))
        .isEqualTo(
            Map.of(Octets.ofHex("01"), Octets.ofHex("cc"), Octets.ofHex("03"), Octets.ofHex("dd")));
  }

  @Test
  void rangesAreShownInTheOrderOfUnsignedBytes() {
    commit(
        put("ff00", ""),
        put("7f", ""),
        put("80", ""),
        put("00", ""),
        put("8000", ""),
        put("7fff", ""),
        put("ff", ""));
    assertThat(keys("00", "ffff")).containsExactly("00", "7f", "7fff", "80", "8000", "ff", "ff00");
    assertThat(keys("7f", "8000")).containsExactly("7f", "7fff", "80");
    assertThat(keys("7f00", "80")).containsExactly("7fff");
    assertThat(keys("01", "7f")).isEmpty();
    assertThat(keys("80", "80")).isEmpty();
    assertThat(keys("ff", "00")).isEmpty();
    assertThat(keys("", "7fff")).containsExactly("00", "7f");
    assertThat(keys("00", "")).isEmpty();
  }

  @Test
  void aVisitEndsWhenTheVisitorSaysSo() {
    commit(put("01", ""), put("02", ""), put("03", ""));
    List<String> seen = new ArrayList<>();
    store.records(
        FIRST,
        LAST,
        (key, _) -> {
          seen.add(key.hex());
          return seen.size() < 2;
        });
    assertThat(seen).containsExactly("01", "02");
  }

  @Test
  void aVisitSeesWhatWasThereAtItsBegin() {
    commit(put("01", "aa"), put("02", "aa"), put("03", "aa"));
    List<String> seen = new ArrayList<>();
    store.records(
        FIRST,
        LAST,
        (key, value) -> {
          seen.add(key.hex() + value.hex());
          commit(put("02", "bb"), remove("03"), put("04", "bb"));
          assertThat(store.record(Octets.ofHex("02"))).contains(Octets.ofHex("bb"));
          assertThat(keys("00", "ff")).containsExactly("01", "02", "04");
          return true;
        });
    assertThat(seen).containsExactly("01aa", "02aa", "03aa");
    assertThat(keys("00", "ff")).containsExactly("01", "02", "04");
  }

  @Test
  void whatAVisitorThrowsEndsTheVisitAndNothingElse() {
    commit(put("01", "aa"), put("02", "aa"));
    assertThatThrownBy(
            () ->
                store.records(
                    FIRST,
                    LAST,
                    (_, _) -> {
                      throw new IllegalStateException("no more");
                    }))
        .hasMessage("no more");
    commit(put("03", "aa"));
    assertThat(keys("00", "ff")).containsExactly("01", "02", "03");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4096, 65_536, 16 << 20})
  void valuesOfEverySizeComeBack(int size) {
    Octets value = HeldBundles.randomBytes(size, size);
    Octets shorter = HeldBundles.randomBytes(100 + size, 3).from(100);
    commit(
        put("01", "aa"),
        new StoreChange.PutRecord(Octets.ofHex("02"), value),
        new StoreChange.PutRecord(Octets.ofHex("03"), shorter),
        put("04", "bb"));
    store = crash(store);
    assertThat(store.record(Octets.ofHex("02"))).contains(value);
    assertThat(all(store).values())
        .containsExactly(Octets.ofHex("aa"), value, shorter, Octets.ofHex("bb"));
  }

  @Test
  void keysAndValuesHaveALimit() {
    Octets longest = HeldBundles.randomBytes(StoreChange.PutRecord.KEY_MAX, 1);
    commit(new StoreChange.PutRecord(longest, FIRST));
    assertThat(store.record(longest)).contains(FIRST);
    Octets tooLong = HeldBundles.randomBytes(StoreChange.PutRecord.KEY_MAX + 1, 1);
    assertThatThrownBy(() -> new StoreChange.PutRecord(tooLong, FIRST))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StoreChange.PutRecord(Octets.EMPTY, FIRST))
        .isInstanceOf(IllegalArgumentException.class);
    Octets huge = Octets.wrap(new byte[StoreChange.PutRecord.VALUE_MAX + 1]);
    assertThatThrownBy(() -> new StoreChange.PutRecord(FIRST, huge))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordStandsAndFallsWithTheBundlesOfItsBatch() {
    HeldBundles made = HeldBundles.of(1);
    commit(put("01", "aa"));
    commit(made.put(), put("01", "bb"), put("02", "bb"));
    store = crash(store);
    assertThat(store.get(made.bundle().key())).isPresent();
    assertThat(all(store).values()).containsExactly(Octets.ofHex("bb"), Octets.ofHex("bb"));

    StoreChange.Put wrong =
        new StoreChange.Put(
            HeldBundles.of(2).bundle(), made.head(), new Payload.Inline(FIRST), Octets.EMPTY);
    assertThatThrownBy(() -> commit(put("01", "cc"), remove("02"), wrong, put("03", "cc")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.get(new HeldKey(2))).isEmpty();
    assertThat(all(store).values()).containsExactly(Octets.ofHex("bb"), Octets.ofHex("bb"));
    store = crash(store);
    assertThat(all(store).values()).containsExactly(Octets.ofHex("bb"), Octets.ofHex("bb"));
  }

  @Test
  void whatIsOnlyPreparedIsNotThere() {
    BundleStore.Prepared first = store.prepare(List.of(put("01", "aa"), put("02", "aa")));
    BundleStore.Prepared second = store.prepare(List.of(remove("02"), put("03", "aa")));
    assertThat(all(store)).isEmpty();
    store.write(List.of(first, second), Durability.SYNCED);
    BundleStore.Prepared never = store.prepare(List.of(put("04", "aa")));
    assertThat(never.changes()).hasSize(1);
    store = crash(store);
    assertThat(keys("00", "ff")).containsExactly("01", "03");
  }

  @Test
  void theyAreCounted() {
    List<StoreChange> batch = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      batch.add(
          new StoreChange.PutRecord(
              HeldBundles.randomBytes(20, i), HeldBundles.randomBytes(80, i)));
    }
    store.commit(batch, Durability.SYNCED);
    store = reopen(store);
    // A store on disk estimates; nothing was replaced, so it is near.
    assertThat(store.stats().records().count()).isBetween(900L, 1100L);
    assertThat(store.stats().records().bytes()).isBetween(80_000L, 200_000L);
  }

  @Test
  void visitsOnOtherThreadsSeeWholeBatches() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    int found = 0;
                    while (found < 1000) {
                      TreeMap<Octets, Octets> seen = all(store);
                      assertThat(seen.size() % 2).isZero();
                      assertThat(seen.size()).isGreaterThanOrEqualTo(found);
                      found = seen.size();
                    }
                  } catch (Throwable failure) {
                    failures.add(failure);
                  }
                });
    for (int i = 0; i < 500; i++) {
      store.commit(
          List.of(
              new StoreChange.PutRecord(HeldBundles.randomBytes(8, i), FIRST),
              new StoreChange.PutRecord(HeldBundles.randomBytes(9, i), FIRST)),
          Durability.BUFFERED);
    }
    reader.join();
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomUseAgreesWithATree(long seed) {
    Random random = new Random(seed);
    TreeMap<Octets, Octets> model = new TreeMap<>();
    for (int round = 0; round < 120; round++) {
      List<StoreChange> batch = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        Octets key = key(random);
        if (random.nextInt(3) == 0) {
          batch.add(new StoreChange.RemoveRecord(key));
          model.remove(key);
        } else {
          Octets value = HeldBundles.randomBytes(random.nextInt(300), random.nextLong());
          batch.add(new StoreChange.PutRecord(key, value));
          model.put(key, value);
        }
      }
      store.commit(batch, Durability.SYNCED);
      if (round % 40 == 39) {
        store = random.nextBoolean() ? reopen(store) : crash(store);
      }
      assertThat(all(store)).isEqualTo(model);
      Octets from = key(random);
      Octets to = key(random);
      assertThat(range(store, from, to))
          .isEqualTo(from.compareTo(to) < 0 ? model.subMap(from, to) : Map.of());
      assertThat(store.record(from)).isEqualTo(Optional.ofNullable(model.get(from)));
    }
  }

  private static Octets key(Random random) {
    byte[] key = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(5) * 64);
    }
    return Octets.wrap(key);
  }
}
