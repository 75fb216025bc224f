package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How bodies are turned: by what stands above which place. */
final class PolesTest {
  private static double days(String instant) {
    return new TimeBase(Instant.parse(instant)).daysTt();
  }

  /** Longitude (to the east) and latitude of a direction on a body, degrees. */
  private static double[] below(Axes axes, Vector direction) {
    Vector on = axes.turnBack(direction).unit();
    return new double[] {
      Math.toDegrees(Math.atan2(on.y(), on.x())), Math.toDegrees(Math.asin(on.z()))
    };
  }

  @Test
  void theMoonLibratesAsAnotherEphemerisHasIt() {
    for (Golden.Row row : Golden.rows("moon.csv")) {
      double days = days(row.text(0));
      double[] place = below(Poles.moon(days), Planets.moon(days).times(-1));

      assertThat(place[1]).as("latitude " + row.text(0)).isCloseTo(row.number(4), within(0.15));
      assertThat(place[0]).as("longitude " + row.text(0)).isCloseTo(row.number(5), within(0.15));
    }
  }

  /** By the formulae of Allison and McEwen (2000) for the place below the Sun. */
  @ParameterizedTest(name = "{0}: the Sun above {1} E, {2} N")
  @CsvSource({
    "2021-02-18T20:43:48Z, 28.580,    2.427",
    "2012-08-06T05:17:57Z, 83.354,   12.148",
    "2026-12-01T00:00:00Z, 149.745,  12.206",
    "2030-06-15T12:00:00Z, -174.322, -4.304"
  })
  void marsTurnsTheRightPlaceToTheSun(String when, double longitude, double latitude) {
    double days = days(when);
    double[] place = below(Poles.mars(days), Planets.fromSun(Body.MARS, days).times(-1));
    double aside = Math.IEEEremainder(place[0] - longitude, 360);

    assertThat(aside).isCloseTo(0, within(0.2));
    // Their latitude is planetographic, 0.3 degrees more at most.
    assertThat(place[1]).isCloseTo(latitude, within(0.35));
  }
}
