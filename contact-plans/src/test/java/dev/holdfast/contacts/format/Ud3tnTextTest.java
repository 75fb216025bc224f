package dev.holdfast.contacts.format;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ud3tnTextTest {
  private static final ReadOptions OF_NODE_1 = ReadOptions.STRICT.withSender(node(1));

  @Test
  void readsTheViewOfOneNode() {
    String text =
        """
        1(dtn://b.dtn/):(mtcp:127.0.0.1:4223)::[{742772140,742772200,1200},{742772260,742772320,1200}];
        1(ipn:7.0),900:(mtcp:10.0.0.1:4223):[(dtn://far.dtn/),(ipn:8.0)]:[{10,20,4294967200}];
        1(ipn:9.0):::[{1,2,3}]; 2(ipn:9.0):::[{5,6,7}];
        1(ipn:4.0)::; 3(ipn:4.0);
        """;
    PlanReading.Parsed parsed = Readings.parsed(text, OF_NODE_1);
    assertThat(parsed.format()).isEqualTo(PlanFormat.UD3TN);
    assertThat(parsed.floating()).isFalse();
    assertThat(parsed.plan().contacts())
        .containsExactly(
            contact(1, 2, 742772140, 742772200, 1200, 0),
            contact(1, 2, 742772260, 742772320, 1200, 0),
            new Contact(node(1), node(7), at(10), at(20), 125_000_000, 0, 0.9),
            contact(1, 9, 5, 6, 7, 0));
    assertThat(parsed.plan().facts().names()).isEqualTo(Map.of(node(2), "dtn://b.dtn/"));
    assertThat(parsed.warnings().stream().map(PlanProblem::toString))
        .containsExactly(
            "p:1:1: there are no light times in a plan of µD3TN; they are taken for 0",
            "p:1:3: not all names of nodes are numbers; the others get the lowest that are left:"
                + " dtn://b.dtn/ is 2",
            "p:2:39: neighbours say who is reachable through them; it is not used: routes are found"
                + " in the plan",
            "p:2:74: contacts have no limit to their rate; 10^9 bits/s are taken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          1(ipn:2.0),50:::[];              ~ 1:12: '50' is no reliability; expected 100 up to 1000
          1(ipn:2.0):::[{1,2}];            ~ 1:18: '2}]' is no number here; expected 0 up to 7889270400
          1(ipn:2.0):::[{5,5,1}];          ~ 1:18: the contact ends when it starts; give an end after the start
          1(ipn:2.0)                       ~ 1:11: the command stops; expected 1(EID)[,RELIABILITY]:[(CLA:ADDRESS)]:[[(EID),…]][:[{START,END,BYTES/S},…]];
          1(ipn:2.0)x;                     ~ 1:11: 'x' stands where ':' belongs; expected 1(EID)[,RELIABILITY]:[(CLA:ADDRESS)]:[[(EID),…]][:[{START,END,BYTES/S},…]];
          """)
  void tellsWhereAndWhat(String text, String problem) {
    assertThat(Readings.problems(text, OF_NODE_1)).containsExactly("p:" + problem);
  }

  @Test
  void somebodyMustSayWhoseViewItIs() {
    assertThat(Readings.problems("1(ipn:2.0):::[];"))
        .containsExactly(
            "p:1:1: a plan of µD3TN is the view of one node, which it does not name; say"
                + " whose with --node, or use another format");
  }

  @Test
  void printsTheViewOfOneNode() {
    ContactPlan plan =
        plan(
            new Contact(node(1), node(2), at(0.5), at(10), 9_000_000_000L, 3000, 0.25),
            contact(2, 1, 0, 10, 1000, 0));
    assertThat(PlanWriter.print(plan, PlanFormat.UD3TN, TimeStyle.ABSOLUTE))
        .isEqualTo(
            new Printed(
                "1(ipn:2.0),250:::[{1,10,4294967199}];\n",
                List.of(
                    "1 contact printed without light time: 1>2 at 2000-01-01T00:00:00.500Z",
                    "1 contact rounded to whole seconds: 1>2 at 2000-01-01T00:00:00.500Z",
                    "1 contact slowed down to 4294967199 bytes per second: 1>2 at"
                        + " 2000-01-01T00:00:00.500Z",
                    "1 contact not printed, for another node sends: 2>1 at 2000-01-01T00:00:00Z")));
  }
}
