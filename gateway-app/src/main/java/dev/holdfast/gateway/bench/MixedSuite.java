package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a small bundle waits for its acknowledgement while a large one streams in over another
 * session, beside how long it waits when nothing else happens.
 */
final class MixedSuite {
  private static final String SUITE = "mixed";
  private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long LIMIT_SECONDS = 1_200;
  private static final int SMALL = 1 << 10;
  private static final int SAMPLES_MAX = 1 << 20;
  private static final double TARGET_RATIO = 3;

  private final BenchRun run;
  private final Sender small;
  private final Sender large;
  private final Bundles smallBundles;
  private final Bundles largeBundles;
  private final Octets payload = Bundles.noise(SMALL);

  private MixedSuite(BenchRun run, Sender small, Sender large) {
    this.run = run;
    this.small = small;
    this.large = large;
    this.smallBundles = bundles(BenchGateway.LOAD_NODE);
    this.largeBundles = bundles(BenchGateway.SINK_NODE);
  }

  /** 99th percentile and median of the waits, busy beside idle. */
  static List<Result> measure(BenchRun run) {
    Path directory = run.fresh(SUITE);
    // The sink is a neighbour that only sends here: its session is the large payload's.
    try (var unused = new Sink(run.clock());
        BenchGateway gateway =
            BenchGateway.start(
                run.clock(),
                directory,
                run.options().gatewayHeap(),
                OptionalInt.of(unused.port()));
        var small = new Sender(run.clock(), gateway, BenchGateway.LOAD_NODE);
        var large = new Sender(run.clock(), gateway, BenchGateway.SINK_NODE)) {
      return new MixedSuite(run, small, large).rounds();
    } finally {
      run.done(directory);
    }
  }

  private List<Result> rounds() {
    List<Double> idleMedians = new ArrayList<>();
    List<Double> idleHigh = new ArrayList<>();
    List<Double> busyMedians = new ArrayList<>();
    List<Double> busyHigh = new ArrayList<>();
    idle(run.options().warmUpSeconds());
    for (int i = 0; i < run.options().rounds(); i++) {
      run.progress().accept(SUITE + ", round " + (i + 1));
      Samples idle = idle(run.options().seconds());
      Samples busy = busy();
      idleMedians.add(idle.median());
      idleHigh.add(idle.quantile(0.99));
      busyMedians.add(busy.median());
      busyHigh.add(busy.quantile(0.99));
    }
    String what = "1 KB ack while %s MiB stream in".formatted(run.options().largeBytes() >> 20);
    var high =
        new Result(
            SUITE,
            what + ", p99",
            "ms",
            busyHigh,
            List.of(new Result.Floor("idle gateway", idleHigh)),
            Optional.empty());
    boolean met = high.ratio(high.floors().getFirst()) <= TARGET_RATIO;
    return List.of(
        high.aimingAt("<= 3 times idle", met),
        new Result(
            SUITE,
            what + ", median",
            "ms",
            busyMedians,
            List.of(new Result.Floor("idle gateway", idleMedians)),
            Optional.empty()));
  }

  private Samples idle(int seconds) {
    long end = run.clock().now().bootNanos() + TimeUnit.SECONDS.toNanos(seconds);
    var samples = new Samples(SAMPLES_MAX);
    do {
      one(samples);
    } while (run.clock().now().bootNanos() < end);
    return samples;
  }

  private Samples busy() {
    Cargo.Repeated cargo = largeBundles.ofLength(run.options().largeBytes());
    try (ExecutorService background = Executors.newSingleThreadExecutor()) {
      var streaming =
          CompletableFuture.runAsync(
              () -> large.run(1, 1, LIMIT_SECONDS, Sender.Until.ACKNOWLEDGED, () -> cargo),
              background);
      var samples = new Samples(SAMPLES_MAX);
      while (!streaming.isDone()) {
        one(samples);
      }
      streaming.join();
      return samples;
    }
  }

  private void one(Samples samples) {
    Sender.Done done =
        small.run(1, 1, LIMIT_SECONDS, Sender.Until.ACKNOWLEDGED, () -> smallBundles.with(payload));
    samples.add(done.millis().median());
    LockSupport.parkNanos(BETWEEN_NANOS);
  }

  private Bundles bundles(long from) {
    return new Bundles(run.clock(), IpnEid.of(from, 42), IpnEid.of(BenchGateway.NODE, 42), false);
  }
}
