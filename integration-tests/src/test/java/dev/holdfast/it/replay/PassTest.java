package dev.holdfast.it.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.replay.Replay;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.ScenarioBuilder;
import dev.holdfast.gateway.sim.Channel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The example of gateway-app/docs/replay.md, word for word. */
class PassTest {
  private static final Path TRACE = Path.of("src/test/resources/pass.linktrace");

  @Test
  void theRecordedPassesCarryOurTelemetry() {
    RunResult result =
        Replay.run(
            new ScenarioBuilder("pass", Duration.ofDays(1))
                .nodes("ground", "sat")
                .link("ground", "sat", "tcpcl", Channel.of(5, 250_000))
                .trace(TRACE, Channel.of(5, 250_000))
                .flow("sat", "ground", Duration.ofSeconds(10), 4_000)
                .build());
    assertThat(result.violation()).isEmpty();
    assertThat(result.totals().delivered()).isGreaterThan(7_000);
  }
}
