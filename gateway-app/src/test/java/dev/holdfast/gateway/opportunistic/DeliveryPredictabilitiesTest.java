package dev.holdfast.gateway.opportunistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.gateway.turn.OpportunisticSettings.Prophet;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The equations of RFC 6693 §2.1.2 with the parameters of §3.3, worked out by hand. */
class DeliveryPredictabilitiesTest {
  private static final NodeId B = NodeId.ipn(2);
  private static final NodeId C = NodeId.ipn(3);
  private static final long MINUTE = 60_000;
  private static final long TYPICAL = 30 * MINUTE;
  private static final Offset<Double> EXACT = within(1e-12);

  private final DeliveryPredictabilities a = new DeliveryPredictabilities(Prophet.RFC6693, 1000);

  @Test
  void aFirstEncounterAndThenHalfOfATypicalInterval() {
    a.met(B, 0);
    assertThat(a.of(B, 0)).isEqualTo(0.5);
    // Aged by 15 units to p; encounter 0.7 * 15/30; p + (1 - 0.01 - p) * 0.35.
    double aged = 0.5 * Math.pow(0.999, 15);
    a.met(B, TYPICAL / 2);
    assertThat(a.of(B, TYPICAL / 2)).isCloseTo(aged + (0.99 - aged) * 0.35, EXACT);
  }

  @Test
  void encountersThatComeAtOnceAddNothingAndLateOnesAddAllThereIs() {
    a.met(B, 0);
    for (int i = 0; i < 1000; i++) {
      a.met(B, 0);
    }
    assertThat(a.of(B, 0)).isEqualTo(0.5);
    double aged = 0.5 * Math.pow(0.999, 300);
    a.met(B, 10 * TYPICAL);
    assertThat(a.of(B, 10 * TYPICAL)).isCloseTo(aged + (0.99 - aged) * 0.7, EXACT);
  }

  @Test
  void neverMoreThanAllButDelta() {
    for (long i = 0; i < 100; i++) {
      a.met(B, i * TYPICAL);
    }
    assertThat(a.of(B, 100 * TYPICAL)).isLessThan(0.99).isGreaterThan(0.9);
  }

  @Test
  void itAgesByWholeUnitsHoweverOftenItIsLookedAt() {
    a.met(B, 0);
    for (long t = 0; t < 100 * MINUTE; t += 7_001) {
      var _ = a.of(B, t);
    }
    assertThat(a.of(B, 100 * MINUTE)).isCloseTo(0.5 * Math.pow(0.999, 100), EXACT);
    assertThat(a.of(B, 100 * MINUTE + MINUTE - 1)).isEqualTo(a.of(B, 100 * MINUTE));
  }

  @Test
  void throughAnotherItIsTheProductUnlessMoreIsKnown() {
    a.met(B, 0);
    a.told(B, Map.of(C, 0.8, B, 1.0), 0);
    assertThat(a.of(C, 0)).isCloseTo(0.5 * 0.8 * 0.9, EXACT);
    assertThat(a.of(B, 0)).as("what B says of itself").isEqualTo(0.5);
    a.told(B, Map.of(C, 0.1), 0);
    assertThat(a.of(C, 0)).as("less takes nothing away").isCloseTo(0.36, EXACT);
    a.met(C, 0);
    assertThat(a.of(C, 0)).as("not a first encounter").isCloseTo(0.36 + (0.99 - 0.36) * 0.7, EXACT);
  }

  @Test
  void belowTheThresholdAnEncounterIsAFirstOne() {
    a.met(B, 0);
    long longAfter = 2_000 * MINUTE;
    assertThat(a.of(B, longAfter)).isLessThan(0.1);
    a.met(B, longAfter);
    assertThat(a.of(B, longAfter)).isEqualTo(0.5);
  }

  @Test
  void theLeastLikelyAreForgottenWhenThereAreTooMany() {
    DeliveryPredictabilities few = new DeliveryPredictabilities(Prophet.RFC6693, 2);
    few.met(B, 0);
    few.told(B, Map.of(C, 0.9, NodeId.ipn(4), 0.5, NodeId.ipn(5), 0.7), 0);
    assertThat(few.all(0).keySet()).containsExactly(B, C);
    assertThat(few.of(NodeId.ipn(5), 0)).isZero();
  }
}
