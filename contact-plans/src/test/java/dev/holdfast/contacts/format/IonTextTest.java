package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.NodeSpan;
import dev.holdfast.contacts.PlanLimits;
import dev.holdfast.contacts.Region;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IonTextTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);
  private static final String EARTH_TO_MARS = "a range +0 +99 1 2 5\n";

  private static DtnTime utc(String iso) {
    return DtnTime.of(Instant.parse(iso));
  }

  @Test
  void readsContactsAndRanges() {
    String text =
        """
        # a plan
        a range   +0 +100 1 2 5   # both ways
        a contact +10 +20 1 2 1000
        a\tcontact +10 +20 2 1 500 0.9
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(
            contact(1, 2, 10, 20, 1000, 5),
            new Contact(node(2), node(1), at(10), at(20), 500, 5000, 0.9));
  }

  @Test
  void referenceTimesAddUp() {
    String text = EARTH_TO_MARS + "@ +10\na contact +0 +5 1 2 7\n@ +20\na contact +0 +5 1 2 7\n";
    assertThat(Readings.contacts(text))
        .containsExactly(contact(1, 2, 10, 15, 7, 5), contact(1, 2, 30, 35, 7, 5));
  }

  @Test
  void absoluteTimesNeedNoEpoch() {
    String text =
        """
        a range 2026/12/01-00:00:00 2026/12/02-00:00:00 1 2 1.25
        a contact 2026/12/1-3:14:15 2026/12/01-03:14:15.5 1 2 10
        @ 2026/12/01-12:00:00
        a contact +0 +60.25 1 2 10
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, ReadOptions.STRICT);
    assertThat(parsed.floating()).isFalse();
    assertThat(parsed.plan().contacts())
        .containsExactly(
            Contact.of(
                node(1),
                node(2),
                utc("2026-12-01T03:14:15Z"),
                utc("2026-12-01T03:14:15.500Z"),
                10,
                1250),
            Contact.of(
                node(1),
                node(2),
                utc("2026-12-01T12:00:00Z"),
                utc("2026-12-01T12:01:00.250Z"),
                10,
                1250));
  }

  @Test
  void relativeTimesCountFromTheEpochThatIsGiven() {
    String text = EARTH_TO_MARS + "a contact +10 +20 1 2 1000\n";
    DtnTime epoch = utc("2026-12-01T00:00:00Z");
    PlanReading.Parsed parsed =
        Readings.parsed(text, ReadOptions.STRICT.withEpoch(Epoch.at(epoch)));
    assertThat(parsed.plan().contacts().getFirst().start()).isEqualTo(epoch.plus(10_000));
    assertThat(parsed.floating()).isFalse();
    assertThat(Readings.parsed(text, FLOATING).floating()).isTrue();
    assertThat(Readings.problems(text, ReadOptions.STRICT))
        .containsExactly(
            "p:1:9: the start time is relative and nothing says to what;"
                + " give an epoch, or begin the file with @ yyyy/mm/dd-hh:mm:ss");
  }

  @Test
  void aFloatingFileHasNoAbsoluteTimes() {
    assertThat(
            Readings.problems(
                EARTH_TO_MARS + "a contact 2026/12/01-00:00:00 2026/12/01-00:00:05 1 2 10\n"))
        .containsExactly(
            "p:2:11: the file has absolute times, and relative ones that count from nothing"
                + " named; give an epoch, or begin the file with @ yyyy/mm/dd-hh:mm:ss");
    String named = "@ 2026/12/01-00:00:00\n" + EARTH_TO_MARS + "a contact +0 +5 1 2 10\n";
    assertThat(Readings.parsed(named, FLOATING).floating()).isFalse();
  }

  @Test
  void aLowToHighRangeHoldsBothWaysUnlessTheWayBackSaysOtherwise() {
    String text =
        """
        a range +0 +100 1 2 5
        a range +40 +60 2 1 9
        a contact +0 +100 2 1 1000
        a contact +0 +100 1 2 1000
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(
            contact(1, 2, 0, 100, 1000, 5),
            contact(2, 1, 0, 40, 1000, 5),
            contact(2, 1, 40, 60, 1000, 9),
            contact(2, 1, 60, 100, 1000, 5));
  }

  @Test
  void aHighToLowRangeSaysNothingOfTheWayBack() {
    String text = "a range +0 +100 2 1 5\na contact +0 +100 1 2 9\na contact +0 +100 2 1 9\n";
    assertThat(Readings.contacts(text)).containsExactly(contact(2, 1, 0, 100, 9, 5));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly(
            "p:2:1: no range gives contact 1>2 a light time;"
                + " it is not used then; add 'a range' for its window");
  }

  @Test
  void aContactIsSplitWhereItsLightTimeChanges() {
    String text =
        """
        a range +10 +20 1 2 5
        a range +20 +30 1 2 5
        a range +30 +40 1 2 6
        a contact +0 +50 1 2 8
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(contact(1, 2, 10, 30, 8, 5), contact(1, 2, 30, 40, 8, 6));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly(
            "p:4:1: no range gives contact 1>2 a light time for 20 s of it;"
                + " it is not used then; add 'a range' for its window");
    assertThat(
            Readings.parsed(text, FLOATING.withMissingRange(MissingRange.ZERO)).plan().contacts())
        .containsExactly(
            contact(1, 2, 0, 10, 8, 0),
            contact(1, 2, 10, 30, 8, 5),
            contact(1, 2, 30, 40, 8, 6),
            contact(1, 2, 40, 50, 8, 0));
  }

  @Test
  void laterLinesChangeAndDelete() {
    String text =
        """
        a range +0 +100 1 2 5
        a contact +0 +10 1 2 8 0.5
        a contact +20 +30 1 2 8
        a contact +40 +50 1 2 8
        a contact +0 +10 2 1 8
        a contact +20 +30 2 1 8
        c contact +0 1 2 9
        c contact +40 1 2 9 0.25
        d contact +20 1 2
        d contact * 2 1
        d range +7 1 2
        """;
    assertThat(Readings.contacts(text))
        .containsExactly(
            new Contact(node(1), node(2), at(0), at(10), 9, 5000, 0.5),
            new Contact(node(1), node(2), at(40), at(50), 9, 5000, 0.25));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly("p:11:1: there is no such range 1>2; nothing was deleted");
    assertThat(Readings.problems(EARTH_TO_MARS + "c contact +0 1 2 9\n"))
        .containsExactly(
            "p:2:1: no contact 1>2 starts then; a contact must be added before it is changed");
  }

  @Test
  void numbersAreInBaseZero() {
    String text = "a range +0 +0100 0x1 02 010\na contact +0x10 +040 1 2 0xff\n";
    assertThat(Readings.contacts(text)).containsExactly(contact(1, 2, 16, 32, 255, 8));
    String far = "a range +0 +9 974848.977 18446744073709551615 1\n";
    assertThat(Readings.contacts(far + "a contact +0 +9 974848.977 18446744073709551615 1\n"))
        .extracting(Contact::to)
        .containsExactly(NodeNumber.of(-1));
  }

  @Test
  void skipsWhatAdministersANode() {
    String text =
        """
        ## begin ionadmin
        1 1 ''
        s
        m horizon +0
        e 1
        a range +0 +100 1 1 1
        a range +0 +100 1 2 1
        a contact -1 -1 1 1 0
        a contact +0 +100 1 1 100
        a contact +0 +100 1 2 100
        ^ 2
        ## end ionadmin
        ## begin bpadmin
        a scheme ipn 'ipnfw' 'ipnadminep'
        ## end bpadmin
        a contact 0 0 1 3 0 0.0
        a contact +0 +10 2 1 0
        """;
    assertThat(Readings.contacts(text)).containsExactly(contact(1, 2, 0, 100, 100, 1));
    assertThat(Readings.warnings(text, FLOATING))
        .containsExactly(
            "p:16:1: a hypothetical contact is not used; it has no time",
            "p:17:22: a contact of rate 0 is not used; it carries nothing");
  }

  @Test
  void nodesBelongToTheRegionOfTheirContactsAndRegistrations() {
    String text =
        """
        a range +0 +100 1 2 1
        a range +0 +100 2 3 1
        a contact +0 +9 1 3 5
        ^ 7
        a contact -1 -1 9 9 0 1.0
        a contact -1 -1 8 8 0 1.0
        d contact -1 8 8
        a contact +0 +10 1 2 100
        ^ 4
        a contact +0 +10 2 3 100
        """;
    ContactPlan plan = Readings.parsed(text, FLOATING.withMissingRange(MissingRange.ZERO)).plan();
    assertThat(plan.facts().regions())
        .containsExactly(
            new Region("4", List.of(new NodeSpan(node(2), node(3))), List.of(node(2))),
            new Region(
                "7",
                List.of(new NodeSpan(node(1), node(2)), NodeSpan.of(node(9))),
                List.of(node(2))));
    assertThat(plan.facts().regionsOf(node(2))).hasSize(2);
    Printed printed = IonText.print(plan, TimeStyle.FLOATING);
    assertThat(printed.losses()).isEmpty();
    assertThat(printed.text())
        .isEqualTo(
            """
            a range +0 +10 1 2 1
            a range +0 +9 1 3 0
            a range +0 +10 2 3 1
            a contact +0 +9 1 3 5
            ^ 4
            a contact -1 -1 2 2 0
            a contact -1 -1 3 3 0
            a contact +0 +10 2 3 100
            ^ 7
            a contact -1 -1 1 1 0
            a contact -1 -1 2 2 0
            a contact -1 -1 9 9 0
            a contact +0 +10 1 2 100
            """);
    assertThat(Readings.parsed(printed.text(), FLOATING).plan()).isEqualTo(plan);
    assertThat(CsvText.print(plan, TimeStyle.FLOATING).losses())
        .containsExactly("2 regions are not printed, such as 4");
  }

  @Test
  void regionsWithNamesGetNumbers() {
    ContactPlan plan =
        ContactPlan.EMPTY.withFacts(
            new NodeFacts(
                Map.of(),
                List.of(
                    new Region("mars", List.of(NodeSpan.of(node(5))), List.of(node(5))),
                    new Region("1", List.of(NodeSpan.of(node(6))), List.of()),
                    new Region("wide", List.of(new NodeSpan(node(1), node(5000))), List.of()))));
    assertThat(IonText.print(plan, TimeStyle.FLOATING))
        .isEqualTo(
            new Printed(
                "^ 1\na contact -1 -1 6 6 0\n^ 2\na contact -1 -1 5 5 0\n",
                List.of(
                    "1 region is not printed: wide",
                    "1 region is printed under a number: mars is 2",
                    "1 region has other gateways in ION: the nodes that are in two regions: mars")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          ^ mars ~ 1:3: the region is 'mars'; expected the number of a region, above 0
          a contact 2026/13/01-00:00:00 +9 1 2 10 ~ 1:11: the start time '2026/13/01-00:00:00' is no time: no such date or time of day; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          a contact +0 2026/02/29-00:00:00 1 2 10 ~ 1:14: the end time '2026/02/29-00:00:00' is no time: no such date or time of day; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          a contact +0 1999/12/31-23:59:59 1 2 10 ~ 1:14: the end time '1999/12/31-23:59:59' is no time: not within the years 2000 to 2249; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          a contact 10 +20 1 2 10                 ~ 1:11: the start time '10' is no time: neither a date nor +SECONDS; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          a contact +ten +20 1 2 10               ~ 1:11: the start time '+ten' is no time: no number of seconds after the +; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          a contact +08 +20 1 2 10                ~ 1:11: the start time '+08' is no time: no number of seconds after the +; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          a contact +20 +20 1 2 10                ~ 1:15: the contact ends when it starts; give an end after the start
          a contact +20 +10 1 2 10                ~ 1:15: the contact ends before it starts; give an end after the start
          a range +20 +10 1 2 10                  ~ 1:13: the range ends before it starts; give an end after the start
          a contact +0 +20 0 2 10                 ~ 1:18: the sending node is '0'; expected a node number above 0
          a contact +0 +20 1 mars 10              ~ 1:20: the receiving node is 'mars'; expected a node number above 0
          a contact +0 +20 1 2 1e6                ~ 1:22: the rate is '1e6'; expected whole bytes per second, up to 10^12
          a contact +0 +20 1 2 -5                 ~ 1:22: the rate is '-5'; expected whole bytes per second, up to 10^12
          a contact +0 +20 1 2 10 1.5             ~ 1:25: the confidence is '1.5'; expected 0 to 1 (other dialects put light time or loss here)
          a contact +0 +20 1 2 10 1 1             ~ 1:27: '1' is one word too many; a comment starts with #
          a contact +0 +20 1                      ~ 1:20: the command stops after '1'; expected a contact START END FROM TO BYTES/S [CONFIDENCE]
          a range +0 +20 1 2 1.0001               ~ 1:20: the light time is '1.0001'; expected seconds, up to three decimals
          a range +0 +20 1 2                      ~ 1:20: the command stops after '2'; expected a range START END FROM TO LIGHT_SECONDS
          a scheme ipn                            ~ 1:3: 'scheme' is nothing that a contact plan has; expected contact or range
          a                                       ~ 1:3: the command stops after 'a'; expected contact or range
          c range +0 1 2 5                        ~ 1:3: 'range' is nothing that a contact plan has; expected contact
          d contact +0 1                          ~ 1:16: the command stops after '1'; expected d contact START|* FROM TO
          @                                       ~ 1:3: the reference time is missing; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS
          """)
  void tellsWhereAndWhat(String text, String problem) {
    List<String> problems = Readings.problems(text);
    assertThat(problems).containsExactly("p:" + problem);
  }

  @Test
  void listsEveryProblemInFileOrder() {
    String text =
        """
        a range +0 +100 1 2 5
        a contact +0 +10 1 2 8
        b contact +0 +10 1 2 8
        a contact +9 +12 1 2 8
        a contact +30 +20 x 2 8
        """;
    assertThat(Readings.problems(text))
        .containsExactly(
            "p:3:1: 'b' is no ION command; expected a, c, d, @ or a comment after #",
            "p:4:1: contact 1>2 overlaps the one of line 2;"
                + " let one end by the start of the other, or make them one",
            "p:5:19: the sending node is 'x'; expected a node number above 0");
  }

  @Test
  void overlapNamesTheOtherLineInWhicheverOrderTheyStand() {
    String text = EARTH_TO_MARS + "a contact +20 +40 1 2 8\na contact +10 +30 1 2 8\n";
    assertThat(Readings.problems(text))
        .containsExactly(
            "p:3:1: contact 1>2 overlaps the one of line 2;"
                + " let one end by the start of the other, or make them one");
    assertThat(Readings.problems("a range +0 +50 1 2 5\na range +40 +60 1 2 6\n"))
        .containsExactly(
            "p:2:1: range 1>2 overlaps the one of line 1, which has another light time;"
                + " let one end by the start of the other");
    assertThat(Readings.warnings("a range +0 +50 1 2 5\na range +40 +60 1 2 5\n", FLOATING))
        .containsExactly("p:1:1: the plan has no usable contact; nothing can be sent by it");
  }

  @Test
  void repairsIfAsked() {
    String text =
        """
        a range +0 +100 1 2 5
        a contact +0 +20 1 2 8
        a contact +5 +10 1 2 8
        a contact +15 +30 1 2 8
        a contact +25 +40 1 2 9
        a contact +50 +50 1 2 9
        """;
    ReadOptions repair = FLOATING.withTolerance(Tolerance.REPAIR);
    assertThat(Readings.parsed(text, repair).plan().contacts())
        .containsExactly(contact(1, 2, 0, 30, 8, 5), contact(1, 2, 30, 40, 9, 5));
    assertThat(Readings.warnings(text, repair))
        .containsExactly(
            "p:3:1: contact 1>2 overlaps the one of line 2;"
                + " the one that lies within the other is left out",
            "p:4:1: contact 1>2 overlaps the one of line 2; both are joined",
            "p:5:1: contact 1>2 overlaps the one of line 2;"
                + " the later one starts where the earlier one ends",
            "p:6:15: the contact ends when it starts; it is left out");
    assertThat(Readings.problems(text)).hasSize(4);
  }

  @Test
  void keepsOverlapsIfAsked() {
    String text =
        """
        a range +0 +40 1 2 5
        a range +40 +100 1 2 6
        a contact +20 +60 1 2 9
        a contact +20 +50 1 2 8
        a contact +30 +60 1 2 7
        a contact +35 +45 1 2 6
        """;
    ReadOptions keep = FLOATING.withTolerance(Tolerance.KEEP_OVERLAPS);
    assertThat(Readings.parsed(text, keep).plan().contacts())
        .containsExactly(
            contact(1, 2, 20, 40, 8, 5),
            contact(1, 2, 20, 40, 9, 5),
            contact(1, 2, 30, 40, 7, 5),
            contact(1, 2, 40, 50, 8, 6),
            contact(1, 2, 40, 60, 7, 6),
            contact(1, 2, 40, 60, 9, 6));
    assertThat(Readings.warnings(text, keep))
        .containsExactly(
            "p:4:1: contact 1>2 overlaps the one of line 3;"
                + " both stay, each with a volume of its own",
            "p:5:1: contact 1>2 overlaps the one of line 3;"
                + " both stay, each with a volume of its own",
            "p:6:1: contact 1>2 overlaps the one of line 5;"
                + " the one that lies within the other is left out");
  }

  @Test
  void countsWhatItDoesNotList() {
    String text = "a contact +0 +0 1 2 8\n".repeat(250);
    PlanReading reading = PlanReader.read(new PlanSource("p", text), FLOATING);
    assertThat(reading).isInstanceOf(PlanReading.Refused.class);
    PlanReading.Refused refused = (PlanReading.Refused) reading;
    assertThat(refused.problems()).hasSize(100);
    assertThat(refused.problemCount()).isEqualTo(250);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   \n\t\n", "hello world", "<plan/>", "\u0000\u0001", "#!/bin/sh\nls"})
  void refusesWhatIsNoPlan(String text) {
    assertThat(Readings.problems(text)).hasSize(1).first().asString().startsWith("p:1:1: ");
  }

  @Test
  void keepsItsLimits() {
    ReadOptions small =
        new ReadOptions(
            Epoch.FLOATING, Tolerance.STRICT, MissingRange.ZERO, new PlanLimits(4_000, 3, 60, 10));
    String line = "a contact +%d +%d 1 2 8\n";
    String three = line.formatted(0, 1) + line.formatted(1, 2) + line.formatted(2, 3);
    assertThat(Readings.parsed(three, small).plan().contacts()).hasSize(3);
    assertThat(Readings.problems(three + line.formatted(3, 4), small))
        .containsExactly("p:4:1: more than 3 contacts; split the plan");
    assertThat(Readings.problems("a contact " + " ".repeat(100) + "\n", small))
        .containsExactly("p:1:61: the line is longer than 60 characters; write one command a line");
    assertThat(Readings.problems("#".repeat(4_001), small))
        .containsExactly("p:1:1: the plan has 4001 characters; at most 4000 are read");
  }

  @Test
  void printsWhatItReads() {
    String text =
        """
        @ 2026/12/01-00:00:00
        a range +0 +60 1 2 1.25
        a contact +0 +30 1 2 1000
        a contact +30 +60 1 2 2000 0.5
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, ReadOptions.STRICT);
    Epoch.At epoch = new Epoch.At(utc("2026-12-01T00:00:00Z").millis());
    Printed printed = IonText.print(parsed.plan(), new TimeStyle.Relative(epoch, true));
    assertThat(printed.text()).isEqualTo(text);
    assertThat(printed.losses()).hasSize(1);
    assertThat(IonText.print(parsed.plan(), TimeStyle.ABSOLUTE).text())
        .startsWith("a range 2026/12/01-00:00:00 2026/12/01-00:01:00 1 2 1.25\n");
  }
}
