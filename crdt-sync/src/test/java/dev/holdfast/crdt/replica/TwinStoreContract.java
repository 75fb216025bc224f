package dev.holdfast.crdt.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.Kind;
import dev.holdfast.crdt.block.Leaf;
import dev.holdfast.crdt.block.StreamId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TwinStore} keeps to, alone and below an {@link Overlay}. */
public abstract class TwinStoreContract {
  private static final Octets FIRST = Octets.EMPTY;
  private static final Octets LAST = Octets.ofHex("ffffffff");

  private TwinStore store;

  /** A new store. */
  protected abstract TwinStore create();

  /** Commits a batch to the store that was made last; on return no crash takes it back. */
  protected abstract void commit(List<TwinChange> changes);

  /** The process ended without a word: what the next one finds. */
  protected abstract TwinStore crash();

  @BeforeEach
  final void createStore() {
    store = create();
  }

  private static TwinChange put(String key, String value) {
    return new TwinChange.Put(Octets.ofHex(key), Octets.ofHex(value));
  }

  private static TwinChange remove(String key) {
    return new TwinChange.Remove(Octets.ofHex(key));
  }

  private static List<Map.Entry<Octets, Octets>> range(
      TwinStore store, Octets from, Octets to, int limit) {
    List<Map.Entry<Octets, Octets>> found = new ArrayList<>();
    store.scan(
        from,
        to,
        (key, value) -> {
          found.add(Map.entry(key, value));
          return found.size() < limit;
        });
    return found;
  }

  private static List<Map.Entry<Octets, Octets>> all(TwinStore store) {
    return range(store, FIRST, LAST, Integer.MAX_VALUE);
  }

  private List<String> keys(String from, String to, int limit) {
    return range(store, Octets.ofHex(from), Octets.ofHex(to), limit).stream()
        .map(record -> record.getKey().hex())
        .toList();
  }

  @Test
  void whatIsCommittedIsThereAfterACrash() {
    assertThat(all(store)).isEmpty();
    commit(List.of(put("01", "aa"), put("02", ""), put("03", "aa")));
    commit(List.of(put("01", "bb"), remove("03"), remove("04")));
    for (int start = 0; start < 2; start++) {
      assertThat(store.get(Octets.ofHex("01"))).contains(Octets.ofHex("bb"));
      assertThat(store.get(Octets.ofHex("02"))).contains(Octets.EMPTY);
      assertThat(store.get(Octets.ofHex("03"))).isEmpty();
      assertThat(keys("", "ff", 9)).containsExactly("01", "02");
      store = crash();
    }
  }

  @Test
  void recordsAreVisitedInOrderUntilTheVisitorEndsIt() {
    commit(
        List.of(
            put("ff", ""),
            put("7f", ""),
            put("80", ""),
            put("8000", ""),
            put("7fff", ""),
            put("00", "")));
    assertThat(keys("", "ffff", 9)).containsExactly("00", "7f", "7fff", "80", "8000", "ff");
    assertThat(keys("7f", "8000", 9)).containsExactly("7f", "7fff", "80");
    assertThat(keys("7f", "8000", 2)).containsExactly("7f", "7fff");
    assertThat(keys("7f", "8000", 1)).containsExactly("7f");
    assertThat(keys("7f", "7f", 9)).isEmpty();
    assertThat(keys("01", "7f", 9)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anOverlayAgreesWithATreeThroughCommitsAndCrashes(long seed) {
    Random random = new Random(seed);
    TreeMap<Octets, Octets> committed = new TreeMap<>();
    TreeMap<Octets, Octets> decided = new TreeMap<>();
    record Drained(List<TwinChange> changes, long turn, TreeMap<Octets, Octets> then) {}
    Deque<Drained> waiting = new ArrayDeque<>();
    Overlay overlay = new Overlay(store);
    for (int step = 0; step < 600; step++) {
      Octets key = key(random);
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> {
          Octets value = key(random);
          overlay.put(key, value);
          decided.put(key, value);
        }
        case 4, 5 -> {
          overlay.remove(key);
          decided.remove(key);
        }
        case 6, 7 ->
            waiting.add(
                new Drained(overlay.drain(), overlay.lastDrained(), new TreeMap<>(decided)));
        case 8 -> {
          Drained next = waiting.poll();
          if (next != null) {
            commit(next.changes);
            committed = next.then;
            if (random.nextBoolean()) {
              overlay.committed(next.turn);
            }
          }
        }
        default -> {
          if (random.nextInt(8) == 0) {
            store = crash();
            overlay = new Overlay(store);
            decided = new TreeMap<>(committed);
            waiting.clear();
          }
        }
      }
      Octets to = key(random);
      int limit = 1 + random.nextInt(9);
      if (key.compareTo(to) <= 0) {
        assertThat(range(overlay, key, to, limit))
            .isEqualTo(decided.subMap(key, to).entrySet().stream().limit(limit).toList());
      }
      assertThat(overlay.get(key)).isEqualTo(Optional.ofNullable(decided.get(key)));
      assertThat(all(overlay)).isEqualTo(List.copyOf(decided.entrySet()));
      assertThat(all(store)).isEqualTo(List.copyOf(committed.entrySet()));
    }
  }

  private static Octets key(Random random) {
    byte[] key = new byte[1 + random.nextInt(2)];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(4) * 80);
    }
    return Octets.wrap(key);
  }

  @Test
  void aReplicaIsAfterACrashWhatWasCommittedOfIt() {
    ClassId name = ClassId.of("test");
    StreamId stream = new StreamId(Octets.ofHex("00112233445566778899aabbccddeeff"));
    MemoryTwinStore plain = new MemoryTwinStore();
    Overlay besides = new Overlay(plain);
    Replica expected = new Replica(name, stream, besides, ReplicaLimits.DEFAULT);
    Overlay overlay = new Overlay(store);
    Replica replica = new Replica(name, stream, overlay, ReplicaLimits.DEFAULT);
    Random random = new Random(5);
    for (int turn = 1; turn <= 60; turn++) {
      Leaf leaf = new Leaf("t:" + random.nextInt(5), "/p" + random.nextInt(9), Kind.REGISTER);
      List<Edit> edits =
          List.of(
              random.nextInt(4) == 0 ? new Edit.Clear(leaf) : new Edit.Write(leaf, key(random)));
      assertThat(replica.edit(edits, turn * 1000L)).isInstanceOf(Edited.Done.class);
      if (random.nextInt(6) == 0) {
        store = crash();
        overlay = new Overlay(store);
        replica = new Replica(name, stream, overlay, ReplicaLimits.DEFAULT);
      } else {
        assertThat(expected.edit(edits, turn * 1000L)).isInstanceOf(Edited.Done.class);
        commit(overlay.drain());
        overlay.committed(overlay.lastDrained());
        plain.commit(besides.drain());
        besides.committed(besides.lastDrained());
      }
      assertThat(replica.root()).isEqualTo(expected.root());
      assertThat(replica.thing("t:1")).isEqualTo(expected.thing("t:1"));
      assertThat(all(store)).isEqualTo(List.copyOf(plain.records().entrySet()));
    }
  }
}
