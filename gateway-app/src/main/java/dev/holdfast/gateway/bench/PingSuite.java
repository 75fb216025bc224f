package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Round trips to the echo endpoint over one TCPCLv4 hop, one at a time. */
final class PingSuite {
  private static final String SUITE = "ping";
  private static final long ECHO_SERVICE = 2047;
  private static final int PAYLOAD = 64;
  private static final int WIRE = 160;
  private static final int WINDOW = 4;
  private static final double FIRST_RATE = 200;
  private static final int LEAST = 100;
  private static final int MOST = 100_000;
  private static final double DURABLE_MILLIS = 2.5;
  private static final double BEST_EFFORT_MILLIS = 1;

  private final BenchRun run;

  private PingSuite(BenchRun run) {
    this.run = run;
  }

  /** Durable and best-effort, median and 99th percentile. */
  static List<Result> measure(BenchRun run) {
    var suite = new PingSuite(run);
    List<Result> results = new ArrayList<>();
    results.addAll(suite.measure(false));
    results.addAll(suite.measure(true));
    return results;
  }

  private List<Result> measure(boolean bestEffort) {
    String name = bestEffort ? "best-effort" : "durable";
    run.progress().accept(SUITE + " " + name);
    Path directory = run.fresh(SUITE);
    try (BenchGateway gateway =
            BenchGateway.start(
                run.clock(),
                directory.resolve("gateway"),
                run.options().gatewayHeap(),
                OptionalInt.empty());
        var sender = new Sender(run.clock(), gateway, BenchGateway.LOAD_NODE);
        var capture = new BatchCapture(run.clock(), gateway.database())) {
      var rounds = new Rounds(sender, capture, bestEffort, directory);
      rounds.warmUp();
      for (int i = 0; i < run.options().rounds(); i++) {
        rounds.one();
      }
      return rounds.results(name);
    } finally {
      run.done(directory);
    }
  }

  /** The rounds of one kind. */
  private final class Rounds {
    private final Sender sender;
    private final BatchCapture capture;
    private final boolean bestEffort;
    private final Path directory;
    private final Bundles bundles;
    private final Octets payload = Bundles.noise(PAYLOAD);
    private final List<Double> medians = new ArrayList<>();
    private final List<Double> high = new ArrayList<>();
    private final List<Double> tcpMedians = new ArrayList<>();
    private final List<Double> tcpHigh = new ArrayList<>();
    private final List<Double> withBatches = new ArrayList<>();
    private double rate = FIRST_RATE;

    Rounds(Sender sender, BatchCapture capture, boolean bestEffort, Path directory) {
      this.sender = sender;
      this.capture = capture;
      this.bestEffort = bestEffort;
      this.directory = directory;
      this.bundles =
          new Bundles(
              run.clock(),
              IpnEid.of(BenchGateway.LOAD_NODE, 1),
              IpnEid.of(BenchGateway.NODE, ECHO_SERVICE),
              bestEffort);
    }

    void warmUp() {
      long end = run.clock().now().bootNanos() + run.options().warmUpSeconds() * 1_000_000_000L;
      do {
        ping((int) Math.max(LEAST, rate));
      } while (run.clock().now().bootNanos() < end);
    }

    void one() {
      int count = (int) Math.min(MOST, Math.max(LEAST, rate * run.options().seconds()));
      capture.begin();
      Samples millis = ping(count);
      capture.end();
      medians.add(millis.median());
      high.add(millis.quantile(0.99));
      Samples tcp = new LoopbackFloor(run.clock()).roundTrips(WIRE, count);
      tcpMedians.add(tcp.median());
      tcpHigh.add(tcp.quantile(0.99));
      if (!bestEffort) {
        Path again = run.fresh(directory.resolve("replay").toString());
        double batchesPerPing = (double) capture.count() / count;
        double commit = capture.replay(again).millis().median();
        withBatches.add(tcp.median() + batchesPerPing * commit);
        run.done(again);
      }
    }

    private Samples ping(int count) {
      Sender.Done done =
          sender.run(count, WINDOW, 120, Sender.Until.ANSWERED, () -> bundles.with(payload));
      rate = count / done.seconds();
      return done.millis();
    }

    List<Result> results(String name) {
      double most = bestEffort ? BEST_EFFORT_MILLIS : DURABLE_MILLIS;
      List<Result.Floor> floors = new ArrayList<>();
      if (!bestEffort) {
        floors.add(new Result.Floor("loopback TCP and its batches, synced", withBatches));
      }
      floors.add(new Result.Floor("loopback TCP", tcpMedians));
      var median = new Result(SUITE, name + " median", "ms", medians, floors, Optional.empty());
      return List.of(
          median.aimingAt("<= " + most + " ms", median.median() <= most),
          new Result(
              SUITE,
              name + " p99",
              "ms",
              high,
              List.of(new Result.Floor("loopback TCP", tcpHigh)),
              Optional.empty()));
    }
  }
}
