package dev.holdfast.gateway.bench;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One bundle, larger than the gateway's heap, in by TCPCLv4, stored, and out by TCPCLv4. */
final class LargeSuite {
  private static final String SUITE = "large";
  private static final long LIMIT_SECONDS = 1_200;
  private static final double MIB = 1 << 20;

  private LargeSuite() {}

  /** How fast it passes, and how much memory the gateway ever needed. */
  static List<Result> measure(BenchRun run) {
    long length = run.options().largeBytes();
    String what = "%s MiB, heap %s".formatted(length >> 20, run.options().gatewayHeap());
    List<Double> rates = new ArrayList<>();
    List<Double> peaks = new ArrayList<>();
    Path directory = run.fresh(SUITE);
    try (var sink = new Sink(run.clock());
        BenchGateway gateway =
            BenchGateway.start(
                run.clock(), directory, run.options().gatewayHeap(), OptionalInt.of(sink.port()));
        var sender = new Sender(run.clock(), gateway, BenchGateway.LOAD_NODE)) {
      var bundles =
          new Bundles(
              run.clock(),
              IpnEid.of(BenchGateway.LOAD_NODE, 42),
              IpnEid.of(BenchGateway.SINK_NODE, 42),
              false);
      for (int i = 0; i < run.options().rounds(); i++) {
        run.progress().accept(SUITE + ", round " + (i + 1));
        Cargo.Repeated cargo = bundles.ofLength(length);
        long start = run.clock().now().bootNanos();
        sender.run(1, 1, LIMIT_SECONDS, Sender.Until.ACKNOWLEDGED, () -> cargo);
        long end = sink.awaitArrivals(i + 1L, LIMIT_SECONDS);
        if (!sink.lastDigest().equals(digest(cargo))) {
          throw new BenchException("the large payload came out as another");
        }
        rates.add(length / MIB / ((end - start) / 1e9));
        peaks.add(gateway.peakResidentBytes() / MIB);
      }
    } finally {
      run.done(directory);
    }
    var passed = new Result(SUITE, what, "MiB/s", rates, List.of(), Optional.empty());
    return List.of(
        passed.aimingAt("passes, SHA-256 equal", true),
        new Result(SUITE, "most memory resident", "MiB", peaks, List.of(), Optional.empty()));
  }

  /** SHA-256 of the payload. */
  static String digest(Cargo.Repeated cargo) {
    MessageDigest digest = Sink.sha256();
    long left = cargo.payloadLength();
    while (left > 0) {
      Octets block = cargo.block();
      Octets part = block.slice(0, (int) Math.min(block.size(), left));
      part.read(
          (array, offset, length) -> {
            digest.update(array, offset, length);
            return length;
          });
      left -= part.size();
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
