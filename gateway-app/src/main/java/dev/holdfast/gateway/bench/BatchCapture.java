package dev.holdfast.gateway.bench;

import dev.holdfast.custody.rocks.BatchReplay;
import dev.holdfast.custody.rocks.RocksOptions;
import dev.holdfast.gateway.clock.GatewayClock;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The batches a gateway commits during a round, kept outside the heap, and written once more into a
 * database of their own. Started and asked by one thread; follows the log on its own.
 */
final class BatchCapture implements AutoCloseable {
  private static final long POLL_NANOS = 4_000_000;
  private static final int QUIET_POLLS = 15;
  private static final long ROOM = 64L << 20;
  private static final long BYTES_MAX = 1L << 30;

  private final GatewayClock clock;
  private final LogFollower follower;
  private final Thread thread;
  private final List<MemorySegment> batches = new ArrayList<>();
  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> rooms = new ArrayList<>();
  private int nextRoom;
  private MemorySegment room = MemorySegment.NULL;
  private long bytes;
  private int quiet;
  private boolean capturing;
  private Optional<RuntimeException> failure = Optional.empty();
  private boolean stopped;

  /** Begins to follow the log of a database. */
  BatchCapture(GatewayClock clock, Path database) {
    this.clock = clock;
    this.follower = new LogFollower(database, this::take);
    this.thread = Thread.ofPlatform().name("bench-log").daemon().start(this::run);
  }

  /**
   * What came of writing the batches again.
   *
   * @param seconds all in all
   * @param millis each
   */
  record Replayed(double seconds, Samples millis) {}

  /** Keeps what is committed from now on; the gateway is idle. */
  void begin() {
    awaitQuiet();
    synchronized (this) {
      forget();
      capturing = true;
    }
  }

  /** Keeps nothing more; the gateway is idle. */
  void end() {
    awaitQuiet();
    synchronized (this) {
      capturing = false;
    }
  }

  /** Writes what was kept into a fresh database, one synced batch after the other. */
  synchronized Replayed replay(Path fresh) {
    var millis = new Samples(Math.max(1, batches.size()));
    long nanos = 0;
    try (BatchReplay replay = BatchReplay.open(fresh, RocksOptions.defaults())) {
      for (MemorySegment segment : batches) {
        byte[] batch = segment.toArray(ValueLayout.JAVA_BYTE);
        long start = clock.now().bootNanos();
        replay.commit(batch);
        long took = clock.now().bootNanos() - start;
        nanos += took;
        millis.add(took / 1e6);
      }
    }
    return new Replayed(nanos / 1e9, millis);
  }

  /** How many batches were kept. */
  synchronized int count() {
    return batches.size();
  }

  @Override
  public void close() {
    synchronized (this) {
      stopped = true;
      forget();
    }
    LockSupport.unpark(thread);
  }

  private void run() {
    while (pollOnce()) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    follower.close();
    arena.close();
  }

  private synchronized boolean pollOnce() {
    if (stopped || failure.isPresent()) {
      return !stopped;
    }
    try {
      quiet = follower.poll() ? 0 : quiet + 1;
    } catch (RuntimeException e) {
      failure = Optional.of(e);
    }
    notifyAll();
    return true;
  }

  private synchronized void awaitQuiet() {
    quiet = 0;
    try {
      while (quiet < QUIET_POLLS && failure.isEmpty()) {
        wait(1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  private void take(byte[] batch) {
    if (!capturing) {
      return;
    }
    bytes += batch.length;
    if (bytes > BYTES_MAX) {
      throw new BenchException("a round of more than " + (BYTES_MAX >> 20) + " MiB of batches");
    }
    if (batch.length > room.byteSize()) {
      room = nextRoom(batch.length);
    }
    MemorySegment kept = room.asSlice(0, batch.length);
    room = room.asSlice(batch.length);
    MemorySegment.copy(batch, 0, kept, ValueLayout.JAVA_BYTE, 0, batch.length);
    batches.add(kept);
  }

  /** Room of a round before, if there is some: fresh memory costs more than what goes into it. */
  private MemorySegment nextRoom(long least) {
    while (nextRoom < rooms.size()) {
      MemorySegment used = rooms.get(nextRoom++);
      if (used.byteSize() >= least) {
        return used;
      }
    }
    rooms.add(arena.allocate(Math.max(ROOM, least)));
    return rooms.get(nextRoom++);
  }

  private void forget() {
    batches.clear();
    room = MemorySegment.NULL;
    nextRoom = 0;
    bytes = 0;
  }
}
