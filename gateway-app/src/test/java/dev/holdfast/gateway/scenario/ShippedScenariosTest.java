package dev.holdfast.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.sim.SimProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that come with Holdfast are read, and say what they are. */
class ShippedScenariosTest {
  private static final Path DIRECTORY = Path.of("src/main/dist/scenarios");

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replace(".yaml", ""))
          .sorted()
          .toList();
    }
  }

  @Test
  void areTheseTen() throws IOException {
    assertThat(names())
        .containsExactly(
            "beacon",
            "chaos",
            "convoy",
            "decade",
            "earth-moon",
            "flapping",
            "hostile",
            "island",
            "leo-ring",
            "mars-conjunction");
  }

  @ParameterizedTest
  @MethodSource("names")
  void isRead(String name) throws IOException {
    Path file = DIRECTORY.resolve(name + ".yaml");
    Scenario scenario = ScenarioReader.load(file);
    assertThat(scenario.name()).isEqualTo(name);
    assertThat(scenario.expectations()).isNotEmpty();
    assertThat(scenario.traffic()).isNotEmpty();
    assertThat(Files.readString(file)).startsWith("# ").contains("\n#\n");
    Path base = DIRECTORY.toAbsolutePath();
    assertThat(ScenarioReader.parse("again", ScenarioWriter.write(scenario, base), base))
        .isEqualTo(scenario);
  }

  @Test
  void theConvoyIsWhatItsGeneratorMakes() throws IOException {
    Path file = DIRECTORY.resolve("convoy.one");
    if ("write".equals(System.getProperty("holdfast.golden"))) {
      Files.writeString(file, ConvoyTrace.text());
    }
    assertThat(Files.readString(file)).isEqualTo(ConvoyTrace.text());
    assertThat(Files.size(file)).isBetween(10_000L, 200_000L);
  }

  @Test
  void chaosHasSomeOfEverything() {
    Scenario chaos = ScenarioReader.load(DIRECTORY.resolve("chaos.yaml"));
    Scenario.Chaos rates = chaos.chaos().orElseThrow();
    double days = chaos.durationNanos() / (double) Times.DAY;
    double nodes = chaos.nodes().size() * days;
    double directions = 2 * chaos.links().size() * days;
    assertThat(chaos.nodes()).hasSize(12);
    // So many of each in a run that hardly a seed has less than two.
    assertThat(rates.crashesPerDay() * nodes).isGreaterThan(7);
    assertThat(rates.clockFaultsPerDay() * nodes).isGreaterThan(7);
    assertThat(rates.diskFaultsPerDay() * nodes).isGreaterThan(7);
    assertThat(rates.restoresPerDay() * nodes).isGreaterThan(7);
    assertThat(rates.blackoutsPerDay() * days).isGreaterThan(7);
    assertThat(rates.outagesPerDay() * directions).isGreaterThan(7);
    assertThat(rates.linkFaultsPerDay() * directions / 7).as("of each kind").isGreaterThan(7);
    Set<String> protocols = new TreeSet<>();
    chaos.links().forEach(link -> protocols.add(link.protocol()));
    assertThat(protocols)
        .containsExactly(
            SimProtocol.IDEAL.name(), SimProtocol.MTCP.name(), SimProtocol.TCPCL.name());
    assertThat(
            chaos.traffic().stream()
                .map(Scenario.Flow::trafficClass)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(TrafficClass.class))))
        .isEqualTo(EnumSet.allOf(TrafficClass.class));
  }
}
