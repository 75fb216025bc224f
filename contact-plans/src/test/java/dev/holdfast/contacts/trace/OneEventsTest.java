package dev.holdfast.contacts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ReferenceData;
import dev.holdfast.contacts.format.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneEventsTest {
  private static LinkTrace read(TraceSource source) {
    return OneEvents.read(source, LinkDefaults.NONE, Tolerance.STRICT, TraceLimits.DEFAULT);
  }

  private static LinkTrace read(String text) {
    return read(TraceSource.ofText("t", text));
  }

  private static List<TraceMessage> messages(String text) {
    List<TraceMessage> messages = new ArrayList<>();
    OneEvents.messages(TraceSource.ofText("t", text), TraceLimits.DEFAULT)
        .forEachRemaining(messages::add);
    return messages;
  }

  @Test
  void aConnectionIsTwoLinks() {
    LinkTrace trace = read(Traces.vector("connections.one"));
    assertThat(Traces.lines(trace))
        .containsExactly(
            "0.5 3>7 up",
            "0.5 7>3 up",
            "2.25 7>9 up",
            "2.25 9>7 up",
            "9.3 9>7 down inflight=delivered",
            "9.3 7>9 down inflight=delivered",
            "12.5 3>7 down inflight=delivered",
            "12.5 7>3 down inflight=delivered");
    assertThat(trace.epoch()).isEmpty();
    assertThat(trace.findings())
        .containsExactly("7 lines of messages (C, S, DE, A, DR, R) are no events of links");
  }

  @Test
  void linksHaveTheDefaults() {
    LinkDefaults defaults = new LinkDefaults(OptionalLong.of(250_000), OptionalLong.of(1_000_000));
    LinkTrace trace =
        OneEvents.read(
            TraceSource.ofText("t", "1 CONN a b up\n"),
            defaults,
            Tolerance.STRICT,
            TraceLimits.DEFAULT);
    assertThat(Traces.lines(trace))
        .containsExactly("1 a>b up rate=250000 owlt=0.001", "1 b>a up rate=250000 owlt=0.001");
  }

  @Test
  void createdMessagesAreTraffic() {
    assertThat(messages(Traces.vector("connections.one")))
        .containsExactly(
            new TraceMessage(500_000_000L, "M1", "3", "9", 500_000),
            new TraceMessage(13_000_000_000L, "M2", "n9", "p3", 1000));
  }

  @Test
  void repeatedConnectionsAreRefusedOrLeftOut() {
    String text = "1 CONN a b up wifi\n2 CONN b a up bt\n3 CONN a b down\n4 CONN a b down\n";
    assertThat(Traces.problem(text, OneEventsTest::read))
        .isEqualTo(
            "t:2: the link a>b is up already;"
                + " let it go down before, or write what changes (rate, delay)");
    assertThat(Traces.problem(text.replace("2 CONN b a up bt\n", ""), OneEventsTest::read))
        .isEqualTo("t:3: the link a>b is not up, so it cannot go down; let it go up before");
    LinkTrace repaired =
        OneEvents.read(
            TraceSource.ofText("t", text),
            LinkDefaults.NONE,
            Tolerance.REPAIR,
            TraceLimits.DEFAULT);
    assertThat(Traces.lines(repaired))
        .containsExactly(
            "1 a>b up",
            "1 b>a up",
            "3 a>b down inflight=delivered",
            "3 b>a down inflight=delivered");
    assertThat(repaired.findings())
        .containsExactly(
            "1 connections that were up went up again: left out",
            "1 connections that were not up went down: left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          x CONN 1 2 up        ~ the time is 'x'; expected seconds from 0 on
          -3 CONN 1 2 up       ~ the time is '-3'; expected seconds from 0 on
          1E99999999 CONN 1 2 up ~ the time is '1E99999999'; expected seconds from 0 on
          4                    ~ the line stops after its time; expected TIME CONN HOST HOST up|down
          4 CONN 1             ~ the line stops too early; expected TIME CONN HOST HOST up|down
          4 CONN 1 2           ~ the line stops too early; expected TIME CONN HOST HOST up|down
          4 CONN 1 2 u         ~ the word 'u' is unknown; expected TIME CONN HOST HOST up|down
          4 CONN 1 1 up        ~ the link 1>1 has one end; name two different nodes
          4 CONN [1 2 up       ~ '[1' is no node name; use letters, digits and - _ . : in names
          4 CON 1 2 up         ~ the word 'CON' is unknown; expected CONN, or C, S, DE, A, DR or R
          2.999 CONN 1 2 up    ~ time runs backwards: 2.999 after 3; sort the lines by time
          """)
  void tellsWhereAndWhatAndHowToMendIt(String line, String problem) {
    String text = "#\n3 CONN 8 9 up\n" + line;
    assertThat(Traces.problem(text, OneEventsTest::read)).isEqualTo("t:3: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          1 C              ~ the line stops too early; expected TIME C ID FROM TO SIZE
          1 C M1 1         ~ the line stops too early; expected TIME C ID FROM TO SIZE
          1 C M1 1 2       ~ the line stops too early; expected TIME C ID FROM TO SIZE
          1 C M1 1 2 -5    ~ the size is '-5'; expected whole bytes
          1 X M1 1 2 5     ~ the word 'X' is unknown; expected CONN, or C, S, DE, A, DR or R
          """)
  void tellsWhatIsWrongWithMessages(String line, String problem) {
    assertThat(
            Traces.problem(
                line,
                source -> {
                  OneEvents.messages(source, TraceLimits.DEFAULT).forEachRemaining(_ -> {});
                  return read("");
                }))
        .isEqualTo("t:1: " + problem);
  }

  @Test
  void readsAMessageScriptOfTheOne() {
    String text = ReferenceData.text("traces/one-messages-1000c_100n_12h.txt");
    List<TraceMessage> messages = messages(text);
    assertThat(messages).hasSize(1000);
    assertThat(messages.getFirst())
        .isEqualTo(new TraceMessage(3_662_500_000_000L, "M1", "4", "2", 1_262_799));
    assertThat(read(text)).isExhausted();
  }
}
