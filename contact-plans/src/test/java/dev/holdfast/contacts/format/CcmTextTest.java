package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ContactPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CcmTextTest {
  private static final ReadOptions FLOATING = ReadOptions.STRICT.withEpoch(Epoch.FLOATING);

  @Test
  void linksGoBothWays() {
    String text =
        """
        s loop 1
        a contact +0 +10 2 7 8000 0.2 1500 3   # microseconds
        a contact 10 20 mars 2 100000
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, FLOATING);
    assertThat(parsed.format()).isEqualTo(PlanFormat.CCM);
    assertThat(parsed.plan().contacts())
        .containsExactly(
            contact(1, 2, 10, 20, 12_500, 0),
            contact(2, 1, 10, 20, 12_500, 0),
            contact(2, 7, 0, 10, 1000, 0.002),
            contact(7, 2, 0, 10, 1000, 0.002));
    assertThat(parsed.plan().facts().names()).isEqualTo(Map.of(node(1), "mars"));
    assertThat(parsed.warnings().stream().map(PlanProblem::toString))
        .containsExactly(
            "p:1:1: the plan begins anew when it is over; it is read once",
            "p:1:1: 1 number is finer than a plan can be; windows are rounded inward to milliseconds,"
                + " light times up, rates down to bytes",
            "p:2:27: links lose packets; a plan knows no loss; it is not used",
            "p:2:36: delays vary; a plan knows no jitter; it is not used",
            "p:3:17: not all names of nodes are numbers; the others get the lowest that are left:"
                + " mars is 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          s loop 2                          ~ 1:8: '2' says not whether to loop; expected s loop 0 or s loop 1
          a contact +0 +10 a b x            ~ 1:22: the bandwidth is 'x'; expected bits per second, at least one byte per second
          a contact +0 +10 a b 9 1 0 0 0    ~ 1:30: '0' is one word too many; a comment starts with #
          a contact +0 +10 a b 9 much       ~ 1:24: the loss is 'much'; expected a number
          a contact +9 +9 a b 9             ~ 1:14: the contact ends when it starts; give an end after the start
          """)
  void tellsWhereAndWhat(String text, String problem) {
    assertThat(Readings.problems(text)).containsExactly("p:" + problem);
  }

  @Test
  void printsWhatGoesBothWays() {
    ContactPlan plan =
        plan(
            contact(1, 2, 0, 10.5, 1000, 0.5),
            contact(2, 1, 0, 10.5, 1000, 0.5),
            contact(1, 3, 0, 10, 1000, 0),
            contact(3, 1, 0, 9, 1000, 0));
    assertThat(CcmText.print(plan, TimeStyle.FLOATING))
        .isEqualTo(
            new Printed(
                "s loop 0\na contact +0 +10 1 2 8000 0 500000 0\n",
                java.util.List.of(
                    "2 contacts rounded to whole seconds, such as 1>2 at +0",
                    "2 contacts not printed, for the way back is not alike, such as 1>3 at +0")));
  }
}
