package dev.holdfast.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.demo.TwinConflict.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TwinOutcomeTest {
  private static final DtnTime EPOCH = new DtnTime(848_000_000_000L);
  private static final TwinConflict CONFLICT =
      new TwinConflict(
          "demo:pump",
          "attributes/valve",
          List.of(new Candidate("65", "bb", "T2", true), new Candidate("40", "aa", "T1", false)));

  private static TwinState state(Site site, String root, int crops, List<TwinConflict> conflicts) {
    SortedMap<String, JsonNode> things = new TreeMap<>();
    things.put("demo:pump", json("{\"attributes\":{\"valve\":50}}"));
    things.put(
        "demo:rover", json("{\"attributes\":{\"battery\":81,\"route\":\"north\",\"wheels\":6}}"));
    things.put("demo:airlock", json("{\"attributes\":{\"cycles\":17}}"));
    String all = "[\"bean\",\"kale\"" + (crops == 3 ? ",\"leek\"]" : "]");
    things.put("demo:garden", json("{\"attributes\":{\"crops\":" + all + "}}"));
    return new TwinState(site, things, conflicts, root, OptionalLong.of(1), true);
  }

  private static JsonNode json(String text) {
    return JsonMapper.builder().build().readTree(text);
  }

  private static TwinOutcome outcome(DtnTime epoch, TwinState earth, TwinState mars) {
    return new TwinOutcome(
        earth,
        mars,
        Optional.of(epoch.plus(7_500)),
        1,
        List.of(CONFLICT),
        Optional.of(epoch.plus(27_200)),
        new TreeMap<>(Map.of("aa", Site.EARTH, "bb", Site.MARS)));
  }

  static TwinOutcome good(DtnTime epoch) {
    return outcome(
        epoch, state(Site.EARTH, "r", 3, List.of()), state(Site.MARS, "r", 3, List.of()));
  }

  static TwinOutcome apart(DtnTime epoch) {
    return outcome(
        epoch, state(Site.EARTH, "r", 3, List.of()), state(Site.MARS, "s", 3, List.of()));
  }

  @Test
  void whatIsTheSameAndResolvedIsKept() {
    assertThat(good(EPOCH).broken()).isEmpty();
    assertThat(apart(EPOCH).broken())
        .containsExactly("the twins of earth and mars are not the same");
  }

  @Test
  void aChangeThatBothMissIsNoticed() {
    TwinOutcome outcome =
        outcome(EPOCH, state(Site.EARTH, "r", 2, List.of()), state(Site.MARS, "r", 2, List.of()));

    assertThat(outcome.isEqual()).isTrue();
    assertThat(outcome.broken()).containsExactly("a change of a twin is missing");
  }

  @Test
  void aConflictThatIsLeftIsNoticed() {
    TwinOutcome outcome =
        outcome(
            EPOCH,
            state(Site.EARTH, "r", 3, List.of(CONFLICT)),
            state(Site.MARS, "r", 3, List.of(CONFLICT)));

    assertThat(outcome.conflictsLeft()).isEqualTo(1);
    assertThat(outcome.broken())
        .containsExactly("the conflict of twins was not resolved on both sides");
  }

  @Test
  void aStoryThatNeverCameToAnythingIsBrokenInEveryWay() {
    TwinOutcome nothing =
        new TwinOutcome(
            TwinState.unknown(Site.EARTH),
            TwinState.unknown(Site.MARS),
            Optional.empty(),
            0,
            List.of(),
            Optional.empty(),
            new TreeMap<>());

    assertThat(nothing.broken()).hasSize(4);
    assertThat(nothing.words(EPOCH)).isEmpty();
  }
}
