package dev.holdfast.gateway.twin;

import static dev.holdfast.gateway.twin.TwinNet.DAY;
import static dev.holdfast.gateway.twin.TwinNet.HOUR;
import static dev.holdfast.gateway.twin.TwinNet.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.SigningKey;
import dev.holdfast.crdt.sync.ClassSync;
import dev.holdfast.gateway.sim.Crash;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A region is given another key and started again; the others' settings stay as they are. */
class KeyRotationTest {
  private static final String PUMP = "org.example:pump";

  private static void restart(TwinNet net, int n, int keys) {
    net.twins(n).configure(net.twinSettings(n, keys));
    net.node(n).crash(new Crash(Crash.Point.NOW, 1, 60_000_000_000L, false));
  }

  private static List<Integer> keysOf(TwinNet net, int of) {
    return List.of(1, 2, 3).stream()
        .map(
            n ->
                net.status(n, OPEN).keys().stream()
                    .filter(it -> it.region().equals("r" + of))
                    .findFirst()
                    .orElseThrow()
                    .index())
        .toList();
  }

  @Test
  void aSecondKeyAndAThird() {
    TwinNet net = new TwinNet(7, 3);
    for (long day = 0; day < 12; day++) {
      var _ = net.contact(1, 2, day * DAY + HOUR, day * DAY + 2 * HOUR, 480_000);
      var _ = net.contact(2, 3, day * DAY + 5 * HOUR, day * DAY + 6 * HOUR, 1_300);
    }
    var _ = net.start();
    var _ = net.put(1, PUMP, "", "{\"attributes\":{\"a\":1}}");
    net.until(3 * DAY);
    assertThat(keysOf(net, 1)).containsExactly(0, 0, 0);

    var _ = net.put(1, PUMP, "attributes/b", "2");
    restart(net, 1, 2);
    net.until(3 * DAY + 600);
    var _ = net.put(1, PUMP, "attributes/c", "3");
    assertThat(keysOf(net, 1)).containsExactly(1, 0, 0);
    net.until(6 * DAY);
    assertThat(keysOf(net, 1)).containsExactly(1, 1, 1);
    assertThat(keysOf(net, 2)).containsExactly(0, 0, 0);

    restart(net, 1, 3);
    restart(net, 3, 2);
    net.until(6 * DAY + 600);
    var _ = net.put(1, PUMP, "attributes/d", "4");
    var _ = net.put(3, PUMP, "attributes/e", "5");
    net.until(11 * DAY);
    assertThat(keysOf(net, 1)).containsExactly(2, 2, 2);
    assertThat(keysOf(net, 3)).containsExactly(1, 1, 1);
    for (int n = 1; n <= 3; n++) {
      assertThat(net.status(n, OPEN).root()).isEqualTo(net.status(1, OPEN).root());
      assertThat(net.get(n, PUMP, "attributes"))
          .isEqualTo("{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5}");
    }
    assertThat(net.twins(2).notes()).noneMatch(it -> it.contains("FORK"));
  }

  @Test
  void withoutTheKeyThatSignsItDoesNotStart() {
    TwinNet net = new TwinNet(8, 3);
    for (long day = 0; day < 4; day++) {
      var _ = net.contact(1, 2, day * DAY + HOUR, day * DAY + 2 * HOUR, 480_000);
      var _ = net.contact(2, 3, day * DAY + 5 * HOUR, day * DAY + 6 * HOUR, 1_300);
    }
    var _ = net.start();
    var _ = net.put(1, PUMP, "", "{\"attributes\":{\"a\":1}}");
    net.until(2 * DAY);
    restart(net, 1, 2);
    net.until(3 * DAY);
    var outside = new Twins.Outside(size -> Octets.wrap(new byte[size]), new TreeMap<>());
    StoredTwins store = new StoredTwins(net.node(1).store());
    assertThatThrownBy(() -> new Twins(net.twinSettings(1), store, outside))
        .isInstanceOf(ClassSync.KeysException.class)
        .hasMessageContaining("class open is number 1")
        .hasMessageContaining(TwinNet.key(1, 1).verifyKey().octets().hex());
    // The private key that was replaced is not needed any more.
    SigningKey latest = TwinNet.key(1, 1);
    TwinSettings with = net.twinSettings(1);
    Twins twins =
        new Twins(
            new TwinSettings(
                with.name(),
                with.node(),
                new TwinSettings.Keys(with.keys().first(), List.of(latest)),
                with.others(),
                with.classes(),
                with.rules(),
                with.terms(),
                with.limits()),
            store,
            outside);
    assertThat(twins.rings()).containsKey(OPEN);
  }

  /** The old region stays among the others, at a node that nobody has. */
  private static TwinSettings anew(TwinNet net, int n) {
    TwinSettings with = net.twinSettings(n);
    List<TwinSettings.Region> others = new ArrayList<>(with.others());
    others.removeIf(it -> it.name().equals("r1"));
    others.add(new TwinSettings.Region("r1", NodeId.ipn(99), TwinNet.key(1).verifyKey()));
    if (n != 1) {
      others.add(new TwinSettings.Region("anew", NodeId.ipn(1), TwinNet.key(1, 5).verifyKey()));
    }
    return new TwinSettings(
        n == 1 ? "anew" : with.name(),
        with.node(),
        n == 1 ? TwinSettings.Keys.of(TwinNet.key(1, 5)) : with.keys(),
        others,
        List.of(new TwinSettings.ExportClass(OPEN, 64, List.of("r1", "r2", "r3", "anew"))),
        with.rules(),
        with.terms(),
        with.limits());
  }

  @Test
  void whoLostItsKeyGoesOnAsANewRegion() {
    TwinNet net = new TwinNet(9, 3);
    for (long day = 0; day < 8; day++) {
      var _ = net.contact(1, 2, day * DAY + HOUR, day * DAY + 2 * HOUR, 480_000);
      var _ = net.contact(2, 3, day * DAY + 5 * HOUR, day * DAY + 6 * HOUR, 1_300);
    }
    var _ = net.start();
    var _ = net.put(1, PUMP, "", "{\"attributes\":{\"a\":1}}");
    net.until(2 * DAY);
    var _ = net.put(1, PUMP, "attributes/told", "\"to nobody\"");
    for (int n = 1; n <= 3; n++) {
      net.twins(n).configure(anew(net, n));
      net.node(n).crash(new Crash(Crash.Point.NOW, 1, 60_000_000_000L, false));
    }
    net.until(2 * DAY + 600);
    var _ = net.put(1, PUMP, "attributes/b", "2");
    net.until(7 * DAY);
    for (int n = 1; n <= 3; n++) {
      assertThat(net.status(n, OPEN).root()).isEqualTo(net.status(1, OPEN).root());
      assertThat(net.get(n, PUMP, "attributes"))
          .isEqualTo("{\"a\":1,\"b\":2,\"told\":\"to nobody\"}");
    }
  }
}
