package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.wire.Octets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opportunistic routing with dtn7-go among the nodes: it reads our blocks and we read its. It looks
 * every ten seconds for what it may send.
 */
final class SpreadingAmongPeersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Octets PAYLOAD = Octets.ofHex("7370726561640a");

  @TempDir Path dir;

  private static void await(String what, Callable<Boolean> condition) {
    Awaitility.await(what).atMost(PATIENCE).until(condition);
  }

  @Test
  void anEpidemicGoesThroughDtn7Go() {
    Tool.DTN7_GO.require();
    List<Integer> ports = Loopback.freePorts(3);
    try (Dtn7Go go = Dtn7Go.node("go").tcpcl(ports.get(0)).start(dir.resolve("go"));
        Dtn7Go far =
            Dtn7Go.node("far").tcpcl(ports.get(1)).peer(ports.get(0)).start(dir.resolve("far"));
        Dtn7GoAgent in = far.agent("in");
        OurGateway us = ours("us", ports.get(2), "epidemic", Map.of("go", ports.get(0)))) {
      us.send("dtn://us/out", "dtn://far/in", PAYLOAD);
      assertThat(in.await(1)).extracting(PeerBundles::payload).containsExactly(PAYLOAD);
      await("the copy to be counted", () -> us.journal().contains("COPIED"));
      assertThat(us.bundles())
          .filteredOn(b -> b.get("destination").stringValue().equals("dtn://far/in"))
          .hasSize(1)
          .allMatch(b -> b.get("copies_given").intValue() == 1);
      assertThat(go.process().isAlive()).isTrue();
    }
  }

  @Test
  void copiesAreCountedByAllWhoSpray() {
    Tool.DTN7_GO.require();
    List<Integer> ports = Loopback.freePorts(3);
    int middle = ports.get(0);
    try (Dtn7Go go =
            Dtn7Go.node("go").routing("binary_spray").tcpcl(middle).start(dir.resolve("go"));
        OurGateway us = ours("us", ports.get(1), "spray", Map.of("go", middle))) {
      us.send("dtn://us/out", "dtn://nobody/in", PAYLOAD);
      await("half of eight copies to stay", () -> copiesLeft(us).equals(List.of(4)));
      try (OurGateway two = ours("two", ports.get(2), "spray", Map.of("go", middle))) {
        await("two of its four from dtn7-go", () -> copiesLeft(two).equals(List.of(2)));
      }
      assertThat(go.process().isAlive()).isTrue();
    }
  }

  @Test
  void predictabilitiesAreBelievedBothWays() {
    Tool.DTN7_GO.require();
    List<Integer> ports = Loopback.freePorts(4);
    int middle = ports.get(0);
    try (Dtn7Go go = Dtn7Go.node("go").routing("prophet").tcpcl(middle).start(dir.resolve("go"));
        Dtn7GoAgent out = go.agent("out");
        OurGateway two = ours("two", ports.get(1), "prophet", Map.of("go", middle));
        OurGateway three = ours("three", ports.get(2), "prophet", Map.of())) {
      await("two and dtn7-go to have met", () -> two.journal().contains("may deliver to"));
      Map<String, Integer> both = Map.of("go", middle, "three", ports.get(2));
      try (OurGateway us = ours("us", ports.get(3), "prophet", both)) {
        us.send("dtn://us/out", "dtn://two/in", PAYLOAD);
        assertThat(two.await("dtn://two/in", 1)).as("go meets two").containsExactly(PAYLOAD);
        assertThat(us.journal()).contains("COPIED");
        assertThat(us.encounters().get("predictabilities").toString()).contains("dtn://two/");

        out.send(go.create("dtn://go/out", "dtn://three/", PAYLOAD));
        await("three to get it, whom we meet", () -> three.journal().contains("dtn://go/out"));
      }
    }
  }

  private OurGateway ours(String name, int port, String method, Map<String, Integer> dialled) {
    return OurGateway.start(dir.resolve(name), PeerLinks.spreading(name, port, method, dialled));
  }

  private static List<Integer> copiesLeft(OurGateway gateway) {
    return gateway.bundles().stream()
        .filter(b -> b.get("destination").stringValue().equals("dtn://nobody/in"))
        .map(b -> b.get("copies_left").intValue())
        .toList();
  }
}
