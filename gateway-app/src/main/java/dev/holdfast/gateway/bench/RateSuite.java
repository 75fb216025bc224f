package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Bundles a second: into the store, each acknowledged after its sync, or through the store and out
 * again. In every round the batches that the gateway committed are written once more into a
 * database of their own, and as many bytes go over loopback TCP.
 */
final class RateSuite {
  private static final double FIRST_RATE = 200;
  private static final double TARGET_RATE = 10_000;
  private static final double TARGET_RATIO = 0.5;
  private static final long LIMIT_SECONDS = 300;

  /** The gateway's default: payloads above it go into files beside the log. */
  private static final int SPOOL_THRESHOLD = 256 << 10;

  /** A bundle of this suite on the wire, beside its payload, in bytes. */
  private static final int BUNDLE_OVERHEAD = 90;

  private final BenchRun run;
  private final boolean through;

  private RateSuite(BenchRun run, boolean through) {
    this.run = run;
    this.through = through;
  }

  /** Into the store, at every size. */
  static List<Result> reception(BenchRun run) {
    var suite = new RateSuite(run, false);
    return BundleSize.ALL.stream().map(suite::measure).toList();
  }

  /** Through the store and out again, at every size. */
  static List<Result> through(BenchRun run) {
    var suite = new RateSuite(run, true);
    return BundleSize.ALL.stream().map(suite::measure).toList();
  }

  private Result measure(BundleSize size) {
    String suite = through ? "through" : "reception";
    run.progress().accept(suite + " at " + size.name());
    Path directory = run.fresh(suite);
    Optional<Sink> sink = through ? Optional.of(new Sink(run.clock())) : Optional.empty();
    OptionalInt port = sink.map(s -> OptionalInt.of(s.port())).orElse(OptionalInt.empty());
    try (BenchGateway gateway =
            BenchGateway.start(
                run.clock(), directory.resolve("gateway"), run.options().gatewayHeap(), port);
        var sender = new Sender(run.clock(), gateway, BenchGateway.LOAD_NODE);
        var capture = new BatchCapture(run.clock(), gateway.database())) {
      var rounds = new Rounds(size, sender, capture, sink, directory);
      rounds.warmUp();
      for (int i = 0; i < run.options().rounds(); i++) {
        rounds.one();
      }
      return rounds.result(suite);
    } finally {
      sink.ifPresent(Sink::close);
      run.done(directory);
    }
  }

  /** The rounds at one size. */
  private final class Rounds {
    private final BundleSize size;
    private final Sender sender;
    private final BatchCapture capture;
    private final Optional<Sink> sink;
    private final Path directory;
    private final Bundles bundles;
    private final Octets payload;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> replayed = new ArrayList<>();
    private final List<Double> loopback = new ArrayList<>();
    private final List<Double> perBatch = new ArrayList<>();
    private double lastRate = FIRST_RATE;

    Rounds(
        BundleSize size, Sender sender, BatchCapture capture, Optional<Sink> sink, Path directory) {
      this.size = size;
      this.sender = sender;
      this.capture = capture;
      this.sink = sink;
      this.directory = directory;
      long node = sink.isPresent() ? BenchGateway.SINK_NODE : BenchGateway.NODE;
      this.bundles =
          new Bundles(
              run.clock(), IpnEid.of(BenchGateway.LOAD_NODE, 42), IpnEid.of(node, 42), false);
      this.payload = Bundles.noise(size.bytes());
    }

    void warmUp() {
      long end = run.clock().now().bootNanos() + run.options().warmUpSeconds() * 1_000_000_000L;
      do {
        int count = size.perRound(lastRate, 1);
        lastRate = count / send(count);
      } while (run.clock().now().bootNanos() < end);
    }

    void one() {
      int count = size.perRound(lastRate, run.options().seconds());
      capture.begin();
      double seconds = send(count);
      capture.end();
      rates.add(count / seconds);
      perBatch.add((double) count / Math.max(1, capture.count()));
      Path again = run.fresh(directory.resolve("replay").toString());
      double batches = capture.replay(again).seconds();
      run.done(again);
      replayed.add(count / (batches + payloads(count)));
      int hops = through ? 2 : 1;
      var floor = new LoopbackFloor(run.clock());
      loopback.add(floor.rate(size.bytes() + BUNDLE_OVERHEAD, count) / hops);
    }

    /** What the payloads that go beside the log take alone, one after the other. */
    private double payloads(int count) {
      if (size.bytes() <= SPOOL_THRESHOLD) {
        return 0;
      }
      Path fresh = run.fresh(directory.resolve("payloads").toString());
      Octets payload = Bundles.noise(size.bytes());
      try (var store = RocksBundleStore.open(fresh, RocksOptions.defaults())) {
        long start = run.clock().now().bootNanos();
        for (int i = 0; i < count; i++) {
          BundleStore.SpoolWriter writer = store.spool();
          writer.write(payload);
          writer.finish();
        }
        return (run.clock().now().bootNanos() - start) / 1e9;
      } finally {
        run.done(fresh);
      }
    }

    private double send(int count) {
      Supplier<Cargo> cargo = bundles.ahead(count, payload);
      long before = sink.map(Sink::arrived).orElse(0L);
      long start = run.clock().now().bootNanos();
      Sender.Done done =
          sender.run(count, size.window(), LIMIT_SECONDS, Sender.Until.ACKNOWLEDGED, cargo);
      return sink.map(s -> (s.awaitArrivals(before + count, LIMIT_SECONDS) - start) / 1e9)
          .orElse(done.seconds());
    }

    Result result(String suite) {
      String batches =
          "%sbatches again (%s bundles each), synced"
              .formatted(
                  size.bytes() > SPOOL_THRESHOLD ? "payload files and " : "",
                  BenchReport.number(Samples.of(perBatch).median()));
      var result =
          new Result(
              suite,
              size.name(),
              "bundles/s",
              rates,
              List.of(
                  new Result.Floor(batches, replayed),
                  new Result.Floor(through ? "loopback TCP, twice" : "loopback TCP", loopback)),
              Optional.empty());
      if (through) {
        return result;
      }
      boolean close = result.ratio(result.floors().getFirst()) >= TARGET_RATIO;
      return size.bytes() == 1 << 10
          ? result.aimingAt(
              ">= 10,000/s and >= 0.5 of the batches", close && result.median() >= TARGET_RATE)
          : result.aimingAt(">= 0.5 of the batches", close);
    }
  }
}
