package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class GatewayProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path directory;

  private GatewayProcess process(String script) {
    return new GatewayProcess(
        Site.RELAY, List.of("sh", "-c", script), directory.resolve("relay.log"));
  }

  private BooleanSupplier logged(String line, int times) {
    return () -> {
      try {
        Path log = directory.resolve("relay.log");
        return Files.exists(log)
            && Files.readAllLines(log).stream().filter(line::equals).count() == times;
      } catch (IOException e) {
        return false;
      }
    };
  }

  @Test
  void aGatewayIsKilledAndStartedAgainAndStopped() throws Exception {
    GatewayProcess relay =
        process("trap 'echo stopped; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
    try (relay) {
      relay.start();
      relay.awaitReady(logged("ready", 1), PATIENCE);
      long first = relay.pid().orElseThrow();
      assertThatThrownBy(relay::start).isInstanceOf(IllegalStateException.class);

      relay.kill();
      assertThat(relay.isRunning()).isFalse();
      assertThat(ProcessHandle.of(first).filter(ProcessHandle::isAlive)).isEmpty();

      relay.start();
      relay.awaitReady(logged("ready", 2), PATIENCE);
      assertThat(relay.pid().orElseThrow()).isNotEqualTo(first);
    }
    assertThat(relay.isRunning()).isFalse();
    assertThat(relay.tail()).isEqualTo("ready\nready\nstopped");
    assertThatThrownBy(relay::start).isInstanceOf(IOException.class);
  }

  @Test
  void oneThatEndsTooEarlySaysWhy() throws Exception {
    try (GatewayProcess relay = process("echo port 4556 is in use; exit 2")) {
      relay.start();

      assertThatThrownBy(() -> relay.awaitReady(() -> false, PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessage("relay ended before it was ready:\nport 4556 is in use");
    }
  }

  @Test
  void oneThatIsNeverReadyIsNotWaitedForForEver() throws Exception {
    try (GatewayProcess relay = process("exec sleep 60")) {
      relay.start();

      assertThatThrownBy(() -> relay.awaitReady(() -> false, Duration.ofMillis(200)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("relay was not ready within 0 s");
    }
  }

  @Test
  void abandonedMeansGone() throws Exception {
    GatewayProcess relay = process("exec sleep 60");
    relay.start();
    ProcessHandle handle = ProcessHandle.of(relay.pid().orElseThrow()).orElseThrow();

    relay.abandon();

    handle.onExit().get(10, java.util.concurrent.TimeUnit.SECONDS);
    assertThat(relay.isRunning()).isFalse();
  }
}
