package dev.holdfast.contacts.orbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Windows from samples. */
final class ScanTest {
  private static List<Window> scan(DoubleUnaryOperator clearance, double end) {
    Scan scan = new Scan(clearance);
    for (double t = 0; t <= end; t += 30) {
      scan.next(t, clearance.applyAsDouble(t));
    }
    return scan.windows();
  }

  @Test
  void edgesAreFoundBetweenSamples() {
    List<Window> windows = scan(t -> Math.sin(t / 100), 900);

    assertThat(windows).hasSize(2);
    assertThat(windows.get(0).start()).isCloseTo(0, within(0.05));
    assertThat(windows.get(0).end()).isCloseTo(100 * Math.PI, within(0.05));
    assertThat(windows.get(1).start()).isCloseTo(200 * Math.PI, within(0.05));
    assertThat(windows.get(1).end()).as("still open at the last sample").isEqualTo(900);
  }

  @Test
  void whatIsShorterThanAStepIsFound() {
    List<Window> pass = scan(t -> 16 - (t - 137) * (t - 137), 600);
    List<Window> gap = scan(t -> (t - 137) * (t - 137) - 16, 600);

    assertThat(pass).hasSize(1);
    assertThat(pass.getFirst().start()).isCloseTo(133, within(0.05));
    assertThat(pass.getFirst().end()).isCloseTo(141, within(0.05));
    assertThat(gap).hasSize(2);
    assertThat(gap.getFirst().end()).isCloseTo(133, within(0.05));
    assertThat(gap.getLast().start()).isCloseTo(141, within(0.05));
  }

  @Test
  void whatOnlyComesNearIsNone() {
    assertThat(scan(t -> -1 - (t - 137) * (t - 137), 600)).isEmpty();
    assertThat(scan(t -> 1 + (t - 137) * (t - 137), 600)).containsExactly(new Window(0, 600));
    assertThat(scan(_ -> -1, 600)).isEmpty();
  }
}
