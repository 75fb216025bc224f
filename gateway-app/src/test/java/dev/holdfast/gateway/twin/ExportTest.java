package dev.holdfast.gateway.twin;

import static dev.holdfast.gateway.twin.TwinNet.DAY;
import static dev.holdfast.gateway.twin.TwinNet.HOUR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.twin.ExportRules.Glob;
import dev.holdfast.gateway.twin.ExportRules.Rule;
import dev.holdfast.gateway.twin.TwinSettings.ExportClass;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What leaves to whom is decided where it is written, leaf by leaf. */
class ExportTest {
  private static final String PUMP = "org.example:pump";

  /** The first region shares one class with both others, one with the third, and keeps the rest. */
  private static TwinNet net(long seed) {
    ExportRules rules =
        new ExportRules(
            List.of(
                rule("attributes/private/**", List.of(), List.of(), TwinSettings.LOCAL),
                rule("features/*/properties/law/**", List.of(), List.of(), "law"),
                rule("**", List.of("org.example:sealed"), List.of(), TwinSettings.LOCAL),
                rule("attributes/**", List.of(), List.of("auditor"), "law")),
            "open");
    TwinNet net =
        new TwinNet(seed, 3)
            .classes(
                rules,
                new ExportClass("open", 64, List.of("r1", "r2", "r3")),
                new ExportClass("law", 65, List.of("r1", "r3")),
                new ExportClass(TwinSettings.LOCAL, 0, List.of()));
    for (long day = 0; day < 5; day++) {
      var _ = net.contact(1, 2, day * DAY + HOUR, day * DAY + 2 * HOUR, 1_300);
      var _ = net.contact(1, 3, day * DAY + HOUR, day * DAY + 2 * HOUR, 1_300);
    }
    return net.start();
  }

  private static Rule rule(
      String paths, List<String> policies, List<String> subjects, String exportClass) {
    return new Rule(Glob.ANY, new Glob(paths), policies, subjects, exportClass);
  }

  @Test
  void eachLeafGoesWhereTheRulesSay() {
    TwinNet net = net(1);
    var _ =
        net.put(
            1,
            PUMP,
            "",
            "{\"attributes\":{\"site\":\"north\",\"private\":{\"key\":\"x\"}},\"features\":"
                + "{\"flow\":{\"properties\":{\"rate\":3,\"law\":{\"owner\":\"me\"}}}}}");
    net.until(5 * HOUR);
    assertEquals(
        "{\"thingId\":\"org.example:pump\",\"attributes\":{\"site\":\"north\"},"
            + "\"features\":{\"flow\":{\"properties\":{\"rate\":3}}}}",
        net.get(2, PUMP, ""));
    assertEquals(
        "{\"thingId\":\"org.example:pump\",\"attributes\":{\"site\":\"north\"},\"features\":"
            + "{\"flow\":{\"properties\":{\"law\":{\"owner\":\"me\"},\"rate\":3}}}}",
        net.get(3, PUMP, ""));
    assertEquals("\"x\"", net.get(1, PUMP, "attributes/private/key"));
    assertEquals(net.status(1, "open").root(), net.status(2, "open").root());
    assertEquals(net.status(1, "law").root(), net.status(3, "law").root());
    assertNotEquals(net.status(1, "local").root(), net.status(3, "local").root());
  }

  @Test
  void whatIsSealedByItsPolicyIsTakenBackFromWhereItWas() {
    TwinNet net = net(2);
    var _ = net.put(1, PUMP, "", "{\"attributes\":{\"site\":\"north\",\"tags\":{\"$set\":[1]}}}");
    net.until(5 * HOUR);
    assertEquals("\"north\"", net.get(2, PUMP, "attributes/site"));
    var _ = net.put(1, PUMP, "policyId", "\"org.example:sealed\"");
    net.until(DAY + 5 * HOUR);
    assertEquals("-", net.get(2, PUMP, "attributes/site"));
    assertEquals("-", net.get(2, PUMP, "attributes/tags"));
    assertEquals("\"north\"", net.get(1, PUMP, "attributes/site"));
    assertEquals("[1]", net.get(1, PUMP, "attributes/tags"));
  }

  /**
   * Two origins that are alike but for writes outside a class send the same bundles in that class,
   * bit by bit: counts, order, clocks and hashes of what is withheld do not show.
   */
  @Test
  void nothingOfAWriteThatStaysHereShowsInWhatLeaves() {
    List<Octets> without = sent(List.of());
    List<Octets> with =
        sent(
            List.of("attributes/private/a", "attributes/private/b", "features/x/properties/law/c"));
    assertFalse(without.isEmpty());
    assertTrue(without.stream().mapToInt(Octets::size).sum() > 1_000);
    assertEquals(without.size(), with.size());
    for (int i = 0; i < with.size(); i++) {
      assertEquals(without.get(i).hex(), with.get(i).hex(), "bundle " + i);
    }
  }

  /** What the first region sends to the third, with further writes of its own that stay here. */
  private static List<Octets> sent(List<String> further) {
    TwinNet net = net(3);
    List<Octets> sent = new ArrayList<>();
    net.world()
        .watch(
            new Watch() {
              @Override
              public void committed(SimNode node, List<StoreChange> changes) {
                for (StoreChange change : changes) {
                  if (change instanceof StoreChange.Put put
                      && node.name().equals("r1")
                      && put.bundle().id().source().equals(IpnEid.of(1, 64))
                      && put.bundle().destination().equals(IpnEid.of(3, 64))) {
                    Payload.Inline payload = assertInstanceOf(Payload.Inline.class, put.payload());
                    sent.add(Octets.concat(List.of(put.head(), payload.bytes(), put.trailer())));
                  }
                }
              }
            });
    for (int hour = 0; hour < 30; hour++) {
      net.until(hour * HOUR + 1_800);
      String path = "attributes/n" + hour % 7;
      if (hour == 0) {
        var _ = net.put(1, PUMP, "", "{\"attributes\":{\"site\":\"north\"}}");
      } else {
        var _ = net.put(1, PUMP, path, Integer.toString(hour));
      }
      for (String each : further) {
        net.twins(1).ask(TwinNet.putting(PUMP, each, Integer.toString(hour)), _ -> {});
      }
    }
    net.until(2 * DAY);
    return sent;
  }
}
