package dev.holdfast.contacts.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.contacts.ReferenceData;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MahimahiTest {
  private static final Mahimahi.Link ONCE =
      new Mahimahi.Link("a", "b", OptionalLong.of(20_000_000), OptionalLong.empty());

  private static Mahimahi.Link loop(long untilMillis) {
    return new Mahimahi.Link(
        "a", "b", OptionalLong.empty(), OptionalLong.of(untilMillis * 1_000_000));
  }

  private static LinkTrace read(String text, Mahimahi.Link link) {
    return Mahimahi.read(TraceSource.ofText("t", text), link, TraceLimits.DEFAULT);
  }

  @Test
  void opportunitiesOfOneMillisecondAreOne() {
    assertThat(Traces.lines(read("0\n48\n48\n48\n57", ONCE)))
        .containsExactly(
            "0 a>b up owlt=0.02",
            "0 a>b opportunity 1500",
            "0.048 a>b opportunity 4500",
            "0.057 a>b opportunity 1500",
            "0.057 a>b down inflight=delivered");
  }

  @Test
  void aLoopStartsAgainAtItsLastInstant() {
    assertThat(Traces.lines(read("1\n3\n3\n", loop(8))))
        .containsExactly(
            "0 a>b up",
            "0.001 a>b opportunity 1500",
            "0.003 a>b opportunity 3000",
            "0.004 a>b opportunity 1500",
            "0.006 a>b opportunity 3000",
            "0.007 a>b opportunity 1500",
            "0.008 a>b down inflight=delivered");
    assertThat(Traces.lines(read("1\n3\n", loop(2))))
        .containsExactly(
            "0 a>b up", "0.001 a>b opportunity 1500", "0.002 a>b down inflight=delivered");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ``      ~ t:1: the file has no opportunity; expected whole milliseconds, one a line
          1|x     ~ t:2: the line has 'x'; expected a whole number of milliseconds and no more
          1|2.5   ~ t:2: the line has '2.5'; expected a whole number of milliseconds and no more
          1|2 3   ~ t:2: the line has '3'; expected a whole number of milliseconds and no more
          5|4     ~ t:2: time runs backwards: 4 after 5; sort the lines
          """)
  void tellsWhereAndWhatAndHowToMendIt(String text, String problem) {
    assertThat(
            Traces.problem(
                text.replace('|', '\n'),
                source -> Mahimahi.read(source, ONCE, TraceLimits.DEFAULT)))
        .isEqualTo(problem);
  }

  @Test
  void aLoopIsHeldWithinItsLimit() {
    TraceLimits small = new TraceLimits(64, 3, 5, 2, 1, 2, 1);
    assertThat(Traces.problem("1\n2\n3\n", source -> Mahimahi.read(source, loop(9_000), small)))
        .isEqualTo("t:3: more than 2 times; a longer trace can be played once, without a loop");
    assertThat(Traces.problem("0\n", source -> Mahimahi.read(source, loop(9_000), small)))
        .isEqualTo("t:1: a loop lasts no time; let the last line be above 0");
  }

  @Test
  void aLinkHasTwoNames() {
    assertThatThrownBy(
            () -> new Mahimahi.Link("a", "a", OptionalLong.empty(), OptionalLong.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** As many opportunities as lines. */
  @ParameterizedTest
  @CsvSource({"traces/ATT-LTE-driving-2016.up, 19101", "traces/ATT-LTE-driving-2016.down, 45604"})
  void readsTracesOfCellularLinks(String name, long packets) {
    String text = ReferenceData.text(name);
    assertThat(text.lines().count()).isEqualTo(packets);
    long bytes = 0;
    long last = 0;
    LinkTrace trace = read(text, ONCE);
    while (trace.hasNext()) {
      TraceEvent event = trace.next();
      last = event.nanos();
      if (event.change() instanceof LinkChange.Opportunity(long some)) {
        bytes += some;
      }
    }
    assertThat(bytes).isEqualTo(1500 * packets);
    assertThat(last / 1_000_000).isEqualTo(Long.parseLong(text.lines().toList().getLast()));
  }
}
