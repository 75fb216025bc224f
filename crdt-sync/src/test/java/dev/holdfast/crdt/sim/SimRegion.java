package dev.holdfast.crdt.sim;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.bpv7.wire.Parsed;
import dev.holdfast.crdt.block.HashUse;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Edit;
import dev.holdfast.crdt.replica.Edited;
import dev.holdfast.crdt.replica.MemoryTwinStore;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.Replica;
import dev.holdfast.crdt.replica.ReplicaLimits;
import dev.holdfast.crdt.sync.Checked;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.crdt.sync.Received;
import dev.holdfast.crdt.sync.SyncCodec;
import dev.holdfast.crdt.sync.SyncLimits;
import dev.holdfast.crdt.sync.SyncSettings;
import dev.holdfast.crdt.sync.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One region of a simulated world, with one class. */
final class SimRegion {
  static final String CLASS = "open";

  final int number;
  final SigningKey key;

  /** The keys that it is given when it starts; the first is {@link #key}. */
  final List<SigningKey> keys = new ArrayList<>();

  final RegionId id;
  final StreamId stream;
  final SyncSettings settings;
  MemoryTwinStore store = new MemoryTwinStore();
  Overlay overlay = new Overlay(store);
  Replica replica;
  ClassSync sync;

  /** Whether it says of any store that it is the one that wrote last: a machine was set back. */
  boolean lies;

  private boolean rebooted;

  /** How far its stream was told, as is kept outside its store. */
  private @Nullable Witness witness;

  /** How far its wall clock is ahead, in milliseconds. */
  long ahead;

  final List<Notice> notices = new ArrayList<>();
  private final SplittableRandom random;
  private List<SimRegion> all = List.of();

  SimRegion(int number, SyncSettings settings) {
    this.number = number;
    this.settings = settings;
    key = key(0);
    keys.add(key);
    id = RegionId.of(key.verifyKey());
    stream = StreamId.of(key.verifyKey(), 0, CLASS);
    random = new SplittableRandom(number);
    replica = replica();
    sync = sync();
  }

  /** The key with that index. */
  SigningKey key(int index) {
    return new SigningKey(hash("key " + number + (index == 0 ? "" : " " + index)));
  }

  private static Octets hash(String text) {
    return HashUse.MESSAGE.hash(Octets.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Replica replica() {
    return new Replica(KeyRing.of(CLASS).exportClass(), stream, overlay, ReplicaLimits.DEFAULT);
  }

  private ClassSync sync() {
    KeyRing ring = KeyRing.of(CLASS).with(key.verifyKey());
    List<RegionId> others = new ArrayList<>();
    for (SimRegion region : all) {
      ring = ring.with(region.key.verifyKey());
      if (region != this) {
        others.add(region.id);
      }
    }
    ClassSync.Self self = new ClassSync.Self(id, keys, this::entropy, continues());
    return new ClassSync(replica, ring, self, others, settings);
  }

  private boolean continues() {
    Witness kept = witness;
    return lies || kept == null || !rebooted && kept.continues(true, replica.own(), replica::chain);
  }

  private Octets entropy(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Octets.wrap(bytes);
  }

  void meet(List<SimRegion> regions) {
    all = regions;
    open();
  }

  /** A copy of its store is started in place of the one there is. */
  void restore(MemoryTwinStore copy) {
    store = copy.copy();
    open();
  }

  /** After a boot of its machine nobody knows whether its store is the one that wrote last. */
  void reboot() {
    rebooted = true;
    open();
    rebooted = false;
  }

  /** After a crash: what was not committed is lost, and what is in memory only. */
  void open() {
    overlay = new Overlay(store);
    replica = replica();
    sync = sync();
  }

  /** Nothing is known of the others any more. */
  void forgetPeers() {
    for (SimRegion each : all) {
      store.forget(Octets.concat(List.of(Octets.ofHex("01"), each.id.name())));
    }
    open();
  }

  Edited edit(long now, Edit... edits) {
    Edited edited = replica.edit(List.of(edits), now + ahead);
    commit();
    return edited;
  }

  /** Commits, as is to be done before anything leaves. */
  List<Outgoing> commit(List<Outgoing> out) {
    commit();
    return out;
  }

  private void commit() {
    store.commit(overlay.drain());
    overlay.committed(overlay.lastDrained());
    witness = Witness.parse(sync.witness().text()).orElseThrow();
    notices.addAll(sync.takeNotices());
  }

  List<Outgoing> receive(Octets payload, long time) {
    long now = time + ahead;
    Received message =
        switch (SyncCodec.decode(payload, SyncLimits.DEFAULT)) {
          case Parsed.Good<Received>(Received good) -> good;
          case Parsed.Bad<Received> bad -> throw new AssertionError(bad.toString());
        };
    Checked checked = Checked.of(message, sync.ring(), now, settings.driftMillis());
    return commit(sync.received(checked, now));
  }
}
