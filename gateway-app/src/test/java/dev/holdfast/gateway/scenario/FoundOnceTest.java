package dev.holdfast.gateway.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.gateway.replay.Replay;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What seeded runs have found once, made small: no rule may be broken by it again. */
class FoundOnceTest {
  private static final Path FOUND = Path.of("src/test/resources/scenario/found");

  @ParameterizedTest
  @ValueSource(strings = {"returned-copy.yaml", "made-before-the-disk.yaml"})
  void noRuleIsBroken(String file) {
    assertThat(Replay.run(ScenarioReader.load(FOUND.resolve(file))).violation()).isEmpty();
  }
}
