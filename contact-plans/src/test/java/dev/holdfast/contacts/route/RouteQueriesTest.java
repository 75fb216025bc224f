package dev.holdfast.contacts.route;

import static dev.holdfast.contacts.Plans.at;
import static dev.holdfast.contacts.Plans.contact;
import static dev.holdfast.contacts.Plans.node;
import static dev.holdfast.contacts.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.Epoch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteQueriesTest {
  private static final Epoch.At ZERO = new Epoch.At(0);
  private final ContactPlan plan =
      plan(contact(1, 2, 10, 20, 1000, 1), contact(2, 3, 15, 30, 1000, 0.5));

  private static RouteQueries.Reading read(String text) {
    return RouteQueries.read("q.csv", text, ZERO);
  }

  private List<String> answers(String text) {
    List<String> lines = new ArrayList<>();
    if (read(text) instanceof RouteQueries.Reading.Parsed(List<RouteQueries.Query> queries)) {
      RouteQueries.answer(plan, queries, ZERO, lines::add);
    }
    return lines;
  }

  @Test
  void answersEachQueryWithOneLine() {
    assertThat(answers("from,to,at_s,size_bytes\n1,3,0,2500\n3,1,0,1\n\n2,2,1.5,7\n"))
        .containsExactly(
            "{\"from\":1,\"to\":3,\"at_s\":0,\"size_bytes\":2500,"
                + "\"best_case\":{\"found\":true,\"arrival_s\":15.5,\"hops\":2,"
                + "\"termination_s\":20,\"entry_node\":2,\"volume_left_bytes\":10000,"
                + "\"contacts\":["
                + "{\"from\":1,\"to\":2,\"start_s\":10,\"end_s\":20,"
                + "\"first_byte_s\":10,\"last_byte_s\":10,\"arrival_s\":11},"
                + "{\"from\":2,\"to\":3,\"start_s\":15,\"end_s\":30,"
                + "\"first_byte_s\":15,\"last_byte_s\":15,\"arrival_s\":15.5}]},"
                + "\"sized\":{\"found\":true,\"arrival_s\":18,\"hops\":2,"
                + "\"termination_s\":20,\"entry_node\":2,\"volume_left_bytes\":10000,"
                + "\"contacts\":["
                + "{\"from\":1,\"to\":2,\"start_s\":10,\"end_s\":20,"
                + "\"first_byte_s\":10,\"last_byte_s\":12.5,\"arrival_s\":13.5},"
                + "{\"from\":2,\"to\":3,\"start_s\":15,\"end_s\":30,"
                + "\"first_byte_s\":15,\"last_byte_s\":17.5,\"arrival_s\":18}]}}",
            "{\"from\":3,\"to\":1,\"at_s\":0,\"size_bytes\":1,"
                + "\"best_case\":{\"found\":false,\"arrival_s\":null,\"hops\":null,"
                + "\"termination_s\":null,\"entry_node\":null,\"contacts\":[]},"
                + "\"sized\":{\"found\":false,\"arrival_s\":null,\"hops\":null,"
                + "\"termination_s\":null,\"entry_node\":null,\"contacts\":[]}}",
            "{\"from\":2,\"to\":2,\"at_s\":1.5,\"size_bytes\":7,"
                + "\"best_case\":{\"found\":true,\"arrival_s\":1.5,\"hops\":0,"
                + "\"termination_s\":null,\"entry_node\":null,\"contacts\":[]},"
                + "\"sized\":{\"found\":true,\"arrival_s\":1.5,\"hops\":0,"
                + "\"termination_s\":null,\"entry_node\":null,\"contacts\":[]}}");
  }

  @Test
  void columnsMayStandInAnyOrder() {
    assertThat(answers("note,size_bytes,at_s,to,from\nx,2500,0.0,3,1\n").getFirst())
        .startsWith("{\"from\":1,\"to\":3,\"at_s\":0,\"size_bytes\":2500,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          from,to,at_s                         ~ q.csv:1:1: there is no column size_bytes; begin with from,to,at_s,size_bytes
          from,to,at_s,size_bytes|1,2,3        ~ q.csv:2:1: the line has 3 fields; the header has 4
          from,to,at_s,size_bytes|1,two,3,4    ~ q.csv:2:1: from or to is no node; write a number such as 977
          from,to,at_s,size_bytes|1,2,-3,4     ~ q.csv:2:1: at_s is no time; write seconds, up to three decimals
          from,to,at_s,size_bytes|1,2,3,4.5    ~ q.csv:2:1: size_bytes is no size; write whole bytes
          from,to,at_s,size_bytes|1,2,3,99999999999999999999 ~ q.csv:2:1: size_bytes is no size; write whole bytes
          """)
  void tellsWhatIsWrong(String text, String problem) {
    assertThat(read(text.replace('|', '\n')))
        .isInstanceOfSatisfying(
            RouteQueries.Reading.Refused.class,
            refused -> assertThat(refused.problem().toString()).isEqualTo(problem));
  }

  @Test
  void explainsARoute() {
    RouteQuery query = RouteQuery.of(node(1), node(3), at(0), 2500);
    Route route = new EarliestArrival(plan).route(query).orElseThrow();
    assertThat(RouteText.explain(route, true))
        .isEqualTo(
            """
            2.5 kB from 1 to 3, ready +0: 2 hops, arrives +18, after 18 s
              1. 1 > 2  waits 10 s, sends +10 to +12.5, light time 1 s, there +13.5  (contact +10 to +20, 1 kB/s)
              2. 2 > 3  waits 1.5 s, sends +15 to +17.5, light time 0.5 s, there +18  (contact +15 to +30, 1 kB/s)
              entry node 2, usable until +20, 10 kB can take this way
            """);
    assertThat(RouteQueries.json(query, List.of(route), ZERO))
        .startsWith(
            "{\"from\":1,\"to\":3,\"at_s\":0,\"size_bytes\":2500,"
                + "\"route\":{\"found\":true,\"arrival_s\":18,");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          9, 1, 0,  0     ~ no route: the plan does not know node 9
          1, 3, 30, 0     ~ no route: the plan is over at +30
          3, 1, 0,  0     ~ no route: node 3 has no contact to send in after +0
          2, 1, 0,  0     ~ no route: nobody can send to node 1 after +0
          1, 3, 0,  20000 ~ no route: no chain of contacts after +0 carries 20 kB at once (without size: 2 hops, +15.5)
          1, 3, 20, 0     ~ no route: node 1 has no contact to send in after +20
          """)
  void explainsWhyThereIsNone(String query, String text) {
    String[] f = query.split(", *");
    assertThat(
            RouteText.explainNone(
                plan,
                RouteQuery.of(
                    node(Long.parseLong(f[0])),
                    node(Long.parseLong(f[1])),
                    at(Double.parseDouble(f[2])),
                    Long.parseLong(f[3].strip())),
                true))
        .isEqualTo(text);
  }
}
