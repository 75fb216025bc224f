package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The oracles answer as expected on bundles that the peers made. */
final class OraclesTest {
  private static final Octets BROKEN_CRC =
      Octets.ofHex(
          "9f89070001820282040982028201018202820101821b000000bec0f18301001b0000000202fbf00042179e"
              + "8506040100458202820100850a0301004382030185070201004319f61885010100004568656c6c6fff");
  private static final Octets NO_BUNDLE = Octets.ofHex("9f01ff");

  @Test
  void bp7SaysWhatTheVectorsSay() throws IOException {
    List<Path> vectors = vectors();
    List<JsonNode> verdicts = Bp7Oracle.decode(octets(vectors));

    for (int i = 0; i < vectors.size(); i++) {
      JsonNode expected = expected(vectors.get(i));
      JsonNode verdict = verdicts.get(i);
      assertThat(verdict.get("ok").booleanValue()).as("%s", vectors.get(i)).isTrue();
      assertThat(verdict.get("crc_ok").booleanValue()).isTrue();
      assertThat(verdict.get("same_bytes").booleanValue()).isTrue();
      assertThat(verdict.get("primary")).isEqualTo(expected.get("primary"));
      assertThat(verdict.get("blocks")).isEqualTo(expected.get("blocks"));
    }
  }

  @Test
  void bp7SeesWhatIsWrong() {
    List<JsonNode> verdicts = Bp7Oracle.decode(List.of(BROKEN_CRC, NO_BUNDLE));

    assertThat(verdicts.get(0).get("ok").booleanValue()).isTrue();
    assertThat(verdicts.get(0).get("crc_ok").booleanValue()).isFalse();
    assertThat(verdicts.get(1).get("ok").booleanValue()).isFalse();
  }

  @Test
  void tsharkSaysWhatTheVectorsSay() throws IOException {
    List<Path> vectors = vectors();
    List<Dissection> dissections = TsharkOracle.dissect(octets(vectors));

    for (int i = 0; i < vectors.size(); i++) {
      JsonNode expected = expected(vectors.get(i));
      Dissection seen = dissections.get(i);
      assertThat(seen.malformed()).as("%s", vectors.get(i)).isFalse();
      Dissection.Primary primary = seen.primary().orElseThrow();
      assertThat(primary.source()).isEqualTo(expected.at("/primary/source").stringValue());
      assertThat(primary.destination())
          .isEqualTo(expected.at("/primary/destination").stringValue());
      assertThat(primary.flags()).isEqualTo(expected.at("/primary/flags").longValue());
      assertThat(primary.creationTime())
          .isEqualTo(expected.at("/primary/creation_time").asString());
      assertThat(seen.checksums())
          .extracting(Dissection.Checksum::status)
          .allMatch(status -> status == Dissection.CrcStatus.GOOD);
      assertThat(seen.blocks())
          .extracting(OraclesTest::kind)
          .containsExactlyElementsOf(kinds(expected));
    }
  }

  @Test
  void tsharkSeesWhatIsWrong() {
    List<Dissection> seen = TsharkOracle.dissect(List.of(BROKEN_CRC, NO_BUNDLE));

    assertThat(seen.get(0).checksums())
        .containsExactly(new Dissection.Checksum(1, Dissection.CrcStatus.BAD));
    assertThat(seen.get(0).blocks())
        .extracting(Dissection.Canonical::name, Dissection.Canonical::content)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Previous Node", "ipn:1.0"),
            org.assertj.core.groups.Tuple.tuple("Hop Count", "3/1"),
            org.assertj.core.groups.Tuple.tuple("Bundle Age", "63000"),
            org.assertj.core.groups.Tuple.tuple("Payload", ""));
    assertThat(seen.get(1).malformed()).isTrue();
  }

  private static String kind(Dissection.Canonical block) {
    return block.name().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
  }

  private static List<String> kinds(JsonNode expected) {
    List<String> kinds = new ArrayList<>();
    expected.get("blocks").forEach(block -> kinds.add(block.get("kind").stringValue()));
    return kinds;
  }

  private static List<Path> vectors() throws IOException {
    Path directory = Tool.projectRoot().resolve("bpv7/src/test/resources/vectors/peers");
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".hex")).sorted().toList();
    }
  }

  private static List<Octets> octets(List<Path> vectors) throws IOException {
    List<Octets> all = new ArrayList<>();
    for (Path vector : vectors) {
      all.add(Octets.ofHex(Files.readString(vector).strip()));
    }
    return all;
  }

  private static JsonNode expected(Path vector) throws IOException {
    String json = vector.toString().replace(".hex", ".json");
    return new JsonMapper().readTree(Files.readString(Path.of(json)));
  }
}
