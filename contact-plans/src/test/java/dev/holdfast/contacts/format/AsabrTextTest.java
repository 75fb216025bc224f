package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeFacts;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsabrTextTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);

  @Test
  void readsStaticAndDynamicContacts() {
    String text =
        """
        # earth and its relay
        node 0 earth
        node 1 relay qd 5   # manages itself
        contact 0 1 0 10.5 1000 1.25
        contact 1 0 0 10 eto
          500 0 1 2 3
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, FLOATING);
    assertThat(parsed.format()).isEqualTo(PlanFormat.ASABR);
    assertThat(parsed.plan().contacts())
        .containsExactly(contact(0, 1, 0, 10.5, 1000, 1.25), contact(1, 0, 0, 10, 500, 0));
    assertThat(parsed.plan().facts().names()).isEqualTo(Map.of(node(0), "earth", node(1), "relay"));
    assertThat(parsed.warnings().stream().map(PlanProblem::toString))
        .containsExactly(
            "p:1:1: contacts say how their volume is managed (eto); it is booked as everywhere here",
            "p:3:14: how a node manages itself is not used; only its name is",
            "p:6:9: contacts have volumes for each priority; they are not used: a plan has one volume"
                + " for a contact");
  }

  @Test
  void aSegmentedContactIsOneForEachStretchOfTheSameRateAndDelay() {
    String text =
        """
        contact 0 1 0 100 seg rate [0 40 1000, 40 100 2000,] delay [0 60 1, 60 100 2]
        contact 1 0 0 100 seg delay[0 50 1 , 50 100 1] rate[0 100 7]
        contact 1 2 0 100 seg rate [0 30 5, 60 100 5] delay [0 90 0]
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, FLOATING);
    assertThat(parsed.plan().contacts())
        .containsExactly(
            contact(0, 1, 0, 40, 1000, 1),
            contact(0, 1, 40, 60, 2000, 1),
            contact(0, 1, 60, 100, 2000, 2),
            contact(1, 0, 0, 100, 7, 1),
            contact(1, 2, 0, 30, 5, 0),
            contact(1, 2, 60, 90, 5, 0));
    assertThat(parsed.warnings().stream().map(PlanProblem::toString))
        .containsExactly(
            "p:3:1: the contact has no rate or no delay for 40 s; it is not used then");
  }

  @Test
  void segmentsOfOverlappingContactsThatLieWithinAnotherAreLeftOut() {
    String text =
        """
        contact 0 1 0 60 seg rate [0 30 1000, 30 60 2000] delay [0 60 1]
        contact 0 1 20 80 seg rate [20 25 500, 25 80 600] delay [20 80 1]
        """;
    ReadOptions keep =
        ReadOptions.STRICT.withEpoch(Epoch.FLOATING).withTolerance(Tolerance.KEEP_OVERLAPS);
    assertThat(Readings.parsed(text, keep).plan().contacts())
        .containsExactly(contact(0, 1, 0, 30, 1000, 1), contact(0, 1, 25, 80, 600, 1));
    assertThat(Readings.warnings(text, keep))
        .containsExactly(
            "p:2:1: contact 0>1 overlaps the one of line 1;"
                + " the one that lies within the other is left out",
            "p:2:1: contact 0>1 overlaps the one of line 1;"
                + " both stay, each with a volume of its own",
            "p:2:1: contact 0>1 overlaps the one of line 1;"
                + " the one that lies within the other is left out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          contact 0 1 0 10 1000                 ~ 1:22: the delay is missing; expected 0 up to 366 days
          contact 0 x 0 10 1000 0               ~ 1:11: the node is 'x'; expected the number of a node, 0 and up
          contact 0 1 0 10 0 0                  ~ 1:18: the rate is '0'; expected bytes per second, at least one byte per second
          contact 0 1 10 10 5 0                 ~ 1:16: the contact ends when it starts; give an end after the start
          contact 0 1 0 10 5 0 1 2 3 4          ~ 1:28: '4' is one word too many; contact FROM TO START END [MARKER] RATE DELAY, or … seg rate […] delay […]
          contact 0 1 0 10 seg rate [0 10 5]    ~ 1:35: the segmented contact is missing; expected seg rate […] delay […]
          contact 0 1 0 10 seg rate 5           ~ 1:27: the list is '5'; expected [START END VALUE, …]
          contact 0 1 0 10 seg rate [0 6 5, 4 8 5] delay [] ~ 1:35: the segment overlaps the one before it; let each one start where the one before it ends
          """)
  void tellsWhereAndWhat(String text, String problem) {
    assertThat(Readings.problems(text)).containsExactly("p:" + problem);
  }

  @Test
  void nodesAreDeclaredOnceAndAllOfThem() {
    assertThat(Readings.problems("node 0 a node 0 b contact 0 2 0 10 5 0 mode 1"))
        .containsExactly(
            "p:1:15: node 0 stands here a second time; leave one out",
            "p:1:27: node 2 is not declared; add node 2 NAME",
            "p:1:40: 'mode' is one word too many; contact FROM TO START END [MARKER] RATE DELAY,"
                + " or … seg rate […] delay […]");
  }

  @Test
  void otherNumbersAreKeptInTheNames() {
    ContactPlan plan = plan(contact(7, 20, 0, 10, 5, 1)).withVersion(0);
    ContactPlan named = plan.withFacts(NodeFacts.named(Map.of(node(7), "earth")));
    Printed printed = AsabrText.print(named, TimeStyle.FLOATING);
    assertThat(printed)
        .isEqualTo(
            new Printed(
                "node 0 ipn:7.0\nnode 1 ipn:20.0\ncontact 0 1 0 10 5 1\n",
                java.util.List.of("1 name of a node is not printed: earth of node 7")));
    assertThat(Readings.parsed(printed.text(), FLOATING).plan()).isEqualTo(plan);
  }

  @Test
  void numbersFromZeroOnKeepTheirNames() {
    ContactPlan plan =
        plan(contact(0, 1, 0, 10, 5, 1))
            .withVersion(0)
            .withFacts(NodeFacts.named(Map.of(node(0), "earth", node(2), "a b")));
    Printed printed = AsabrText.print(plan, TimeStyle.FLOATING);
    assertThat(printed.text())
        .isEqualTo("node 0 earth\nnode 1 ipn:1.0\nnode 2 a_b\ncontact 0 1 0 10 5 1\n");
    assertThat(printed.losses())
        .containsExactly("1 name of a node is printed with _ for blanks and #: a b");
    assertThat(Readings.parsed(printed.text(), FLOATING).plan().facts().names())
        .isEqualTo(Map.of(node(0), "earth", node(2), "a_b"));
  }
}
