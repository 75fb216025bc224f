package dev.holdfast.gateway.twin;

import static dev.holdfast.gateway.twin.TwinNet.DAY;
import static dev.holdfast.gateway.twin.TwinNet.HOUR;
import static dev.holdfast.gateway.twin.TwinNet.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Disturbance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Twins of real nodes in a simulated world: what they say to each other goes as bundles. */
class TwinWorldTest {
  private static final String PUMP = "org.example:pump";

  /** Mars is eight minutes away, and can be heard for an hour a day. */
  private static TwinNet earthAndMars() {
    TwinNet net = new TwinNet(1, 2);
    for (long day = 0; day < 10; day++) {
      var _ = net.contact(1, 2, day * DAY + HOUR, day * DAY + 2 * HOUR, 480_000);
    }
    return net.start();
  }

  @Test
  void aThingThatIsPutInOneRegionIsInTheOtherAfterTheNextContact() {
    TwinNet net = earthAndMars();
    TwinAnswer put = net.put(1, PUMP, "", "{\"attributes\":{\"site\":\"north\"}}");
    assertTrue(assertInstanceOf(TwinAnswer.Changed.class, put).created());
    net.until(HOUR - 1);
    assertEquals("-", net.get(2, PUMP, "attributes/site"));
    net.until(2 * HOUR);
    assertEquals("\"north\"", net.get(2, PUMP, "attributes/site"));
    assertEquals(net.status(1, OPEN).root(), net.status(2, OPEN).root());
  }

  @Test
  void whatIsWrittenWithinAContactIsThereAfterTheLightTime() {
    TwinNet net = earthAndMars();
    var _ = net.put(1, PUMP, "", "{\"attributes\":{\"site\":\"north\"}}");
    net.until(HOUR + 1_800);
    var _ = net.put(1, PUMP, "attributes/site", "\"south\"");
    net.until(HOUR + 1_800 + 479);
    assertEquals("\"north\"", net.get(2, PUMP, "attributes/site"));
    net.until(HOUR + 1_800 + 482);
    assertEquals("\"south\"", net.get(2, PUMP, "attributes/site"));
  }

  /**
   * The third region is cut off for five years, while all write and delete: after one contact with
   * one of the others all are equal, nothing has come back and nothing is lost.
   */
  @Test
  void anIslandIsInStepAfterOneContactAlthoughItWasAloneForFiveYears() {
    long years = 5 * 365 * DAY;
    TwinNet net = new TwinNet(3, 3);
    var _ = net.contact(1, 2, HOUR, 2 * HOUR, 1_300);
    var _ = net.contact(1, 3, DAY, DAY + HOUR, 1_200_000);
    for (long week = 1; 7 * week * DAY < years + 30 * DAY; week++) {
      var _ = net.contact(1, 2, 7 * week * DAY + HOUR, 7 * week * DAY + HOUR + 600, 1_300);
    }
    var _ = net.contact(1, 3, years, years + HOUR, 1_200_000);
    var _ = net.start();
    for (int i = 0; i < 30; i++) {
      var _ = net.put(1 + i % 3, thing(i), "", "{\"attributes\":{\"n\":" + i + "}}");
    }
    net.until(10 * DAY);
    assertEquals(net.status(1, OPEN).root(), net.status(3, OPEN).root());
    for (int month = 1; month <= 58; month++) {
      net.until((10 + 30L * month) * DAY);
      for (int n = 1; n <= 3; n++) {
        int own = (3 * month + n) % 30;
        if (month % 5 == n) {
          var _ = net.delete(n, thing(own), "");
        } else {
          String json = "{\"attributes\":{\"n\":" + (1_000 * n + month) + "}}";
          var _ = net.put(n, thing(own), "", json);
        }
      }
    }
    var _ = net.delete(1, thing(0), "");
    var _ = net.put(3, thing(0), "attributes/left", "true");
    net.until(years - DAY);
    assertNotEquals(net.status(1, OPEN).root(), net.status(3, OPEN).root());
    net.until(years + 20 * DAY);
    for (int n = 2; n <= 3; n++) {
      assertEquals(net.status(1, OPEN).root(), net.status(n, OPEN).root(), "region " + n);
      for (int i = 0; i < 30; i++) {
        assertEquals(net.get(1, thing(i), ""), net.get(n, thing(i), ""), "thing " + i);
      }
    }
    assertEquals("-", net.get(3, thing(0), ""), "deleted on one side, changed on the other");
    assertEquals(List.of(), net.twins(1).notes());
    assertEquals(List.of(), net.twins(3).notes());
  }

  /**
   * The second region can hear the first one for an hour a day, and never be heard. Bundles are
   * lost and doubled, its store is set back to an old copy: it is in step again, and knows it.
   */
  @Test
  void aRegionThatCanNeverAnswerIsRepaired() {
    TwinNet net = new TwinNet(6, 2);
    for (long day = 0; day < 60; day++) {
      var _ = net.oneWay(1, 2, day * DAY + HOUR, day * DAY + 2 * HOUR, 480_000);
    }
    var _ = net.start();
    List<Octets> back = net.captured(2, IpnEid.of(1, 64));
    for (int i = 0; i < 30; i++) {
      var _ = net.put(1, thing(i), "", "{\"attributes\":{\"n\":" + i + "}}");
    }
    net.until(3 * DAY);
    assertEquals(net.status(1, OPEN).root(), net.status(2, OPEN).root());
    MemoryBundleStore copy = net.node(2).snapshot();
    net.wire(1, 2).forth().disturb("lost", Disturbance.loss(0.2));
    net.wire(1, 2).forth().disturb("twice", Disturbance.duplication(0.2));
    for (long day = 3; day < 30; day++) {
      int some = (int) (7 * day % 30);
      var _ =
          day % 4 == 0
              ? net.delete(1, thing(some), "")
              : net.put(1, thing(some), "", "{\"attributes\":{\"n\":" + (100 + day) + "}}");
      net.until(day * DAY + 3 * HOUR);
    }
    net.node(2).restore(copy, new Crash(Crash.Point.NOW, 0, 60_000_000_000L, true));
    net.until(31 * DAY);
    net.until(36 * DAY);
    for (int i = 0; i < 30; i++) {
      assertEquals(net.get(1, thing(i), ""), net.get(2, thing(i), ""), "thing " + i);
    }
    assertEquals(net.status(1, OPEN).root(), net.status(2, OPEN).root());
    assertTrue(net.status(2, OPEN).peers().getFirst().inStep());
    assertEquals(List.of(), back, "nothing is sent back");
    assertTrue(net.status(1, OPEN).peers().getFirst().heard().isEmpty());
  }

  /**
   * What is no message, is changed on its way, is of another class or comes again changes nothing;
   * it is taken from custody, counted and told, with who is to blame where that is known.
   */
  @Test
  void poisonIsRefusedCountedAndBlamed() {
    TwinNet net = earthAndMars();
    List<Octets> payloads = net.captured(2, IpnEid.of(1, 64));
    var _ = net.put(2, PUMP, "", "{\"attributes\":{\"site\":\"north\"}}");
    net.until(3 * HOUR);
    assertEquals("\"north\"", net.get(1, PUMP, "attributes/site"));
    String root = net.status(1, OPEN).root();
    net.until(DAY);
    List<Octets> genuine = List.copyOf(payloads);
    net.submit(2, IpnEid.of(1, 64), Octets.ofHex("00ff00ff"));
    for (Octets payload : genuine) {
      net.submit(2, IpnEid.of(1, 64), payload);
      byte[] bytes = payload.toByteArray();
      bytes[bytes.length - 20] ^= 1;
      net.submit(2, IpnEid.of(1, 64), Octets.wrap(bytes));
    }
    net.until(DAY + 3 * HOUR);
    assertEquals(root, net.status(1, OPEN).root());
    assertEquals(List.of(), net.held(1, IpnEid.of(1, 64)));
    List<String> notes = net.twins(1).notes();
    assertTrue(notes.stream().anyMatch(it -> it.contains("is no message: offset")), "" + notes);
    assertTrue(notes.stream().anyMatch(it -> it.contains("region r2, BAD_SIGNATURE")), "" + notes);
    TwinAnswer look = net.ask(1, new TwinRequest.Look());
    var problems = assertInstanceOf(TwinAnswer.Regions.class, look).problems();
    assertTrue(problems.getOrDefault(Notice.What.BAD_SIGNATURE, 0L) > 0, "" + problems);
    assertTrue(problems.getOrDefault(Notice.What.REFUSED, 0L) > 0, "" + problems);
  }

  /**
   * Two regions that no link joins, of which each has said its writes to the wind: what is carried
   * by hand, a digest one way and an answer back, brings them in step.
   */
  @Test
  void regionsAreInStepByFilesThatSomebodyCarries() {
    TwinNet net = new TwinNet(4, 2).start();
    var _ = net.put(1, PUMP, "", "{\"attributes\":{\"site\":\"north\"}}");
    var _ = net.put(2, PUMP, "", "{\"attributes\":{\"n\":{\"$set\":[1]}}}");
    net.until(DAY);
    assertEquals("-", net.get(2, PUMP, "attributes/site"));
    Octets digest = carried(net.ask(2, new TwinRequest.Digest(Optional.of("r1")))).file();
    Octets answer = carried(net.ask(1, new TwinRequest.Take(digest, true))).file();
    byte[] poison = answer.toByteArray();
    poison[new String(poison, StandardCharsets.ISO_8859_1).indexOf("north")] ^= 1;
    TwinAnswer.Carried refused =
        carried(net.ask(2, new TwinRequest.Take(Octets.wrap(poison), false)));
    assertEquals("-", net.get(2, PUMP, "attributes/site"), "" + refused);
    assertEquals(List.of(), refused.things());
    assertEquals(
        List.of(
            "class open, region r1, BAD_SIGNATURE: 35843d84e5a1a8f048dc5414d39cef26 1-2, 0 not shown was changed on its way"),
        refused.problems());
    TwinAnswer.Carried taken = carried(net.ask(2, new TwinRequest.Take(answer, true)));
    assertEquals(List.of(PUMP), taken.things());
    assertEquals(List.of(), taken.problems());
    assertEquals("\"north\"", net.get(2, PUMP, "attributes/site"));
    var _ = net.ask(1, new TwinRequest.Take(taken.file(), false));
    assertEquals(net.status(1, OPEN).root(), net.status(2, OPEN).root());
    TwinAnswer cut = net.ask(1, new TwinRequest.Take(answer.slice(0, answer.size() - 9), false));
    assertEquals(
        TwinAnswer.Reason.INVALID, assertInstanceOf(TwinAnswer.Failed.class, cut).reason());
  }

  private static TwinAnswer.Carried carried(TwinAnswer answer) {
    return assertInstanceOf(TwinAnswer.Carried.class, answer);
  }

  private static String thing(int i) {
    return "org.example:t" + i;
  }
}
