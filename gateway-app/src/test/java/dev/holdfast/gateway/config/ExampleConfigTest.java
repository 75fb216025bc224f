package dev.holdfast.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.link.LinkId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** The example that ships is a configuration, and shows every setting with its true default. */
class ExampleConfigTest {
  private static final Path EXAMPLE = Path.of("src/main/dist/gateway.yaml");

  /** The least a configuration can say. */
  private static final String LEAST = "node: ipn:1\nstore: {directory: data}\n";

  @Test
  void isAConfiguration() {
    GatewayConfig config = ConfigReader.load(EXAMPLE);
    assertThat(config.node()).isEqualTo(NodeId.ipn(1));
    assertThat(config.store().directory())
        .isEqualTo(EXAMPLE.toAbsolutePath().resolveSibling("data"));
    assertThat(config.plan().orElseThrow().file()).exists();
    assertThat(config.plan().orElseThrow().epoch()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(config.links())
        .extracting(link -> link.name().name())
        .containsExactly("relay", "lander");
    assertThat(config.routes()).extracting(RouteConfig::via).containsExactly(new LinkId("lander"));
  }

  @Test
  void showsEverySetting() throws IOException {
    String text = Files.readString(EXAMPLE);
    SortedSet<String> keys = ConfigReader.keys(text);
    assertThat(keys).hasSizeGreaterThan(50);
    for (String path : keys) {
      String key = path.substring(path.lastIndexOf('.') + 1);
      assertThat(text).as(path).containsPattern("(?m)(^|[{,])[ #-]*" + key + ":");
    }
  }

  /** The part about twins is commented out as a whole: it needs a key, which nobody ships. */
  @Test
  void showsHowTwinsAreConfigured() throws IOException {
    String text = Files.readString(EXAMPLE);
    int from = text.indexOf("# twins:");
    int to = text.indexOf("\n\n", from);
    String twins = text.substring(from, to).replaceAll("(?m)^# ?", "");
    String all = text.substring(0, from) + twins + text.substring(to);
    TwinsConfig config =
        ConfigReader.parse("example", all, EXAMPLE.toAbsolutePath().getParent())
            .twins()
            .orElseThrow();
    assertThat(config.regions())
        .extracting(TwinsConfig.RegionConfig::node)
        .containsExactly(NodeId.ipn(3));
    assertThat(config.classes()).extracting(TwinsConfig.ClassConfig::service).containsExactly(64L);
    assertThat(config.export().getFirst().subjects()).containsExactly("auditor");
    for (String path : ConfigReader.keys(all)) {
      if (path.startsWith("twins.")) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        assertThat(twins).as(path).containsPattern("(?m)(^|- )[ ]*" + key + ":");
      }
    }
    String least = LEAST + "twins: {region: earth, keys: [earth.pem]}\n";
    TwinsConfig defaults =
        ConfigReader.parse("least", least, Path.of("/etc")).twins().orElseThrow();
    assertThat(config.lifetime()).isEqualTo(defaults.lifetime());
    assertThat(config.digestLifetime()).isEqualTo(defaults.digestLifetime());
    assertThat(config.answerWithin()).isEqualTo(defaults.answerWithin());
    assertThat(defaults.otherwise()).isEqualTo("local");
  }

  @Test
  void namesTheDefaultsThatHold() throws IOException {
    String text = Files.readString(EXAMPLE);
    // Every commented setting switched on must leave the configuration as it is.
    String uncommented =
        text.replaceAll(
            "(?m)^( *)# (\\w+: (?!2Mbit/s|\\[dtn://earth/]|\\[ipn:1.7]|links$).*)$", "$1$2");
    assertThat(uncommented.lines().filter(line -> line.strip().startsWith("#")).count())
        .isLessThan(text.lines().filter(line -> line.strip().startsWith("#")).count() - 30);
    assertThat(ConfigReader.parse("example", uncommented, EXAMPLE.toAbsolutePath().getParent()))
        .isEqualTo(ConfigReader.load(EXAMPLE));
  }

  @Test
  void needsLittle() {
    GatewayConfig config = ConfigReader.parse("least", LEAST, Path.of("/var/lib"));
    assertThat(config.store().directory()).isEqualTo(Path.of("/var/lib/data"));
    assertThat(config.store().spoolThreshold()).isEqualTo(256 << 10);
    assertThat(config.listen()).isEqualTo(new ListenConfig(Optional.empty(), Optional.empty()));
    assertThat(config.api().address()).contains(new HostPort("127.0.0.1", 8480));
    assertThat(config.defaults())
        .isEqualTo(new DefaultsConfig(Duration.ofDays(1), 64, TrafficClass.NORMAL));
    assertThat(config.plan()).isEmpty();
  }
}
