package dev.holdfast.gateway.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.gateway.sim.SimWorld;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Regions that no contact plan leads to. */
class OutlookTest {
  private static final long HOUR = 3_600_000;

  private final Outlook outlook = new Outlook(new TwinNet(1, 2).twinSettings(1));
  private DtnTime now = SimWorld.START;

  private List<String> review() {
    return outlook.review(now).stream().map(it -> it.getClass().getSimpleName()).toList();
  }

  @Test
  void whoAnswersIsNotAnsweredForThat() {
    assertEquals(List.of("Opened"), review());
    for (int i = 0; i < 3; i++) {
      outlook.heard("r2");
      assertEquals(List.of(), review());
    }
    now = now.plus(HOUR);
    assertEquals(List.of("Closed", "Opened"), review());
    outlook.heard("r2");
    assertEquals(List.of(), review());
  }

  @Test
  void whoIsHeardAfterALongSilenceIsSentToAtOnceAndOnce() {
    assertEquals(List.of("Opened"), review());
    for (int i = 0; i < 3; i++) {
      now = outlook.next();
      assertEquals(List.of("Closed", "Opened"), review());
    }
    assertEquals(8 * HOUR, outlook.next().since(now));
    outlook.heard("r2");
    assertEquals(List.of("Closed", "Opened"), review());
    outlook.heard("r2");
    assertEquals(List.of(), review());
    assertEquals(HOUR, outlook.next().since(now));
  }
}
