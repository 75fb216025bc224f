package dev.holdfast.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each bug is found by a rule that is there for it, within a few seeds; without one, none is. */
class PlantedBugsTest {
  private static final int SEEDS = 5;

  @Test
  void whereThereIsNoneNoneIsFound() {
    for (int seed = 1; seed <= SEEDS; seed++) {
      assertThat(Replay.run(Region.troubled(seed)).violation()).as("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isFound(PlantedBugs bug) {
    String found = "";
    for (int seed = 1; seed <= SEEDS && found.isEmpty(); seed++) {
      RunResult result = Replay.run(Region.troubled(seed), List.of(), bug::in, Progress.NONE);
      found = result.violation().map(RunResult.Broken::rule).orElse("");
    }
    assertThat(found).isIn(bug.rules());
  }
}
