package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Bundles made without a clock are named by a number alone: no crash and no old copy of the store
 * may give a number again, whatever it took from what was known of those before.
 */
class ClocklessIdentityTest {
  private static final Eid APP1 = Net.endpoint(1, 5);
  private static final Eid APP2 = Net.endpoint(2, 5);

  private final Net net = Net.planned(1).line(2).start();
  private final List<BundleId> made = new ArrayList<>();

  @BeforeEach
  void nobodyKnowsTheTime() {
    net.node(1).wallClock(0, false);
  }

  /** Makes some a second after whatever was before. */
  private void make() {
    net.world().run(1_000);
    makeAtOnce();
  }

  /** Makes three best-effort bundles, which no turn syncs to disk, in one millisecond. */
  private void makeAtOnce() {
    for (int i = 0; i < 3; i++) {
      Request.Submit s = Net.submit(APP1, APP2, 10, TrafficClass.NORMAL);
      Request.Submit draft =
          new Request.Submit(
              s.to(),
              s.from(),
              s.lifetimeMillis(),
              new Request.Service(TrafficClass.NORMAL, 0, false, true, true, 32),
              s.reports(),
              s.payload(),
              s.trailer());
      switch (net.node(1).answer(net.node(1).ask(draft)).orElseThrow()) {
        case Answer.Submitted(BundleId id) -> made.add(id);
        case Answer other -> throw new AssertionError(other.toString());
      }
    }
  }

  private void noneTwice() {
    assertThat(made).allMatch(id -> id.created().time().isUnknown()).doesNotHaveDuplicates();
  }

  @Test
  void aCrashThatTakesTheLastNumbersGivenGivesNoneAgain() {
    make();
    net.node(1).crash(false);
    assertThat(net.node(1).store().stats().bundles()).isZero();
    make();
    noneTwice();
  }

  @Test
  void norDoesOneThatTakesNothingAndNoTime() {
    make();
    net.node(1).crash(new Crash(Crash.Point.NOW, 1, 0, false));
    net.world().run(0);
    makeAtOnce();
    noneTwice();
  }

  @Test
  void norDoesAMachineThatBootsAnewAndComesToTheSameTimeSinceBoot() {
    make();
    net.node(1).crash(true);
    make();
    net.node(1).crash(true);
    make();
    noneTwice();
  }

  @Test
  void norDoesACrashOfALaterBootThatKnowsTheNumbersOfTheOneBefore() {
    for (int boot = 0; boot < 8; boot++) {
      make();
      net.node(1).crash(new Crash(Crash.Point.NOW, 1, 0, true));
      make();
      net.node(1).crash(false);
      make();
    }
    noneTwice();
  }

  @Test
  void norDoesAStoreThatIsPutBackToAnOlderCopy() {
    make();
    MemoryBundleStore copy = net.node(1).snapshot();
    for (boolean reboot : new boolean[] {false, true, true}) {
      make();
      net.node(1).restore(copy, new Crash(Crash.Point.NOW, 1, 0, reboot));
      make();
    }
    noneTwice();
  }
}
