package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Passes over stations against passes that another implementation of SGP4 gives. */
final class PassesTest {
  private static final Instant START = Instant.parse("2008-09-20T12:00:00Z");
  private static final TwoLines ISS =
      new TwoLines(
          "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927",
          "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537");

  private final Sky sky = new Sky(new TimeBase(START));

  private Site station(double latitude, double longitude, double height) {
    return Site.station(
        sky,
        Body.EARTH,
        Math.toRadians(latitude),
        Math.toRadians(longitude),
        height,
        Mask.of(Math.toRadians(10)));
  }

  @Test
  void theSpaceStationRisesAndSetsWithinASecond() {
    Motion iss = sky.earth().satellite(ISS);
    Map<String, Sight> sights = new LinkedHashMap<>();
    Reach far = new Reach(Double.POSITIVE_INFINITY, -1, 0);
    sights.put("svalbard", new Sight(sky, station(78.23, 15.39, 0.45), iss, far));
    sights.put("madrid", new Sight(sky, station(40.43, -4.25, 0.72), iss, far));
    sights.put("canberra", new Sight(sky, station(-35.40, 148.98, 0.69), iss, far));
    List<List<Window>> found = new Sweep(2 * 86_400, _ -> {}).windows(List.copyOf(sights.values()));

    int station = 0;
    for (String name : sights.keySet()) {
      List<Golden.Row> expected =
          Golden.rows("iss.csv").stream().filter(row -> row.text(0).equals(name)).toList();
      List<Window> windows = found.get(station++);
      assertThat(windows).as(name).hasSameSizeAs(expected);
      for (int i = 0; i < windows.size(); i++) {
        assertThat(windows.get(i).start())
            .as(expected.get(i).toString())
            .isCloseTo(seconds(expected.get(i).text(1)), within(1.0));
        assertThat(windows.get(i).end())
            .as(expected.get(i).toString())
            .isCloseTo(seconds(expected.get(i).text(2)), within(1.0));
      }
    }
  }

  private static double seconds(String instant) {
    return Duration.between(START, Instant.parse(instant)).toMillis() / 1000.0;
  }

  @Test
  void theTheoriesForTheEarthAgreeWithTheFastOne() {
    Elements round = new Elements(6_978, 0, Math.toRadians(97.8), 1, 0, 2);
    Elements oval = new Elements(9_000, 0.2, Math.toRadians(40), 1, 0.5, 2);
    for (Elements elements : List.of(round, oval)) {
      Motion exact = sky.earth().satellite(elements);
      Motion fast = new Ellipse(Body.EARTH, sky.earth().equator(), elements);
      for (double hours = 0; hours <= 24; hours += 0.7) {
        Vector aside = exact.at(hours * 3600).position().minus(fast.at(hours * 3600).position());
        assertThat(aside.length()).as(elements + " after " + hours).isLessThan(40);
      }
    }
  }
}
