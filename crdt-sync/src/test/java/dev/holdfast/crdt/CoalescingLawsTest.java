package dev.holdfast.crdt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is left of operations once later ones took earlier ones in says the same as all of them, for
 * each type, on a twentieth of {@code -Dholdfast.laws=N} seeded traces, 5,000 unless set. A failure
 * names its seed.
 */
final class CoalescingLawsTest {
  private static final int CASES = Integer.getInteger("holdfast.laws", 100_000) / 20;

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "MAP", mode = EnumSource.Mode.EXCLUDE)
  void whatIsLeftSaysTheSame(Kind kind) {
    long made = 0;
    long kept = 0;
    for (long seed = 0; seed < CASES; seed++) {
      var trace = new CoalescingTrace(seed);
      try {
        trace.run(kind);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(kind + ", seed " + seed + ": " + e.getMessage(), e);
      }
      made += trace.operations();
      kept += trace.left();
    }
    assertThat(kept).as("something was taken in").isLessThan(made * 9 / 10);
  }
}
