package dev.holdfast.gateway.orbit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.holdfast.contacts.orbit.OrbitLimits;
import dev.holdfast.contacts.orbit.OrbitScenario;
import dev.holdfast.contacts.yaml.YamlException;
import java.nio.charset.StandardCharsets;

/** Any text is a scenario of nodes and pairs that are not too many, or refused with its line. */
class OrbitFileFuzzTest {
  private static final String SATELLITES =
      """
      ISS
      1 25544U 98067A   08264.51782528 -.00002182  00000-0 -11606-4 0  2927
      2 25544  51.6416 247.4627 0006703 130.5360 325.0288 15.72125391563537
      """;

  private static String file(String name) {
    if (name.equals("two.tle")) {
      return SATELLITES;
    }
    throw new IllegalArgumentException(name + ": no such file");
  }

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] bytes) {
    try {
      OrbitScenario scenario =
          OrbitFile.read("fuzz", new String(bytes, StandardCharsets.UTF_8), OrbitFileFuzzTest::file)
              .scenario();
      int nodes = scenario.nodes().size();
      if (nodes > OrbitLimits.DEFAULT.nodes()
          || scenario.links().stream().mapToLong(rule -> rule.pairs().size()).sum()
              > OrbitLimits.DEFAULT.pairs()) {
        throw new IllegalStateException("too much is taken");
      }
      scenario.links().stream()
          .flatMap(rule -> rule.pairs().stream())
          .filter(pair -> Math.max(pair.first(), pair.second()) >= nodes)
          .forEach(
              pair -> {
                throw new IllegalStateException("no such node: " + pair);
              });
    } catch (YamlException refused) {
      String message = String.valueOf(refused.getMessage());
      if (!message.startsWith("fuzz:")) {
        throw new IllegalStateException("no problem with a line: " + message, refused);
      }
    }
  }
}
