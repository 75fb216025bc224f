package dev.holdfast.contacts.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.ReferenceData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of other projects, clean and dirty. */
class ReferencePlansTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);

  private static PlanReading read(String name, ReadOptions options) {
    return PlanReader.read(new PlanSource(name, ReferenceData.text(name)), options);
  }

  @ParameterizedTest
  @CsvSource({
    "ion/mars-rover-678c.ionrc, 146, 532",
    "ion/diamond-flapping.ionrc, 18, 0",
    "ion/diamond-critical.ionrc, 8, 0",
    "ion/bench-cgr-diamond.ionrc, 8, 0",
    "ion/probabilistic-hypothetical.ionrc, 4, 4",
    "ion/unibo-dtnme-contact-plan.txt, 14, 0",
    "lunar/lunanet-398c.ionrc, 398, 0",
    "lunar/tutorial-forward-only.ionrc, 8, 0",
    "dtnsim/ringroad-walker.txt, 3184, 0",
    "dtnsim/ringroad-atrack.txt, 1512, 0",
    "hdtn/cgrTutorial.json, 16, 0",
    "hdtn/Ion_4nodes_long.json, 4, 0",
    "canonical/asabr_sample1.csv, 16138, 0",
    "asabr/asabr_format_static.cp, 5, 0",
    "asabr/asabr_format_dynamic.cp, 10, 1",
    "asabr/dijkstra_accuracy_1.cp, 4, 0",
    "asabr/dijkstra_accuracy_2.cp, 5, 0",
    "asabr/eto_management_1.cp, 4, 1",
    "asabr/ion_format.cp, 5, 0",
    "asabr/tvgutil_format.cp, 18, 2",
    "misc/core-ccm-simple-3n.ccp, 6, 2",
  })
  void readsPlansOfOthers(String name, int contacts, int warnings) {
    PlanReading.Parsed parsed = Readings.parsed(ReferenceData.text(name), FLOATING);
    assertThat(parsed.plan().contacts()).hasSize(contacts);
    assertThat(parsed.warningCount()).isEqualTo(warnings);
  }

  /**
   * Counted here once more, by regular expression and a plain scan. What is told to overlap begins
   * before some earlier contact of its pair is over; fewer overlap the one just before them.
   */
  @ParameterizedTest
  @CsvSource({
    "hdtn/10nodes.json, 368, 6, 166, 100",
    "hdtn/50nodes.json, 7186, 148, 2982, 1286",
    "hdtn/100nodes.json, 28162, 658, 12042, 4796",
    "hdtn/contactPlan_RoutingTest.json, 8, 0, 2, 2",
  })
  void countsWhatIsWrongWithADirtyPlan(
      String name, int records, int backward, int overlapping, int overlappingNext) {
    String text = ReferenceData.text(name);
    Matcher windows =
        Pattern.compile("\"startTime\":\\s*(\\d+),\\s*\"endTime\":\\s*(\\d+)").matcher(text);
    long found = 0;
    long wrong = 0;
    while (windows.find()) {
      found++;
      wrong += Long.parseLong(windows.group(1)) >= Long.parseLong(windows.group(2)) ? 1 : 0;
    }
    assertThat(found).isEqualTo(records);
    assertThat(wrong).isEqualTo(backward);
    assertThat(overlapsOfNeighbours(text)).isEqualTo(overlappingNext);
    PlanReading strict = read(name, FLOATING);
    assertThat(strict).isInstanceOf(PlanReading.Refused.class);
    assertThat(((PlanReading.Refused) strict).problemCount()).isEqualTo(backward + overlapping);

    PlanReading.Parsed repaired = Readings.parsed(text, FLOATING.withTolerance(Tolerance.REPAIR));
    assertThat(repaired.warningCount()).isEqualTo(backward + overlapping);
    assertThat(repaired.plan().contacts()).hasSize(records - backward - overlapping);
  }

  private static int overlapsOfNeighbours(String text) {
    record Window(String pair, long start, long end) {}
    Matcher records =
        Pattern.compile(
                "\"source\":\\s*(\\d+),\\s*\"dest\":\\s*(\\d+),\\s*\"startTime\":\\s*(\\d+),"
                    + "\\s*\"endTime\":\\s*(\\d+)")
            .matcher(text);
    List<Window> windows = new ArrayList<>();
    while (records.find()) {
      long start = Long.parseLong(records.group(3));
      long end = Long.parseLong(records.group(4));
      if (end > start) {
        windows.add(new Window(records.group(1) + ">" + records.group(2), start, end));
      }
    }
    windows.sort(
        Comparator.comparing(Window::pair)
            .thenComparingLong(Window::start)
            .thenComparingLong(Window::end));
    int overlaps = 0;
    for (int i = 1; i < windows.size(); i++) {
      Window before = windows.get(i - 1);
      Window window = windows.get(i);
      overlaps += before.pair().equals(window.pair()) && window.start() < before.end() ? 1 : 0;
    }
    return overlaps;
  }

  /** A repair takes nothing from what two nodes could do: every window stays open. */
  @Test
  void repairKeepsEveryWindow() {
    ReadOptions repair = FLOATING.withTolerance(Tolerance.REPAIR);
    ContactPlan plan = Readings.parsed(ReferenceData.text("hdtn/10nodes.json"), repair).plan();
    List<String> lines = ReferenceData.text("canonical/hdtn_10nodes.csv").lines().toList();
    for (String line : lines) {
      Contact raw = Readings.contacts(line).getFirst();
      assertThat(plan.openAt(raw.from(), raw.to(), raw.start()))
          .get()
          .matches(contact -> !contact.end().isBefore(raw.end()));
    }
  }
}
