package dev.holdfast.contacts.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ReferenceData;
import dev.holdfast.contacts.format.Epoch;
import dev.holdfast.contacts.format.PlanReader;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.format.PlanSource;
import dev.holdfast.contacts.format.ReadOptions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactCsvTest {
  private static LinkTrace read(TraceSource source) {
    return ContactCsv.read(source, Optional.empty(), TraceLimits.DEFAULT);
  }

  @Test
  void contactsAreUpsAndDowns() {
    LinkTrace trace = read(TraceSource.ofText("t", Traces.vector("contacts.csv")));
    assertThat(Traces.lines(trace))
        .containsExactly(
            "0 1>2 up rate=1000 owlt=0.5",
            "0 2>1 up rate=1000 owlt=0.5",
            "5 2>3 up rate=500 owlt=1.25",
            "7.000000001 2>3 down inflight=delivered",
            "10 1>2 down inflight=delivered",
            "10 1>2 up rate=2000 owlt=0.75",
            "10 1>3 up rate=1 owlt=0",
            "10.25 2>1 down inflight=delivered",
            "10.5 1>3 down inflight=delivered",
            "20 1>2 down inflight=delivered");
    assertThat(trace.findings()).isEmpty();
  }

  @Test
  void saysWhatItDoesNotRead() {
    Optional<DtnTime> epoch = Optional.of(new DtnTime(5));
    LinkTrace trace =
        ContactCsv.read(
            TraceSource.ofText("t", "1,2,0,1,1,0,0.5\n3,3,0,1,1,0"), epoch, TraceLimits.DEFAULT);
    assertThat(Traces.lines(trace)).hasSize(2);
    assertThat(trace.epoch()).isEqualTo(epoch);
    assertThat(trace.findings())
        .containsExactly(
            "1 contacts have a confidence: a trace says what happens, so it is not read",
            "1 contacts of a node with itself are left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          1,2,5,6,7            ~ the line has fewer than six fields; expected from,to,start_s,end_s,rate_bytes_per_s,owlt_s[,confidence]
          1,2,5,6,7,0,1,8      ~ the line has more than seven fields; expected from,to,start_s,end_s,rate_bytes_per_s,owlt_s[,confidence]
          1,,5,6,7,0           ~ '' is no node name; use letters, digits and - _ . : in names
          1,2,five,6,7,0       ~ the start is 'five'; expected seconds with up to nine decimals
          1,2,5,-6,7,0         ~ the end is '-6'; expected seconds with up to nine decimals
          1,2,5,5,7,0          ~ the contact does not end after its start; give an end after the start
          1,2,5,6,0,0          ~ the rate is '0'; expected whole bytes per second, 1 up to 10^12
          1,2,5,6,1.5,0        ~ the rate is '1.5'; expected whole bytes per second, 1 up to 10^12
          1,2,5,6,7,-1         ~ the light time is '-1'; expected seconds with up to nine decimals, at most 31622400
          1,2,5,6,7,99999999   ~ the light time is '99999999'; expected seconds with up to nine decimals, at most 31622400
          1,2,4.9,6,7,0        ~ the contact starts at 4.9, before the one that stands above it at 5; sort the lines by their third field: sort -t, -k3,3g
          8,9,5.5,6,7,0        ~ the contact 8>9 starts while an earlier one lasts, until 6; let one end by the start of the other, or make them one
          """)
  void tellsWhereAndWhatAndHowToMendIt(String line, String problem) {
    assertThat(Traces.problem("8,9,5,6,7,0\n" + line, ContactCsvTest::read))
        .isEqualTo("t:2: " + problem);
  }

  @Test
  void keepsItsLimitOfOpenContacts() {
    TraceLimits small = new TraceLimits(64, 9, 5, 9, 1, 1, 1);
    String text = "1,2,0,9,1,0\n1,3,10,11,1,0\n1,4,10,11,1,0\n";
    assertThat(Traces.problem(text, source -> ContactCsv.read(source, Optional.empty(), small)))
        .isEqualTo("t:3: more than 1 contacts are open; split the file");
  }

  /** The same contacts as a plan, in any order, and as a stream in the order of their starts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "canonical/ringroad_walker.csv",
        "canonical/lunanet.csv",
        "canonical/star.csv",
        "canonical/asabr_sample1.csv"
      })
  void aPlanAndItsStreamAreOneTrace(String name) {
    String text = ReferenceData.text(name);
    PlanReading.Parsed plan =
        (PlanReading.Parsed)
            PlanReader.read(
                new PlanSource(name, text), ReadOptions.STRICT.withEpoch(Epoch.FLOATING));
    String sorted =
        text.lines()
            .sorted(Comparator.comparingDouble(line -> Double.parseDouble(line.split(",", -1)[2])))
            .collect(Collectors.joining("\n"));
    List<String> planned = Traces.lines(PlanTrace.of(plan)).stream().sorted().toList();
    List<String> streamed =
        Traces.lines(read(TraceSource.ofText(name, sorted))).stream().sorted().toList();
    assertThat(planned).hasSize(2 * plan.plan().contacts().size()).isEqualTo(streamed);
  }
}
