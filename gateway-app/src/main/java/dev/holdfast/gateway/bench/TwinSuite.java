package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.digest.SketchKey;
import dev.holdfast.crdt.replica.Comparison;
import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Twins written through a replica into a store in this process, each batch durable, and read again.
 */
final class TwinSuite {
  private static final String SUITE = "twins";
  private static final int IN_BATCH = 64;
  private static final int FILLING_STEPS = 10;
  private static final int BATCHES = 300;
  private static final int SINGLES = 1_000;
  private static final int READS = 1_000;
  private static final long BLOCK_BYTES = 4 << 20;
  private static final int DIFFERENCES = 1_000;
  private static final double MIB = 1 << 20;

  /** Steps of this size through any number of places meet each once before they meet one again. */
  private static final long STEP = 2_654_435_761L;

  private final BenchRun run;
  private final long twins;
  private final List<Result> results = new ArrayList<>();
  private long places;

  private TwinSuite(BenchRun run) {
    this.run = run;
    this.twins = run.options().twins();
  }

  static List<Result> measure(BenchRun run) {
    return new TwinSuite(run).all();
  }

  private List<Result> all() {
    Path directory = run.fresh(SUITE);
    try {
      write(directory.resolve("store"));
      read(directory.resolve("store"));
      inStep(directory.resolve("store"));
      double disk = bytes(directory.resolve("store")) / (double) twins;
      results.add(result("on disk a twin", "B", List.of(disk), List.of()));
      return results;
    } finally {
      run.done(directory);
    }
  }

  private void write(Path directory) {
    try (var store = RocksBundleStore.open(directory, RocksOptions.defaults())) {
      var load = new TwinStoreLoad(store);
      fill(load);
      try (var capture = new BatchCapture(run.clock(), directory.resolve("db"))) {
        rewrite(load, capture, IN_BATCH, BATCHES);
        rewrite(load, capture, 1, SINGLES);
      }
      load.seal();
    }
  }

  private void fill(TwinStoreLoad load) {
    run.progress().accept(SUITE + ", " + twins + " of " + TwinStoreLoad.LEAVES + " registers");
    long all = twins * TwinStoreLoad.LEAVES;
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < FILLING_STEPS; i++) {
      long from = all * i / FILLING_STEPS;
      long count = all * (i + 1) / FILLING_STEPS - from;
      rates.add(count / seconds(() -> load.write(from, count, IN_BATCH)));
    }
    results.add(
        result("first writes, " + IN_BATCH + " a batch, by tenths", "1/s", rates, List.of()));
  }

  /** Writes in places all over once more; beside it, the same batches and nothing else. */
  private void rewrite(TwinStoreLoad load, BatchCapture capture, int inBatch, int batches) {
    List<Double> rates = new ArrayList<>();
    List<Double> floor = new ArrayList<>();
    long range = twins * TwinStoreLoad.LEAVES - inBatch;
    for (int round = 0; round < run.options().rounds(); round++) {
      run.progress().accept(SUITE + ", " + inBatch + " a batch, round " + (round + 1));
      capture.begin();
      double seconds =
          seconds(() -> each(batches, range, place -> load.write(place, inBatch, inBatch)));
      capture.end();
      Path again = run.fresh("twins-replay");
      floor.add((double) batches * inBatch / capture.replay(again).seconds());
      run.done(again);
      rates.add(batches * inBatch / seconds);
    }
    results.add(
        result(
            "writes, " + inBatch + " a batch",
            "1/s",
            rates,
            List.of(new Result.Floor("batches again", floor))));
  }

  private void read(Path directory) {
    List<Double> first = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    List<Double> heap = new ArrayList<>();
    for (int round = 0; round < run.options().rounds(); round++) {
      run.progress().accept(SUITE + ", reading, round " + (round + 1));
      try (var store = RocksBundleStore.open(directory, RocksOptions.defaults())) {
        var load = new TwinStoreLoad(store);
        long from = places;
        first.add(1e6 * seconds(() -> each(READS, twins, load::read)) / READS);
        places = from;
        again.add(1e6 * seconds(() -> each(READS, twins, load::read)) / READS);
        ManagementFactory.getMemoryMXBean().gc();
        heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB);
      }
    }
    results.add(result("read a twin, first after a start", "µs", first, List.of()));
    results.add(result("read a twin again", "µs", again, List.of()));
    results.add(result("heap used, all twins open", "MiB", heap, List.of()));
  }

  /** What another region does with what was written, and how two find what differs. */
  private void inStep(Path directory) {
    try (var store = RocksBundleStore.open(directory, RocksOptions.defaults())) {
      var load = new TwinStoreLoad(store);
      take(load.messages(BLOCK_BYTES));
      sketch(load);
    }
  }

  private void take(List<List<Octets>> messages) {
    List<Double> rates = new ArrayList<>();
    List<Double> floor = new ArrayList<>();
    for (int round = 0; round < run.options().rounds(); round++) {
      run.progress().accept(SUITE + ", blocks of another region, round " + (round + 1));
      Path other = run.fresh("twins-other");
      long[] updates = new long[1];
      try (var store = RocksBundleStore.open(other, RocksOptions.defaults())) {
        var take = new TwinTake(store);
        double seconds = seconds(() -> messages.forEach(it -> updates[0] += take.take(it)));
        rates.add(updates[0] / seconds);
      } finally {
        run.done(other);
      }
      double verified =
          seconds(() -> messages.forEach(message -> message.forEach(TwinTake::verified)));
      floor.add(updates[0] / verified);
    }
    results.add(
        result(
            "updates of another region taken",
            "1/s",
            rates,
            List.of(new Result.Floor("read and verified only", floor))));
  }

  private void sketch(TwinStoreLoad load) {
    List<Double> made = new ArrayList<>();
    List<Double> compared = new ArrayList<>();
    for (int round = 0; round < run.options().rounds(); round++) {
      run.progress().accept(SUITE + ", sketches, round " + (round + 1));
      var key = new SketchKey(Octets.wrap(new byte[SketchKey.SALT_BYTES]));
      long start = run.clock().now().bootNanos();
      Comparison.Sketched sketch = load.sketch(key, DIFFERENCES);
      made.add((run.clock().now().bootNanos() - start) / 1e9);
      // A register that is written again differs twice: what it held, and what it holds.
      each(DIFFERENCES / 2, twins * TwinStoreLoad.LEAVES, place -> load.write(place, 1, 1));
      int[] found = new int[1];
      compared.add(seconds(() -> found[0] = load.differences(key, sketch)));
      if (found[0] != DIFFERENCES) {
        throw new BenchException(found[0] + " differences are found, not " + DIFFERENCES);
      }
    }
    results.add(result("sketch of all for 1,000 differences", "s", made, List.of()));
    results.add(result("compared with such a sketch", "s", compared, List.of()));
  }

  /** Goes to so many places, spread over all of them. */
  private void each(int count, long of, LongConsumer at) {
    for (int i = 0; i < count; i++) {
      places++;
      at.accept(Math.floorMod(places * STEP, of));
    }
  }

  private double seconds(Runnable work) {
    long start = run.clock().now().bootNanos();
    work.run();
    return (run.clock().now().bootNanos() - start) / 1e9;
  }

  private static long bytes(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.mapToLong(path -> path.toFile().isFile() ? path.toFile().length() : 0).sum();
    } catch (IOException e) {
      throw new BenchException(directory + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Result result(
      String name, String unit, List<Double> rounds, List<Result.Floor> floors) {
    return new Result(SUITE, name, unit, rounds, floors, Optional.empty());
  }
}
