package dev.holdfast.gateway.linkem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TraceReaderTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Instant EPOCH = Instant.parse("2026-11-21T12:00:00Z");
  private static final LinkQuality OTHERWISE = new LinkQuality(1_000, 2 * SECOND, 0.5);

  private static LinkSchedule read(String text) {
    TraceReading reading = TraceReader.read(text, OTHERWISE, EPOCH);
    assertThat(reading).isInstanceOf(TraceReading.Read.class);
    return ((TraceReading.Read) reading).schedule();
  }

  private static String problem(String text) {
    TraceReading reading = TraceReader.read(text, OTHERWISE, EPOCH);
    assertThat(reading).isInstanceOf(TraceReading.Refused.class);
    return ((TraceReading.Refused) reading).problems().getFirst().toString();
  }

  @Test
  void readsWindowsOfBothDirections() {
    LinkSchedule schedule =
        read(
            """
            start_s,end_s,direction,rate,owlt,loss
            0,20,both,2Mbit/s,500ms,1%

            # the next one is one way
            30 40.5 forward - - 0   # half a second more
            2026-11-21T12:01:00Z - backward
            """);

    LinkQuality first = new LinkQuality(250_000, SECOND / 2, 0.01);
    assertThat(schedule.forward().windows())
        .containsExactly(
            new LinkWindow(0, 20 * SECOND, first),
            new LinkWindow(
                30 * SECOND, 40 * SECOND + SECOND / 2, new LinkQuality(1_000, 2 * SECOND, 0)));
    assertThat(schedule.backward().windows())
        .containsExactly(
            new LinkWindow(0, 20 * SECOND, first),
            new LinkWindow(60 * SECOND, LinkWindow.NEVER, OTHERWISE));
    assertThat(schedule.isOpenBothWays(10 * SECOND)).isTrue();
    assertThat(schedule.isOpenBothWays(35 * SECOND)).isFalse();
    assertThat(schedule.nextEdge(25 * SECOND)).isEqualTo(30 * SECOND);
    assertThat(schedule.roundTripNanos(0)).isEqualTo(SECOND);
  }

  @Test
  void windowsMayTouchAndStandInAnyOrder() {
    LinkSchedule schedule = read("10 20 forward\n0 10 forward 5kB/s\n");

    assertThat(schedule.forward().qualityAt(9 * SECOND).bytesPerSecond()).isEqualTo(5_000);
    assertThat(schedule.forward().qualityAt(10 * SECOND).bytesPerSecond()).isEqualTo(1_000);
    assertThat(schedule.backward().windows()).isEmpty();
    assertThat(schedule.backward().nextOpen(0)).isEqualTo(LinkWindow.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 20 sideways|1:6: 'sideways' is no direction; write forward, backward or both",
        "x 20 both|1:1: 'x' is no time; write seconds or an instant such as 2026-11-21T12:00:00Z",
        "20 10 both|1:4: the window ends before it starts",
        "0 10 both 5|1:11: '5' is no rate; write a number with bit/s, kbit/s, Mbit/s, Gbit/s or B/s,"
            + " such as 2Mbit/s",
        "0 10 both - 8d|1:13: a light time of 8d is over 7d",
        "0 10 both - - 100%|1:15: a loss of 100% lets nothing through; below 100%",
        "0 10|1:3: a line has 3 to 6 fields: start_s end_s direction rate owlt loss; this one has 2",
        "# nothing|1:1: the trace has no window",
      })
  void saysWhereAndWhatIsWrong(String text, String problem) {
    assertThat(problem(text)).isEqualTo(problem);
  }

  @Test
  void overlapNamesBothLines() {
    assertThat(problem("0 10 both\n# so\n5 15 forward\n"))
        .isEqualTo("3:1: this window overlaps the one of line 1");
  }

  @Test
  void lossIsAProbability() {
    assertThat(TraceReader.loss("2.5%")).isEqualTo(0.025);
    assertThat(TraceReader.loss("0")).isZero();
    assertThatThrownBy(() -> TraceReader.loss("-1")).hasMessageContaining("write 1% or 0.01");
    assertThatThrownBy(() -> TraceReader.loss("NaN")).hasMessageContaining("write 1% or 0.01");
  }
}
