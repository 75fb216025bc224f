package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.gateway.config.ConfigReader;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.TwinsConfig;
import dev.holdfast.gateway.twin.KeyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FilesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Site.class)
  void theConfigurationIsOneThatAGatewayTakes(Site site) throws IOException {
    SiteFiles files = new SiteFiles(directory.resolve(site.label()));
    VerifyKey own = files.writeKey(new SplitMix(1));
    VerifyKey other = new SiteFiles(directory.resolve("other")).writeKey(new SplitMix(2));
    boolean isRegion = site != Site.RELAY;
    files.writeConfiguration(
        site, 8_481, 4_556, 4_566, isRegion ? Optional.of(other) : Optional.empty());

    GatewayConfig config = ConfigReader.load(files.configuration());

    assertThat(config.node().toString()).contains(site.nodeId());
    assertThat(config.links().stream().map(link -> link.name().name()).toList())
        .isEqualTo(site.neighbours().stream().map(Site::label).toList());
    assertThat(config.links()).allMatch(link -> link.dial().isPresent() == (site != Site.RELAY));
    assertThat(config.listen().tcpcl().isPresent()).isEqualTo(site == Site.RELAY);
    assertThat(config.store().directory()).startsWithRaw(files.directory());
    assertThat(config.twins().isPresent()).isEqualTo(isRegion);
    if (isRegion) {
      TwinsConfig twins = config.twins().orElseThrow();
      assertThat(twins.region()).isEqualTo(site.label());
      assertThat(KeyFile.read(twins.keys().getFirst()).verifyKey()).isEqualTo(own);
      assertThat(twins.regions().getFirst().key()).isEqualTo(other);
      assertThat(twins.regions().getFirst().node().toString())
          .contains((site == Site.EARTH ? Site.MARS : Site.EARTH).nodeId());
      assertThat(twins.otherwise()).isEqualTo(SiteFiles.TWIN_CLASS);
    }
  }

  @Test
  void everyGatewayGetsItsOwnCopyOfThePlan() throws IOException {
    SiteFiles files = new SiteFiles(Files.createDirectory(directory.resolve("mars")));
    ContactPlan plan = DemoPlan.load().compressed(new DtnTime(848_000_000_000L), 60, 2);
    files.writePlan(DemoPlan.load().compressed(new DtnTime(1_000_000L), 60, 1));
    files.writePlan(plan);

    String text = Files.readString(files.directory().resolve("plan.ionrc"));
    PlanReading reading = PlanReader.read(new PlanSource("plan", text), ReadOptions.STRICT);

    assertThat(reading).isInstanceOf(PlanReading.Parsed.class);
    assertThat(((PlanReading.Parsed) reading).plan().hasSameContacts(plan)).isTrue();
  }

  @Test
  void aTemporaryWorkplaceIsClearedAndAKeptOneStays() throws IOException {
    Workplace temporary = Workplace.at(Optional.empty());
    Files.createDirectories(temporary.files(Site.RELAY).directory());
    Files.writeString(temporary.files(Site.RELAY).log(), "said");
    temporary.clear();
    assertThat(temporary.directory()).doesNotExist();
    temporary.clear();

    Workplace kept = Workplace.at(Optional.of(directory.resolve("kept")));
    Files.writeString(kept.directory().resolve("log"), "said");
    kept.clear();
    assertThat(kept.directory().resolve("log")).exists();
    assertThatThrownBy(() -> Workplace.at(Optional.of(kept.directory())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void anotherJavaIsStartedLikeThisOne() {
    assertThat(JavaCommand.run(Path.of("/x/gateway.yaml")))
        .contains("-cp", System.getProperty("java.class.path"))
        .endsWith("run", "--config", "/x/gateway.yaml")
        .noneMatch(option -> option.startsWith("-javaagent"));
  }
}
