package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.ReferenceData;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TvgutilJsonTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);

  /** A plan whose only edge has these contacts. */
  private static String edge(String contacts) {
    return "{\"edges\":[{\"vertices\":[\"1\",\"2\"],\"contacts\":[" + contacts + "]}]}";
  }

  @Test
  void readsContactsWhoseRatesChange() {
    String text =
        """
        {"contact_type": "PredictedContact_v2",
         "vertices": {"1": ["2"], "2": ["1"]},
         "edges": [
          {"vertices": ["1", "2"], "contacts": [
            ["1", "2", 10, 20.5, [[0.0, 1.0, [[10, 8000, 1.25], [15, 16000, 1.5]]]]],
            ["1", "2", 30, 40, [[0, 0.5, [[0, 9607, 0]]], [5, 1, [[0, 1, 0]]]]]]},
          {"vertices": ["2", "1"], "contacts": []}]}
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(
            contact(1, 2, 10, 15, 1000, 1.25),
            contact(1, 2, 15, 20.5, 2000, 1.5),
            new Contact(
                NodeNumber.of(1),
                NodeNumber.of(2),
                new DtnTime(30_000),
                new DtnTime(40_000),
                1200,
                0,
                0.5));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly("p:6:5: contacts have several generations; the first one of each is read");
  }

  @Test
  void readsContactsWithVolumes() {
    String text = edge("[\"1\",\"2\",10,20,[[0.0,80000]],1.0,2.5]");
    assertThat(Readings.contacts(text)).containsExactly(contact(1, 2, 10, 20, 1000, 2.5));
  }

  @Test
  void readsContactsThatGoBothWays() {
    String text =
        "{\"vertices\":[\"1\",\"2\"],\"edges\":[{\"contacts\":[[10,20,1.0]],"
            + "\"vertices\":[\"2\",\"1\"]}]}";
    assertThat(Readings.contacts(text))
        .containsExactly(
            contact(1, 2, 10, 20, 125_000_000, 0), contact(2, 1, 10, 20, 125_000_000, 0));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly("p:1:45: contacts have no rate; 10^9 bits/s are taken, both ways");
  }

  @Test
  void namesAreNumberedInLexicalOrder() {
    String text =
        """
        {"edges": [{"vertices": ["sat", "10"], "contacts": [["sat", "10", 0, 9, [[0, 80]], 1, 0]]}],
         "vertices": {"sat": [], "10": [], "relay": [], "a1": [], "a2": []}}
        """;
    assertThat(Readings.contacts(text)).containsExactly(contact(5, 1, 0, 9, 1, 0));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly(
            "p:2:2: not all names of nodes are numbers; they are numbered in lexical order:"
                + " 1 is 10, 2 is a1, 3 is a2, 4 is relay, …");
  }

  @Test
  void timesAreRoundedToTheSafeSide() {
    String text = edge("[\"1\",\"2\",10.0001,20.9999,[[0,1,[[10.0001,8000,0.0001]]]]]");
    assertThat(Readings.contacts(text)).containsExactly(contact(1, 2, 10.001, 20.999, 1000, 0.001));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly(
            "p:1:1: 1 contact is finer than milliseconds;"
                + " windows are rounded inward, delays up");
  }

  @Test
  void timesCountFromTheEpoch() {
    String text = edge("[\"1\",\"2\",1796083200,1796083260,[[0,1,[[0,8,0]]]]]");
    assertThat(
            Readings.parsed(text, ReadOptions.STRICT.withEpoch(Epoch.UNIX))
                .plan()
                .contacts()
                .getFirst()
                .start())
        .isEqualTo(DtnTime.of(Instant.parse("2026-12-01T00:00:00Z")));
    assertThat(Readings.problems(text, ReadOptions.STRICT))
        .containsExactly(
            "p:1:54: dtn-tvg-util times count from an epoch that the file does not name;"
                + " give an epoch");
  }

  @Test
  void whatDoesNotHappenIsLeftOut() {
    String text = edge("[\"1\",\"2\",0,9,[[0,0,[[0,8,0]]]]],[\"1\",\"1\",0,9,[[0,1,[[0,8,0]]]]]");
    assertThat(Readings.contacts(text)).isEmpty();
    assertThat(Readings.warnings(text, FLOATING))
        .contains("p:1:45: contacts have probability 0; they are left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          ["1","2",0,9]                        ~ 1:45: this is no contact; expected [from
          ["1","2",0,9,[]]                     ~ 1:45: this is no contact; expected [from
          ["1",2,0,9,[[0,1,[[0,8,0]]]]]        ~ 1:45: this is no contact; expected [from
          ["1","2",0,9,[[0,1,[]]]]             ~ 1:45: the contact has no rates; expected [from
          ["1","2",0,9,[[0,1,[[0,8]]]]]        ~ 1:65: this is no rate; expected [time, bit_rate, delay]
          ["1","2",0,9,[[0,1,[[0,7,0]]]]]      ~ 1:68: the rate is out of range; expected 8 bits per second up to 10^12 bytes per second
          ["1","2",0,9,[[0,2,[[0,8,0]]]]]      ~ 1:62: the probability is out of range; expected 0 up to 1
          ["1","2",0,9,[[0,1,[[0,8,-1]]]]]     ~ 1:70: the delay is out of range; expected 0 up to 31622400 s
          ["1","2",0,9,[[0,1,[[0,8,0],[5,8,0],[4,8,0]]]]] ~ 1:81: the times of the rates run backwards; sort them by time
          ["1","2",-1,9,[[0,1,[[0,8,0]]]]]     ~ 1:54: the time is not within the years 2000 to 2249; look at the epoch that the times count from
          ["1","2",1e99,9,[[0,1,[[0,8,0]]]]]   ~ 1:54: this is no number of a contact; expected [from
          ["1","2",1e-999999999,9,[[0,1,[[0,8,0]]]]] ~ 1:54: this is no number of a contact; expected [from
          ["1","2",0,9,[[0]],1,0]              ~ 1:45: the contact has no volume; expected [from
          ["1","2",9,9,[[0,1,[[0,8,0]]]]]      ~ 1:56: the contact ends when it starts; give an end after the start
          7                                    ~ 1:45: this is no contact; expected an array of names, times and rates
          """)
  void tellsWhereAndWhat(String contact, String problem) {
    List<String> problems = Readings.problems(edge(contact));
    assertThat(problems.getFirst()).startsWith("p:" + problem);
    assertThat(problems).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {"edges": 5}                            ~ 1:11: "edges" is no array
          {"edges": [7]}                          ~ 1:12: an edge is no JSON object
          {"edges": [{"vertices": ["a"]}]}        ~ 1:25: the vertices of an edge are not two names
          {"edges": [{"contacts": {}}]}           ~ 1:25: "contacts" is no array
          {"edges": [], "vertices": 5}            ~ 1:27: "vertices" are no object and no array
          {"edges": [], "vertices": ["a", 5]}     ~ 1:33: a vertex is no name
          {"edges": []} {}                        ~ 1:15: something follows the plan
          {"edges": [                             ~ 1:12: no valid JSON:
          """)
  void tellsWhatIsNoPlan(String text, String problem) {
    List<String> problems = Readings.problems(text);
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).startsWith("p:" + problem);
  }

  @Test
  void keepsItsLimits() {
    ReadOptions small =
        new ReadOptions(
            Epoch.FLOATING,
            Tolerance.STRICT,
            MissingRange.UNUSABLE,
            new PlanLimits(1_000_000, 1, 100, 10));
    String one = "[\"1\",\"2\",0,9,[[0,1,[[0,8,0]]]]]";
    assertThat(Readings.parsed(edge(one), small).plan().contacts()).hasSize(1);
    assertThat(Readings.problems(edge(one + "," + one), small))
        .containsExactly("p:1:77: more than 1 contacts; split the plan");
    assertThat(Readings.problems(edge("[" + "0,".repeat(20_000) + "0]")))
        .containsExactly(
            "p:1:40047: this is no contact; expected an array of names, times and rates");
  }

  @ParameterizedTest
  @CsvSource({
    "asabr/sample1-ptvg-206n.json, 16138, 186",
    "asabr/tvgutil_format.cp, 18, 9",
    "tvg/v1-03_tvg.json, 12, 3",
    "tvg/v1-hotspots-tvg_gs10_hs2_it1.json, 2820, 20",
    "tvg/legacy-tvg_g10_s10.json, 1812, 20",
  })
  void readsPlansOfOthers(String name, int contacts, int nodes) {
    PlanReading.Parsed parsed =
        Readings.parsed(ReferenceData.text(name), FLOATING.withTolerance(Tolerance.REPAIR));
    assertThat(parsed.format()).isEqualTo(PlanFormat.TVGUTIL);
    assertThat(parsed.plan().contacts()).hasSize(contacts);
    assertThat(parsed.plan().nodes()).hasSize(nodes);
  }

  /** The same plan in the shape that the routes were checked with, but for its names. */
  @Test
  void saysWhatTheCanonicalShapeSays() {
    ContactPlan plan =
        Readings.parsed(ReferenceData.text("asabr/sample1-ptvg-206n.json"), FLOATING).plan();
    ContactPlan canonical =
        Readings.parsed(ReferenceData.text("canonical/asabr_sample1.csv"), FLOATING).plan();
    // The numbers there are the ranks of the names among all vertices, 0 to 205.
    List<String> names = IntStream.range(0, 206).mapToObj(Integer::toString).sorted().toList();
    assertThat(
            plan.contacts().stream()
                .map(
                    c ->
                        "%d>%d %s"
                            .formatted(
                                names.indexOf(c.from().toString()),
                                names.indexOf(c.to().toString()),
                                rest(c)))
                .sorted()
                .toList())
        .isEqualTo(
            canonical.contacts().stream()
                .map(c -> "%s>%s %s".formatted(c.from(), c.to(), rest(c)))
                .sorted()
                .toList());
  }

  private static String rest(Contact contact) {
    return contact.start()
        + " "
        + contact.end()
        + " "
        + contact.bytesPerSecond()
        + " "
        + contact.owltMillis();
  }
}
