package dev.holdfast.contacts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTraceTextTest {
  private static final long SECOND = 1_000_000_000L;

  private static LinkTrace read(String text) {
    return LinkTraceText.read(TraceSource.ofText("t", text), TraceLimits.DEFAULT);
  }

  private static String problem(String text) {
    return Traces.problem(text, source -> LinkTraceText.read(source, TraceLimits.DEFAULT));
  }

  @Test
  void readsEveryChange() {
    LinkTrace trace = read(Traces.vector("all-changes.linktrace"));
    assertThat(trace.epoch()).contains(DtnTime.of(Instant.parse("2026-12-01T00:00:00Z")));
    List<TraceEvent> events = new ArrayList<>();
    trace.forEachRemaining(events::add);
    OptionalLong unsaid = OptionalLong.empty();
    assertThat(events)
        .containsExactly(
            new TraceEvent(0, "48", "4", Traces.up(100_000, 240_000_000)),
            new TraceEvent(0, "4", "48", new LinkChange.Up(unsaid, unsaid)),
            new TraceEvent(12_500_000_000L, "48", "4", new LinkChange.Rate(50_000)),
            new TraceEvent(12_500_000_000L, "48", "4", new LinkChange.Delay(250_000_001)),
            new TraceEvent(30 * SECOND, "48", "4", new LinkChange.Loss(0.02)),
            new TraceEvent(31_200_000_000L, "48", "4", new LinkChange.Reset()),
            new TraceEvent(40_000_000_001L, "4", "48", new LinkChange.Opportunity(1500)),
            new TraceEvent(60 * SECOND, "48", "4", new LinkChange.Down(false)),
            new TraceEvent(60 * SECOND, "4", "48", new LinkChange.Down(true)),
            new TraceEvent(
                60_500_000_000L,
                "4",
                "48",
                new LinkChange.Transfer("ipn:4.0/17", 125_000, 71 * SECOND)),
            new TraceEvent(
                61 * SECOND, "48", "4", new LinkChange.Up(unsaid, OptionalLong.of(SECOND))),
            new TraceEvent(62 * SECOND, "48", "4", new LinkChange.Down(true)),
            new TraceEvent(
                63 * SECOND, "sat-1_a.b:9", "4", new LinkChange.Up(OptionalLong.of(1), unsaid)));
    assertThat(trace.findings()).isEmpty();
    assertThat(events.get(2).from()).isSameAs(events.getFirst().from());
  }

  @Test
  void printsTheGoldenFile() {
    String printed = Traces.text(read(Traces.vector("all-changes.linktrace")));
    assertThat(printed).isEqualTo(Traces.vector("all-changes.printed.linktrace"));
    assertThat(Traces.text(read(printed))).isEqualTo(printed);
  }

  @Test
  void linesMayEndAsInOtherSystems() {
    String text = "\ufeff#linktrace 1\r\n0 a>b up\r\n\r\n1 a>b down\r\n";
    assertThat(Traces.lines(read(text)))
        .containsExactly("0 a>b up", "1 a>b down inflight=delivered");
    assertThat(read("#linktrace 1\n").hasNext()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          -1 a>b up               ~ the time is '-1'; expected seconds from 0 on with up to nine decimals
          1.0000000001 a>b up     ~ the time is '1.0000000001'; expected seconds from 0 on with up to nine decimals
          1. a>b up               ~ the time is '1.'; expected seconds from 0 on with up to nine decimals
          1e3 a>b up              ~ the time is '1e3'; expected seconds from 0 on with up to nine decimals
          99999999999 a>b up      ~ the time is '99999999999'; expected seconds from 0 on with up to nine decimals
          5                       ~ the line stops too early; expected TIME FROM>TO CHANGE
          5 # a>b up              ~ the line stops too early; expected TIME FROM>TO CHANGE
          5 ab up                 ~ 'ab' is no link; expected FROM>TO, without blanks
          5 a > b up              ~ 'a' is no link; expected FROM>TO, without blanks
          5 a> up                 ~ '' is no node name; use letters, digits and - _ . : in names
          5 a>b>c up              ~ 'b>c' is no node name; use letters, digits and - _ . : in names
          5 ä>b up                ~ 'ä' is no node name; use letters, digits and - _ . : in names
          5 a>a up                ~ the link a>a has one end; name two different nodes
          5 a>b                   ~ the line stops too early; expected up, down, rate, delay, loss, reset, opportunity or xfer
          5 a>b open              ~ the word 'open' is unknown; expected up, down, rate, delay, loss, reset, opportunity or xfer
          5 a>b up rate=0         ~ the rate is 'rate=0'; expected whole bytes per second, 1 up to 10^12
          5 a>b up rate=1000000000001 ~ the rate is 'rate=1000000000001'; expected whole bytes per second, 1 up to 10^12
          5 a>b up rate=5 rate=6  ~ the word 'rate=6' is unknown here; expected up [rate=BYTES_PER_SECOND] [owlt=SECONDS], each at most once
          5 a>b up owlt=-1        ~ the light time is 'owlt=-1'; expected seconds with up to nine decimals, at most 31622400
          5 a>b up fast           ~ the word 'fast' is unknown here; expected up [rate=BYTES_PER_SECOND] [owlt=SECONDS], each at most once
          5 a>b down              ~ the link a>b is not up, so it cannot go down; let it go up before
          5 a>b reset             ~ the link a>b is not up, so no session breaks off; let it go up before
          5 a>b opportunity 9     ~ the link a>b is not up, so nothing can leave; let it go up before
          5 a>b rate              ~ the line stops too early; expected rate BYTES_PER_SECOND
          5 a>b rate 5k           ~ the rate is '5k'; expected whole bytes per second, 1 up to 10^12
          5 a>b delay 5ms         ~ the light time is '5ms'; expected seconds with up to nine decimals, at most 31622400
          5 a>b loss 1.1          ~ the probability is '1.1'; expected a decimal number from 0 to 1
          5 a>b loss NaN          ~ the probability is 'NaN'; expected a decimal number from 0 to 1
          5 a>b loss .            ~ the probability is '.'; expected a decimal number from 0 to 1
          5 a>b loss 0.1 seed=7   ~ 'seed=7' is one word too many; a comment starts with #
          5 a>b xfer id=          ~ the id of the transfer is missing; expected xfer id=NAME bytes=COUNT end=SECONDS
          5 a>b xfer id=7 end=9   ~ the length of the transfer is missing; expected xfer id=NAME bytes=COUNT end=SECONDS
          5 a>b xfer id=7 bytes=9 ~ the end of the transfer is missing; expected xfer id=NAME bytes=COUNT end=SECONDS
          5 a>b xfer id=7 bytes=9 end=4 ~ the end is 'end=4'; expected seconds, not before the event
          #epoch 2026-12-01T00:00:00Z ~ an epoch after the first event; write it in the second line
          4.999999999 a>b up      ~ time runs backwards: 4.999999999 after 5; sort the lines by time
          5 x>y up                ~ the link x>y is up already; let it go down before, or write what changes (rate, delay)
          """)
  void tellsWhereAndWhatAndHowToMendIt(String line, String problem) {
    assertThat(problem("#linktrace 1\n# x\n5 x>y up\n" + line + "\n")).isEqualTo("t:4: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                         ~ t:1: the file is empty; its first line is '#linktrace 1'
          0 a>b up|                                  ~ t:1: this is no link trace; its first line is '#linktrace 1'
          |#linktrace 1|                             ~ t:1: this is no link trace; its first line is '#linktrace 1'
          #linktrace 2|                              ~ t:1: the version of the format is not 1; write '#linktrace 1'
          #linktrace|                                ~ t:1: the version of the format is not 1; write '#linktrace 1'
          #linktrace 1                               ~ t:1: the file stops within this line; fetch the whole file, or end the line if it is all
          #linktrace 1|#epoch yesterday|             ~ t:2: the epoch 'yesterday' is no time; write it as 2026-12-01T00:00:00Z
          #linktrace 1|#epoch|                       ~ t:2: the epoch '' is no time; write it as 2026-12-01T00:00:00Z
          #linktrace 1|#epoch 2026/12/01-00:00:00|#epoch 2026/12/01-00:00:00| ~ t:3: a second epoch; leave one out
          #linktrace 1|0 a>b up rate=10              ~ t:2: the file stops within this line; fetch the whole file, or end the line if it is all
          """)
  void tellsWhatIsNoTrace(String text, String problem) {
    assertThat(problem(text.replace('|', '\n'))).isEqualTo(problem);
  }

  @Test
  void keepsItsLimits() {
    TraceLimits small = new TraceLimits(64, 3, 5, 2, 1, 1, 1);
    String start = "#linktrace 1\n0 a>b up\n0 b>a up\n";
    assertThat(Traces.problem(start + "0 a>c up\n", source -> LinkTraceText.read(source, small)))
        .isEqualTo("t:4: more than 2 links; split the trace");
    assertThat(Traces.problem(start + "0 c>d up\n", source -> LinkTraceText.read(source, small)))
        .isEqualTo("t:4: more than 3 node names; split the trace");
    assertThat(
            Traces.problem(start + "0 abcdef>d up\n", source -> LinkTraceText.read(source, small)))
        .isEqualTo("t:4: a node name is longer than 5 bytes; use shorter names");
    String longest = "#linktrace 1\n# " + "x".repeat(62) + "\n";
    assertThat(LinkTraceText.read(TraceSource.ofText("t", longest), small)).isExhausted();
    for (String end : List.of("x\n", "x\r\n", "x", "x".repeat(1 << 20))) {
      assertThat(
              Traces.problem(
                  longest.stripTrailing() + end, source -> LinkTraceText.read(source, small)))
          .isEqualTo("t:2: the line is longer than 64 bytes; no line of a trace is that long");
    }
  }

  /**
   * Cut anywhere, a trace gives its first events, and is refused unless it is cut between lines.
   */
  @Test
  void aCutTraceIsNoticed() {
    byte[] whole = Traces.vector("all-changes.printed.linktrace").getBytes(StandardCharsets.UTF_8);
    List<String> all = Traces.lines(read(new String(whole, StandardCharsets.UTF_8)));
    for (int length = 0; length < whole.length; length++) {
      List<String> events = new ArrayList<>();
      boolean refused = false;
      try {
        LinkTrace trace =
            LinkTraceText.read(
                new TraceSource("t", new ByteArrayInputStream(whole, 0, length)),
                TraceLimits.DEFAULT);
        trace.forEachRemaining(event -> events.add(Traces.line(event)));
      } catch (BadTraceException cut) {
        refused = true;
        assertThat(cut.source()).isEqualTo("t");
        assertThat(cut.line()).isPositive();
      }
      assertThat(events).isEqualTo(all.subList(0, events.size()));
      assertThat(refused).as("%d", length).isEqualTo(length == 0 || whole[length - 1] != '\n');
    }
  }

  /** What is printed reads as the same events and prints as the same text. */
  @Test
  void printedTracesReadAsThemselves() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      List<TraceEvent> events = new RandomTrace(random).events(random.nextInt(200));
      Optional<DtnTime> epoch =
          random.nextBoolean()
              ? Optional.of(new DtnTime(random.nextLong(4_000_000_000_000L)))
              : Optional.empty();
      String text = Traces.text(LinkTrace.of(epoch, events.iterator()));
      LinkTrace again = read(text);
      assertThat(again.epoch()).isEqualTo(epoch);
      List<TraceEvent> read = new ArrayList<>();
      again.forEachRemaining(read::add);
      assertThat(read).as("round %d", round).isEqualTo(events);
    }
  }
}
