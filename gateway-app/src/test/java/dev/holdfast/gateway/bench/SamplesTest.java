package dev.holdfast.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Medians, quantiles and ratios, and what people are shown of them. */
final class SamplesTest {
  @Test
  void quantilesLieBetweenNeighbours() {
    Samples odd = Samples.of(List.of(5.0, 1.0, 3.0));
    Samples even = Samples.of(List.of(4.0, 1.0, 2.0, 3.0));

    assertThat(odd.median()).isEqualTo(3);
    assertThat(even.median()).isEqualTo(2.5);
    assertThat(even.min()).isEqualTo(1);
    assertThat(even.max()).isEqualTo(4);
    assertThat(Samples.of(List.of()).median()).isNaN();
  }

  @Test
  void growsUpToItsLimit() {
    var samples = new Samples(5_000);
    IntStream.rangeClosed(1, 6_000).forEach(samples::add);

    assertThat(samples.size()).isEqualTo(5_000);
    assertThat(samples.quantile(0.99)).isBetween(4_950.0, 4_951.0);
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    var floor = new Result.Floor("alone", List.of(100.0, 10.0, 1000.0));
    var result =
        new Result("s", "n", "u", List.of(50.0, 9.0, 700.0), List.of(floor), Optional.empty());

    assertThat(result.ratio(floor)).isEqualTo(0.7);
  }

  @Test
  void theTableHasALineForEachFloor() {
    var result =
        new Result(
                "reception",
                "1 KB",
                "bundles/s",
                List.of(12_345.0, 11_000.0, 12_500.0),
                List.of(
                    new Result.Floor("batches", List.of(20_000.0, 20_000.0, 20_000.0)),
                    new Result.Floor("TCP", List.of(1e6, 1e6, 1e6))),
                Optional.empty())
            .aimingAt(">= 0.5", true);

    String table =
        new BenchReport(
                Map.of("processors", "2"), Map.of("rounds", "3"), List.of(result), List.of())
            .table();

    assertThat(table)
        .isEqualTo(
            """
            processors: 2
            rounds: 3

            suite      what  unit       median        min..max  floor           of floor  target
            reception  1 KB  bundles/s  12,345  11,000..12,500  batches 20,000      0.62  >= 0.5: met
                                                                TCP 1,000,000       0.01
            """);
  }
}
