package dev.holdfast.gateway.twin;

import static dev.holdfast.gateway.twin.TwinNet.DAY;
import static dev.holdfast.gateway.twin.TwinNet.HOUR;
import static dev.holdfast.gateway.twin.TwinNet.OPEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
