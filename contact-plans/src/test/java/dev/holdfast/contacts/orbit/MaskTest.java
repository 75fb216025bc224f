package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Horizons. */
final class MaskTest {
  private static Mask.Point point(double azimuth, double elevation) {
    return new Mask.Point(Math.toRadians(azimuth), Math.toRadians(elevation));
  }

  private static double at(Mask mask, double azimuth) {
    return Math.toDegrees(mask.at(Math.toRadians(azimuth)));
  }

  @Test
  void isStraightBetweenItsPointsAllAround() {
    Mask mask = new Mask(List.of(point(10, 5), point(100, 20), point(350, 15)));

    assertThat(at(mask, 10)).isCloseTo(5, within(1e-9));
    assertThat(at(mask, 55)).isCloseTo(12.5, within(1e-9));
    assertThat(at(mask, 225)).isCloseTo(17.5, within(1e-9));
    assertThat(at(mask, 0)).as("across north").isCloseTo(10, within(1e-9));
    assertThat(at(mask, -5)).isCloseTo(12.5, within(1e-9));
    assertThat(at(mask, 355)).isCloseTo(12.5, within(1e-9));
  }

  @Test
  void pointsGoRound() {
    assertThatThrownBy(() -> new Mask(List.of(point(20, 5), point(20, 6))))
        .hasMessageContaining("azimuths go up");
  }
}
