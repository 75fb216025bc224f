package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DemoSettingsTest {
  private static DemoSettings settings(int speed, Duration traffic) {
    return new DemoSettings(speed, traffic, Optional.empty(), Optional.empty());
  }

  @Test
  void aDefaultRunFitsTwoMinutes() {
    DemoSettings usual = settings(60, DemoSettings.usualTraffic(60));

    assertThat(usual.turnsWithTraffic()).isEqualTo(2);
    assertThat(usual.millis(DemoPlan.TURN_SECONDS)).isEqualTo(20_000);
    assertThat(usual.millis(usual.turnsInAll() * (double) DemoPlan.TURN_SECONDS))
        .as("even if something never arrives")
        .isLessThanOrEqualTo(100_000);
  }

  @Test
  void trafficIsRoundedUpToWholeTurns() {
    assertThat(settings(60, Duration.ofSeconds(1)).turnsWithTraffic()).isEqualTo(1);
    assertThat(settings(60, Duration.ofSeconds(20)).turnsWithTraffic()).isEqualTo(1);
    assertThat(settings(60, Duration.ofSeconds(21)).turnsWithTraffic()).isEqualTo(2);
    assertThat(settings(1, Duration.ofHours(1)).turnsWithTraffic()).isEqualTo(3);
  }

  @Test
  void whatCannotBeRunIsRefused() {
    assertThatThrownBy(() -> settings(0, Duration.ofSeconds(1))).hasMessageContaining("speed of 0");
    assertThatThrownBy(() -> settings(121, Duration.ofSeconds(1))).hasMessageContaining("1 to 120");
    assertThatThrownBy(() -> settings(60, Duration.ZERO)).hasMessageContaining("no time at all");
    assertThatThrownBy(() -> settings(60, Duration.ofDays(1)))
        .hasMessageContaining("more than 1000 turns");
  }
}
