package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Constellations. */
final class WalkerTest {
  private static Walker walker(int t, int p, int f, Walker.Pattern pattern) {
    return new Walker(t, p, f, pattern, 600, Math.toRadians(53), 0);
  }

  @Test
  void planesAndPlacesAreSpreadEvenly() {
    List<Elements> delta = walker(12, 3, 1, Walker.Pattern.DELTA).satellites();

    assertThat(delta).hasSize(12);
    assertThat(delta.get(4).node()).isCloseTo(Math.toRadians(120), within(1e-12));
    assertThat(delta.get(1).meanAnomaly()).isCloseTo(Math.toRadians(90), within(1e-12));
    assertThat(delta.get(4).meanAnomaly())
        .as("phasing")
        .isCloseTo(Math.toRadians(30), within(1e-12));
    assertThat(walker(12, 3, 1, Walker.Pattern.STAR).satellites().get(4).node())
        .isCloseTo(Math.toRadians(60), within(1e-12));
  }

  @Test
  void everySatelliteHasFourNeighboursAndTheyAreNear() {
    Walker walker = walker(24, 6, 2, Walker.Pattern.DELTA);
    List<Elements> satellites = walker.satellites();
    int[] neighbours = new int[24];
    for (LinkRule.Pair pair : walker.neighbours()) {
      neighbours[pair.first()]++;
      neighbours[pair.second()]++;
      double apart =
          satellites.get(pair.first()).meanAnomaly() - satellites.get(pair.second()).meanAnomaly();
      assertThat(Math.abs(Math.IEEEremainder(apart, 2 * Math.PI)))
          .as(pair.toString())
          .isLessThan(Math.toRadians(91));
    }
    assertThat(walker.neighbours()).doesNotHaveDuplicates().hasSize(48);
    assertThat(neighbours).containsOnly(4);
  }

  @Test
  void acrossTheSeamOfAStarThereIsNoLink() {
    assertThat(walker(12, 3, 1, Walker.Pattern.STAR).neighbours())
        .hasSize(12 + 8)
        .noneMatch(pair -> pair.first() >= 8 && pair.second() < 4);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> walker(10, 3, 0, Walker.Pattern.DELTA))
        .hasMessageContaining("do not fill 3 planes");
    assertThatThrownBy(() -> walker(9, 3, 3, Walker.Pattern.DELTA))
        .hasMessageContaining("phasing 3 is not within 0 to 2");
  }
}
