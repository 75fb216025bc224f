package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.PlanLimits;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HdtnJsonTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);

  private static String json(String members) {
    return "{\"contacts\": [{" + members + "}]}";
  }

  @Test
  void readsContacts() {
    String text =
        """
        {"contacts": [
          {"contact": 0, "source": 1, "dest": 2, "startTime": 10, "endTime": 20,
           "rateBitsPerSec": 8000, "owlt": 5},
          {"source": 2, "dest": 1, "startTime": 0, "endTime": 20, "rateBitsPerSec": 16}
        ]}
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(contact(1, 2, 10, 20, 1000, 5), contact(2, 1, 0, 20, 2, 0));
  }

  @Test
  void timesCountFromTheEpoch() {
    String text =
        json(
            "\"source\":1,\"dest\":2,\"startTime\":1796083200,\"endTime\":1796083260,"
                + "\"rateBitsPerSec\":8");
    Contact read =
        Readings.parsed(text, ReadOptions.STRICT.withEpoch(Epoch.UNIX))
            .plan()
            .contacts()
            .getFirst();
    assertThat(read.start()).isEqualTo(DtnTime.of(Instant.parse("2026-12-01T00:00:00Z")));
    assertThat(Readings.problems(text, ReadOptions.STRICT))
        .containsExactly(
            "p:1:48: HDTN times count from an epoch that the file does not name; give an epoch");
    assertThat(
            Readings.problems(
                json("\"source\":1,\"dest\":2,\"startTime\":0,\"endTime\":60"),
                ReadOptions.STRICT.withEpoch(Epoch.UNIX)))
        .containsExactly(
            "p:1:48: \"startTime\" is not within the years 2000 to 2249;"
                + " look at the epoch that the times count from");
  }

  @Test
  void ratesAreReadAsHdtnDoes() {
    String window = "\"source\":1,\"dest\":2,\"startTime\":0,\"endTime\":60";
    assertThat(Readings.contacts(json(window)).getFirst().bytesPerSecond()).isEqualTo(125_000_000);
    String old = json(window + ",\"rate\":2");
    assertThat(Readings.contacts(old).getFirst().bytesPerSecond()).isEqualTo(250_000);
    assertThat(Readings.warnings(old, FLOATING))
        .containsExactly("p:1:70: \"rate\" is superseded; it is read as megabits per second");
    assertThat(Readings.warnings(json(window + ",\"rateBitsPerSec\":0"), FLOATING))
        .containsExactly("p:1:80: the contact has no rate; 10^9 bits/s are taken, as in HDTN");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          "source":1,"dest":2,"startTime":1.5,"endTime":9     ~ 1:48: "startTime" is a decimal number; expected a whole number (HDTN takes a decimal for 0)
          "source":1,"dest":2,"startTime":"0","endTime":9     ~ 1:48: "startTime" is a string; expected a whole number (HDTN takes a decimal for 0)
          "source":1,"dest":[2],"startTime":0,"endTime":9     ~ 1:34: "dest" is an array; expected a whole number (HDTN takes a decimal for 0)
          "source":1,"startTime":0,"endTime":9                ~ 1:15: the contact has no "dest"; add it
          "source":1,"source":1,"dest":2,"startTime":0,"endTime":9 ~ 1:36: "source" stands twice in one contact; leave one out
          "source":-1,"dest":2,"startTime":0,"endTime":9      ~ 1:25: "source" is no node number; expected 1 up to 2^64-1
          "source":1,"dest":2,"startTime":0,"endTime":9,"owlt":-1 ~ 1:69: "owlt" is out of range; expected 0 up to 31622400
          "source":1,"dest":2,"startTime":9,"endTime":9       ~ 1:60: the contact ends when it starts; give an endTime after the startTime
          "source":1,"dest":2,"startTime":9,"endTime":0       ~ 1:60: the contact ends before it starts; give an endTime after the startTime
          "source":1,"dest":2,"startTime":0,"endTime":9,"rateBitsPerSec":7 ~ 1:15: the rate is below one byte per second; give 8 bits per second or more
          """)
  void tellsWhereAndWhat(String members, String problem) {
    assertThat(Readings.problems(json(members))).containsExactly("p:" + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          []                            ~ 1:1: the file is no JSON object; expected {"contacts": […]}
          {}                            ~ 1:2: there is no "contacts"; an HDTN plan is {"contacts": […]}
          {"contacts": 5}               ~ 1:14: "contacts" is no array; an HDTN plan is {"contacts": […]}
          {"contacts": [7]}             ~ 1:15: a contact is no JSON object; expected {"source": …}
          {"contacts": []} x            ~ 1:18: no valid JSON:
          {"contacts": []} {}           ~ 1:18: something follows the plan; one JSON object makes the file
          {"contacts": [{]}             ~ 1:16: no valid JSON:
          {"contacts": [                ~ 1:15: no valid JSON:
          {"x": [[[[[[[[[[[[[[[[[[      ~ 1:23: this is nested deeper or longer than any plan
          """)
  void tellsWhatIsNoPlan(String text, String problem) {
    List<String> problems = Readings.problems(text);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith("p:" + problem);
  }

  @Test
  void overlapNamesBothLines() {
    String one = "{\"source\":1,\"dest\":2,\"startTime\":%d,\"endTime\":%d,\"rateBitsPerSec\":8}";
    String text = "{\"contacts\":[\n" + one.formatted(0, 10) + ",\n" + one.formatted(9, 20) + "]}";
    assertThat(Readings.problems(text))
        .containsExactly(
            "p:3:1: contact 1>2 overlaps the one of line 2;"
                + " let one end by the start of the other, or make them one");
  }

  @Test
  void tellsWhatItDoesNotRead() {
    String text =
        """
        {"version": {"a": [1]}, "contacts": [
          {"source":1,"dest":2,"startTime":0,"endTime":9,"rateBitsPerSec":8,"finalDest":3},
          {"source":1,"dest":2,"startTime":9,"endTime":10,"rateBitsPerSec":8,"finalDest":3}
        ]}
        """;
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly(
            "p:1:2: \"version\" means nothing here; it is not read",
            "p:2:69: \"finalDest\" means nothing here; it is not read");
    assertThat(Readings.contacts(text)).hasSize(2);
  }

  @Test
  void keepsItsLimits() {
    ReadOptions small =
        new ReadOptions(
            Epoch.FLOATING,
            Tolerance.STRICT,
            MissingRange.UNUSABLE,
            new PlanLimits(10_000, 1, 100, 10));
    String one = "{\"source\":1,\"dest\":2,\"startTime\":0,\"endTime\":9,\"rateBitsPerSec\":8}";
    assertThat(Readings.parsed("{\"contacts\":[" + one + "]}", small).plan().contacts()).hasSize(1);
    assertThat(Readings.problems("{\"contacts\":[" + one + ",\n" + one + "]}", small))
        .containsExactly("p:2:1: more than 1 contacts; split the plan");
  }

  @Test
  void roundsToTheSafeSideAndSaysSo() {
    Printed printed =
        HdtnJson.print(
            plan(
                contact(1, 2, 0.5, 10.5, 1000, 1.25),
                contact(1, 2, 20.2, 20.9, 1000, 1),
                contact(1, 2, 30, 40, 1000, 1)),
            TimeStyle.FLOATING);
    assertThat(printed.losses())
        .containsExactly(
            "1 contact rounded to whole seconds: 1>2 at +0.5",
            "1 contact left out, shorter than a whole second: 1>2 at +20.2");
    assertThat(Readings.contacts(printed.text()))
        .containsExactly(contact(1, 2, 1, 10, 1000, 2), contact(1, 2, 30, 40, 1000, 1));
  }
}
