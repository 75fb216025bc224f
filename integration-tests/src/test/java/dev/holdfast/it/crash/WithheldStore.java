package dev.holdfast.it.crash;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.HeldKey;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.StoreStats;
import dev.holdfast.custody.memory.MemoryBundleStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A store whose next batch with a bundle is withheld until the test releases it. */
final class WithheldStore implements BundleStore {
  private final MemoryBundleStore store = new MemoryBundleStore();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  @Override
  public void commit(List<StoreChange> changes, Durability durability) {
    if (changes.stream().anyMatch(StoreChange.Put.class::isInstance)) {
      begun.countDown();
      awaitRelease();
    }
    store.commit(changes, durability);
  }

  private void awaitRelease() {
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a test ends with its commit withheld", e);
    }
  }

  /** Waits until a batch with a bundle is being withheld; false if none comes in time. */
  boolean awaitWithheld(long seconds) throws InterruptedException {
    return begun.await(seconds, TimeUnit.SECONDS);
  }

  /** Nothing is withheld any more. */
  void release() {
    released.countDown();
  }

  @Override
  public Recovered recovered() {
    return store.recovered();
  }

  @Override
  public Optional<HeldBundle> find(BundleId id) {
    return store.find(id);
  }

  @Override
  public Optional<HeldBundle> get(HeldKey key) {
    return store.get(key);
  }

  @Override
  public boolean remembers(BundleId id) {
    return store.remembers(id);
  }

  @Override
  public List<HeldBundle> fragments(BundleId original, int limit) {
    return store.fragments(original, limit);
  }

  @Override
  public List<HeldBundle> scan(QueueKey queue, Optional<HeldBundle> after, int limit) {
    return store.scan(queue, after, limit);
  }

  @Override
  public List<HeldBundle> list(Optional<HeldKey> after, int limit) {
    return store.list(after, limit);
  }

  @Override
  public List<HeldBundle> expiring(DtnTime until, int limit) {
    return store.expiring(until, limit);
  }

  @Override
  public Optional<DtnTime> earliestExpiry() {
    return store.earliestExpiry();
  }

  @Override
  public Optional<Ends> ends(HeldKey key) {
    return store.ends(key);
  }

  @Override
  public Optional<Octets> read(HeldKey key, long position, int length) {
    return store.read(key, position, length);
  }

  @Override
  public Optional<Octets> record(Octets key) {
    return store.record(key);
  }

  @Override
  public void records(Octets from, Octets to, RecordVisitor visitor) {
    store.records(from, to, visitor);
  }

  @Override
  public SpoolWriter spool() {
    return store.spool();
  }

  @Override
  public void discard(Payload.Spooled payload) {
    store.discard(payload);
  }

  @Override
  public StoreStats stats() {
    return store.stats();
  }

  @Override
  public void close() {
    store.close();
  }
}
