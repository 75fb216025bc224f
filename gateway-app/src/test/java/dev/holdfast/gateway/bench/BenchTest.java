package dev.holdfast.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.bench.BenchOptions.Suite;
import dev.holdfast.gateway.clock.SystemClock;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest run there is, against a real gateway process: every figure is there. */
final class BenchTest {
  @Test
  void measuresARealGateway(@TempDir Path dir) {
    var options =
        new BenchOptions(
            List.of(Suite.PING, Suite.LARGE, Suite.TWINS),
            dir,
            1,
            1,
            0,
            "256m",
            3 << 20,
            1_000,
            false);

    BenchReport report =
        Bench.run(options, new SystemClock(new SystemClock.Trust(100, 10_000, 600_000)), _ -> {});

    assertThat(report.failures()).isEmpty();
    assertThat(report.results())
        .extracting(Result::name)
        .containsExactly(
            "durable median",
            "durable p99",
            "best-effort median",
            "best-effort p99",
            "3 MiB, heap 256m",
            "most memory resident",
            "first writes, 64 a batch, by tenths",
            "writes, 64 a batch",
            "writes, 1 a batch",
            "read a twin, first after a start",
            "read a twin again",
            "heap used, all twins open",
            "updates of another region taken",
            "sketch of all for 1,000 differences",
            "compared with such a sketch",
            "on disk a twin");
    assertThat(report.results()).allSatisfy(result -> assertThat(result.median()).isPositive());
    assertThat(report.table()).contains("loopback TCP and its batches, synced");
  }
}
