package dev.holdfast.gateway.twin;

import static dev.holdfast.gateway.twin.TwinNet.DAY;
import static dev.holdfast.gateway.twin.TwinNet.HOUR;
import static dev.holdfast.gateway.twin.TwinNet.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many regions, and one among them that has a key and lies. */
class TwinCrowdTest {
  /** Who has written when copies are made. */
  private static final List<Integer> WRITERS = List.of(7, 14, 21);

  private static String thing(int i) {
    return "org.example:t" + i;
  }

  /**
   * Somebody has the key of region 5 and writes in its name, first as another life of it, then as
   * the same one, with a copy of all it has; and sends again, and changed, what others say. The
   * honest ones end equal, have all that honest ones wrote, and each names who it was.
   */
  @Test
  void oneWhoSaysThisHereAndThatThereIsKnownToAllAndStopsNobody() {
    int thief = 6;
    TwinNet net = new TwinNet(11, thief).impostor(thief, 5);
    for (long day = 0; day < 30; day++) {
      for (int n = 1; n < thief; n++) {
        long from = day * DAY + 2 * HOUR;
        var _ = net.contact(n, n + 1, from, from + HOUR, 1_300);
      }
    }
    var _ = net.start();
    List<Octets> said = net.captured(5, IpnEid.of(4, 64));
    List<Octets> theirs = net.captured(1, IpnEid.of(5, 64));
    var random = new SplittableRandom(11);
    for (int n = 1; n <= thief; n++) {
      var _ = net.put(n, thing(0), "", "{}");
    }
    for (long day = 0; day < 20; day++) {
      net.until(day * DAY + HOUR);
      if (day == 5) {
        net.twins(thief).copyOutside(net.twins(5));
        net.node(thief)
            .restore(net.node(5).snapshot(), new Crash(Crash.Point.NOW, 0, 1_000_000_000L, true));
        net.until(day * DAY + HOUR + 60);
      }
      for (int n = 1; n <= thief; n++) {
        var _ = net.put(n, thing(n), "", "{\"attributes\":{\"day\":" + day + "}}");
        var _ = net.put(n, thing(0), "attributes/by-" + n, "" + day);
      }
      poison(net, thief, said, random);
      poison(net, thief, theirs, random);
    }
    net.until(30 * DAY);
    String root = net.status(1, OPEN).root();
    for (int n = 1; n <= 4; n++) {
      assertEquals(root, net.status(n, OPEN).root(), "region " + n);
      for (int other = 1; other <= 4; other++) {
        assertEquals("19", net.get(n, thing(other), "attributes/day"), "region " + n);
        assertEquals("19", net.get(n, thing(0), "attributes/by-" + other), "region " + n);
      }
      List<String> notes = net.twins(n).notes();
      assertTrue(
          notes.stream().anyMatch(it -> it.contains("region r5, FORK")), n + ": " + notes.size());
      assertTrue(
          notes.stream().noneMatch(it -> it.matches(".*region r[1-4], FORK.*")), "region " + n);
    }
  }

  /** Sends some of what it overheard again to all, as it was and with an octet changed. */
  private static void poison(TwinNet net, int by, List<Octets> of, SplittableRandom random) {
    for (int i = 0; i < Math.min(4, of.size()); i++) {
      Octets payload = of.get(random.nextInt(of.size()));
      byte[] bytes = payload.toByteArray();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      for (int to = 1; to <= 4; to++) {
        net.submit(by, IpnEid.of(to, 64), payload);
        net.submit(by, IpnEid.of(to, 64), Octets.wrap(bytes));
      }
    }
  }

  /**
   * Forty regions around one, each away most of the time; bundles are lost and doubled, regions
   * crash, and some are set back to a copy of their store.
   */
  @Test
  void fortyRegionsEndEqual() {
    int count = 40;
    TwinNet net = new TwinNet(12, count);
    for (int round = 0; round < 4; round++) {
      for (int n = 2; n <= count; n++) {
        long from = round * 8 * DAY + n * 4 * HOUR;
        var _ = net.contact(1, n, from, from + 180, 1_000L * n);
      }
    }
    var _ = net.start();
    disturb(net, count, Disturbance.loss(0.15), Disturbance.duplication(0.2));
    var random = new SplittableRandom(12);
    Map<Integer, MemoryBundleStore> copies = new TreeMap<>();
    for (long day = 0; day < 16; day++) {
      net.until(day * DAY);
      for (int n = 1; n <= count; n++) {
        if (n % 7 == 0 && (n + day) % 3 == 0) {
          String thing = thing((n + (int) day) % 20);
          if (net.get(n, thing, "").equals("-")) {
            var _ = net.put(n, thing, "", "{\"attributes\":{}}");
          }
          var _ = net.put(n, thing, "attributes/a" + n % 5, "" + day);
        }
      }
      int crashing = 1 + random.nextInt(count);
      net.node(crashing)
          .crash(new Crash(Crash.Point.NOW, random.nextDouble(), 60_000_000_000L, true));
      if (day == 8) {
        WRITERS.forEach(n -> copies.put(n, net.node(n).snapshot()));
      }
    }
    copies.forEach(
        (n, copy) ->
            net.node(n).restore(copy, new Crash(Crash.Point.NOW, 0, 60_000_000_000L, true)));
    disturb(net, count, Disturbance.none(), Disturbance.none());
    net.until(32 * DAY);
    assertTrue(net.status(1, OPEN).entries() > 20, "" + net.status(1, OPEN).entries());
    for (int n = 2; n <= count; n++) {
      assertEquals(net.status(1, OPEN).root(), net.status(n, OPEN).root(), "region " + n);
    }
    for (int n = 1; n <= count; n++) {
      assertEquals(
          List.of(),
          net.twins(n).notes().stream()
              .filter(it -> !it.contains("RESTORED") && !it.contains("KEY_MISSING"))
              .toList(),
          "region " + n);
    }
    for (int n : WRITERS) {
      assertTrue(net.twins(n).notes().stream().anyMatch(it -> it.contains("RESTORED")), "" + n);
    }
  }

  private static void disturb(TwinNet net, int count, Disturbance odd, Disturbance even) {
    for (int n = 2; n <= count; n++) {
      net.wire(1, n).forth().disturb("test", n % 2 == 0 ? even : odd);
      net.wire(1, n).back().disturb("test", n % 2 == 0 ? even : odd);
    }
  }
}
