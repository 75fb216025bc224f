package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The series against an independent ephemeris (docs/orbits.md) and against known dates. */
final class PlanetsTest {
  private static final double LIGHT = 299_792.458;

  private static double days(String instant) {
    return new TimeBase(Instant.parse(instant)).daysTt();
  }

  private static Vector toMars(double days) {
    return Planets.fromSun(Body.MARS, days).minus(Planets.fromSun(Body.EARTH, days));
  }

  @Test
  void theMoonIsWhereAnotherEphemerisHasIt() {
    List<Golden.Row> rows = Golden.rows("moon.csv");
    double worst = 0;
    double squares = 0;
    for (Golden.Row row : rows) {
      Vector moon = Planets.moon(days(row.text(0)));
      double error = moon.length() - row.number(1);
      worst = Math.max(worst, Math.abs(error));
      squares += error * error;
      Vector there = Vector.direction(Math.toRadians(row.number(2)), Math.toRadians(row.number(3)));
      assertThat(Math.toDegrees(moon.angleTo(there))).as(row.text(0)).isLessThan(0.06);
    }
    assertThat(rows).hasSizeGreaterThan(140);
    assertThat(worst).as("km").isLessThan(500);
    assertThat(Math.sqrt(squares / rows.size())).as("km, root mean square").isLessThan(170);
  }

  @Test
  void marsIsWhereAnotherEphemerisHasIt() {
    List<Golden.Row> rows = Golden.rows("mars.csv");
    double worst = 0;
    for (Golden.Row row : rows) {
      double days = days(row.text(0));
      Vector mars = toMars(days);
      worst = Math.max(worst, Math.abs(mars.length() - row.number(1)) / LIGHT);
      double fromSun = Math.toDegrees(Planets.fromSun(Body.EARTH, days).times(-1).angleTo(mars));
      assertThat(fromSun).as(row.text(0)).isCloseTo(row.number(2), within(0.05));
    }
    assertThat(rows).hasSizeGreaterThan(140);
    assertThat(worst).as("seconds of light").isLessThan(0.25);
  }

  @ParameterizedTest(name = "{0} on {1}: {2} million km")
  @CsvSource({
    "closest in 60000 years, 2003-08-27T09:51:00Z, 55.758, 0.06",
    "closest in 2022,         2022-12-01T02:17:00Z, 81.451, 0.06"
  })
  void knownDistancesToMars(String what, String when, double millionKm, double error) {
    assertThat(toMars(days(when)).length() / 1e6).as(what).isCloseTo(millionKm, within(error));
  }

  @ParameterizedTest(name = "{0}: {2} s")
  @CsvSource({
    "landing of Perseverance, 2021-02-18T20:43:48Z, 682, 1",
    "landing of Curiosity,    2012-08-06T05:17:57Z, 828, 1.5"
  })
  void knownLightTimesFromMars(String what, String when, double seconds, double error) {
    assertThat(toMars(days(when)).length() / LIGHT).as(what).isCloseTo(seconds, within(error));
  }

  @Test
  void tiltedOrbitsGoRoundInTheirTime() {
    double year = 365.25636;
    Vector start = Planets.fromSun(Body.EARTH, 9_000);

    assertThat(Planets.fromSun(Body.EARTH, 9_000 + year).angleTo(start)).isLessThan(0.001);
    assertThat(start.length() / Planets.AU).isBetween(0.983, 1.017);
    assertThat(Planets.fromSun(Body.MARS, 9_000).length() / Planets.AU).isBetween(1.381, 1.667);
  }

  @Test
  void theMoonOfTheSunIsTheMoonOfTheEarth() {
    Vector between = Planets.fromSun(Body.MOON, 9_500).minus(Planets.fromSun(Body.EARTH, 9_500));

    assertThat(between.minus(Planets.moon(9_500)).length()).isLessThan(0.01);
  }
}
