package dev.holdfast.gateway.orbit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.orbit.Duplex;
import dev.holdfast.contacts.orbit.OrbitException;
import dev.holdfast.contacts.orbit.OrbitScenario;
import dev.holdfast.contacts.orbit.Placement;
import dev.holdfast.contacts.yaml.YamlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan is generated from, as a file; and everything that can be wrong with it. */
final class OrbitFileTest {
  private static final Path PLANS = Path.of("src/main/dist/plans");
  private static final String FIRST =
      "1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927";
  private static final String SECOND =
      "2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537";

  private static final String HEAD =
      """
      start: 2026-12-01T00:00:00Z
      duration: 1d
      nodes:
        - {name: earth, number: 1, body: earth}
        - {name: mars, number: 2, body: mars}
      """;
  private static final String LINK =
      """
      links:
        - {from: earth, to: mars, rate: 2Mbit/s}
      """;

  private static OrbitFile read(String text) {
    return OrbitFile.read(
        "sky.yaml",
        text,
        name -> {
          if (name.equals("two.tle")) {
            return "ISS\n" + FIRST + "\n" + SECOND + "\n0 OTHER\n" + FIRST + "\n" + SECOND + "\n";
          }
          throw new IllegalArgumentException(name + ": no such file");
        });
  }

  private final SoftAssertions soft = new SoftAssertions();

  private void refused(String text, String where, String what) {
    String told = "nothing is wrong";
    try {
      var _ = read(text);
    } catch (YamlException e) {
      told = e.problems().getFirst().toString();
    }
    soft.assertThat(told).startsWith("sky.yaml:" + where + ": ").contains(what);
  }

  @Test
  void readsEveryKindOfNode() {
    OrbitScenario scenario =
        read(HEAD
                + """
                        - {name: base, number: 3, terminals: 2, station: {body: moon, latitude: -89.5, longitude: 10, height: 1500m, mask: 0}}
                        - {name: hills, number: 4, station: {latitude: 1, longitude: 2, horizon: [{azimuth: 0, elevation: 5}, {azimuth: 90, elevation: 12}]}}
                        - {name: relay, number: 5, orbit: {body: moon, semi-major-axis: 6541km, eccentricity: 0.6, inclination: 56}}
                        - {name: low, number: 6, orbit: {altitude: 600km, inclination: 97.8}}
                        - {name: aero, number: 7, stationary: {body: mars, longitude: 77}}
                        - {name: iss, number: 8, tle: ["%s", "%s"]}
                        - {name: other, number: 9, tle-file: two.tle, satellite: OTHER}
                      constellations:
                        - {name: shell, first-number: 100, walker: "6/3/1", altitude: 1200km, inclination: 53}
                        - {name: fleet, first-number: 200, tle-file: two.tle}
                      groups:
                        ground: [base, hills]
                        sky: [shell, low]
                      contacts: {guard: 2s, shortest: 1m, light-time-drift: 20ms, light-time-drift-percent: 2}
                      links:
                        - {from: ground, to: sky, rate: 2Mbit/s, return-rates: [{up-to: 1000km, rate: 8Mbit/s}, {up-to: 2000km, rate: 1Mbit/s}]}
                        - {among: shell, mesh: neighbours, rate: 1Gbit/s, max-range: 5000km, grazing-height: 80km}
                        - {from: earth, to: mars, rate: 8kbit/s, duplex: half, turn: 1h, sun-angle: 3}
                      """
                    .formatted(FIRST, SECOND))
            .scenario();

    assertThat(scenario.nodes()).hasSize(9 + 6 + 2);
    assertThat(scenario.nodes().get(2).terminals()).isEqualTo(2);
    assertThat(scenario.nodes().get(9).name()).isEqualTo("shell-1");
    assertThat(scenario.nodes().get(14).number()).hasToString("105");
    assertThat(scenario.nodes().get(16).placement()).isInstanceOf(Placement.Tracked.class);
    assertThat(scenario.links().get(0).pairs()).hasSize(2 * 7);
    assertThat(scenario.links().get(0).returnRates().steps()).hasSize(2);
    assertThat(scenario.links().get(1).pairs()).hasSize(9);
    assertThat(scenario.links().get(2).duplex()).isEqualTo(Duplex.HALF);
    assertThat(scenario.links().get(2).reach().sunAngle()).isEqualTo(Math.toRadians(3));
    assertThat(scenario.cutting().shortest()).isEqualTo(Duration.ofMinutes(1));
    assertThat(scenario.cutting().relativeDrift()).isEqualTo(0.02);
  }

  @Test
  void whatIsWrongIsToldWithItsPlaceAndHowToMendIt() {
    refused(HEAD, "1:1", "nobody may talk; add links");
    refused(
        HEAD.replace("1d", "12") + LINK, "2:11", "duration: '12' is no duration; write a number");
    refused(HEAD.replace("2026-12-01T00:00:00Z", "today") + LINK, "1:8", "'today' is no instant");
    refused(HEAD.replace("body: mars", "body: marz") + LINK, "5:35", "did you mean 'mars'?");
    refused(HEAD.replace("number: 2", "number: 1") + LINK, "5:12", "number 1 is that of earth");
    refused(HEAD.replace("name: mars", "name: earth") + LINK, "5:12", "'earth' is a name already");
    refused(HEAD + LINK.replace("mars", "venus"), "7:23", "nothing is named 'venus'");
    refused(HEAD + LINK.replace("rate: 2Mbit/s", "rates: []"), "7:5", "no rate is given");
    refused(HEAD + LINK + "  - {among: [earth, mars], rate: 1Mbit/s}\n", "8:5", "linked already");
    refused(HEAD + LINK + "linkz: 1\n", "8:1", "did you mean 'links'?");
    refused(
        HEAD + "  - {name: x, number: 3, orbit: {altitude: 600, inclination: 1}}\n" + LINK,
        "6:44",
        "'600' is no length; write a number with km or m");
    refused(
        HEAD
            + "  - {name: x, number: 3, orbit: {semi-major-axis: 8000km, eccentricity: 0.5, inclination: 1}}\n"
            + LINK,
        "6:51",
        "the orbit goes through the ground: its pericentre is 2378 km below the surface");
    refused(
        HEAD + "  - {name: x, number: 3, body: mars, tle-file: two.tle}\n" + LINK,
        "6:5",
        "this one has tle-file and body");
    refused(
        HEAD + "  - {name: x, number: 3, tle-file: two.tle}\n" + LINK,
        "6:36",
        "two.tle holds 2 satellites; say with 'satellite' which one");
    refused(HEAD + "  - {name: x, number: 3, tle-file: no.tle}\n" + LINK, "6:36", "no such file");
    refused(
        HEAD
            + "  - {name: x, number: 3, tle: [\"%s\", \"%s\"]}\n"
                .formatted(FIRST, SECOND.replace("51.6", "61.6"))
            + LINK,
        "6:105",
        "line 2 ends with check digit 7, its digits give 8; copy it again");
    refused(
        HEAD
            + "constellations:\n  - {name: s, first-number: 9, walker: 7/2/1, altitude: 600km, inclination: 5}\n"
            + LINK,
        "7:40",
        "7 satellites do not fill 2 planes evenly");
    refused(
        HEAD + LINK.replace("from: earth, to: mars", "among: [earth, mars], mesh: neighbours"),
        "7:14",
        "'earth' is no Walker constellation; write mesh: all");
    soft.assertAll();
  }

  @Test
  void whatIsTooMuchIsToldBeforeItIsWorkedOut() {
    String shell =
        "  - {name: %s, first-number: %d, walker: %d/1/0, altitude: 600km, inclination: 5}\n";
    String head = HEAD + "constellations:\n" + shell.formatted("a", 10, 9_000);
    refused(head + shell.formatted("b", 20_000, 2_000) + LINK, "8:12", "more than 10000 nodes");
    refused(
        head + LINK.replace("from: earth, to: mars", "among: a"),
        "9:5",
        "with this link there are more than 500000 pairs that may talk");
    refused(
        head + LINK.replace("from: earth, to: mars", "from: a, to: [a, a]"),
        "9:5",
        "with this link there are more than 500000 pairs that may talk");
    StringBuilder groups = new StringBuilder(head + "groups:\n");
    for (int i = 0; i < 120; i++) {
      groups.append("  g%d: [a, a]\n".formatted(i));
    }
    refused(groups + LINK, "118:3", "names and groups stand for more than 1000000 nodes");
    soft.assertAll();
  }

  @Test
  void whatTheGeneratorFindsIsToldAtItsNode() {
    YamlException told = read(HEAD + LINK).located(new OrbitException("mars", "it fell"));

    assertThat(told.problems().getFirst()).hasToString("sky.yaml:5:12: it fell");
  }

  @ParameterizedTest
  @ValueSource(strings = {"leo-walker", "earth-moon", "mars-conjunction"})
  void theShippedOnesAreUsable(String name) throws IOException {
    String text = Files.readString(PLANS.resolve(name + ".yaml"));

    assertThat(OrbitFile.read(name, text, file -> file).scenario().nodes()).isNotEmpty();
  }

  /** Every key that the reader knows is told in the documentation. */
  @Test
  void everyKeyIsDocumented() throws IOException {
    String docs = Files.readString(Path.of("../contact-plans/docs/orbits.md"));
    TreeSet<String> untold = new TreeSet<>();
    for (String path : read(HEAD + LINK).keys()) {
      String key = path.substring(path.lastIndexOf('.') + 1);
      if (!docs.contains("`" + key + "`")) {
        untold.add(path);
      }
    }

    assertThat(untold).isEmpty();
    for (String key : List.of("walker", "horizon", "azimuth", "up-to", "tle", "satellite")) {
      assertThat(docs).contains("`" + key + "`");
    }
  }
}
