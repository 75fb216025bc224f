package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PlanCommandTest {
  private static final String PLAN =
      """
      a range +0 +100 1 3 1
      a contact +10 +20 1 2 1000
      a contact +15 +30 2 3 1000
      a contact +40 +50 1 3 1000
      """;

  @TempDir private Path folder;
  private Path plan = Path.of("");
  private Path bad = Path.of("");

  /** What a command did. */
  private record Run(int exit, String out, String err) {}

  @BeforeEach
  void files() throws IOException {
    plan = folder.resolve("plan.ionrc");
    Files.writeString(plan, "a range +0 +100 1 2 1\na range +0 +100 2 3 0.5\n" + PLAN);
    bad = folder.resolve("bad.ionrc");
    Files.writeString(bad, "a contact +0 +10 1 2 5\na contact 2026/13/01-00:00:00 +10 2 1 5\nz\n");
  }

  private static Run run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(List.of(new PlanCommand()))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    String[] arguments = new String[words.length + 1];
    arguments[0] = "plan";
    for (int i = 0; i < words.length; i++) {
      arguments[i + 1] = words[i].toString();
    }
    int exit = line.execute(arguments);
    line.getOut().flush();
    line.getErr().flush();
    return new Run(exit, out.toString(), err.toString());
  }

  @Test
  void checksAPlan() {
    assertThat(run("check", plan))
        .isEqualTo(
            new Run(
                0,
                plan
                    + ": ion, 3 contacts between 3 nodes, +10 to +50 (40 s), 35 kB in all\n"
                    + "  3 directed pairs, open 35 s in all, each contact 10 s to 15 s\n"
                    + "  rate 1 kB/s, light time 0.5 s to 1 s\n",
                ""));
    assertThat(run("check", plan, "--json").out())
        .startsWith("{\"file\":\"" + plan + "\",\"ok\":true,\"format\":\"ion\",");
  }

  @Test
  void warnsOfThePlansEnd() {
    assertThat(run("check", plan, "--horizon", "30s", "--now", "+25").err())
        .isEqualTo(plan + ": warning: the last contact ends +50, in 25 s\n");
    assertThat(run("check", plan, "--horizon", "30s", "--now", "+10").err()).isEmpty();
    assertThat(run("check", plan, "--node", 2, "--horizon", "1s", "--now", "+40").err())
        .isEqualTo(plan + ": warning: the last contact of node 2 ended +30, the plan is over\n");
    assertThat(run("check", plan, "--horizon", "30s", "--now", "+25", "--json").out())
        .endsWith(",\"horizon\":{\"within_s\":30,\"left_s\":25,\"runs_out\":true}}\n");
    assertThat(run("check", plan, "--horizon", "30s", "--now", "+10", "--json").out())
        .endsWith(",\"horizon\":{\"within_s\":30,\"left_s\":40,\"runs_out\":false}}\n");
    assertThat(run("check", plan, "--node", 2, "--horizon", "1s", "--now", "+40", "--json").out())
        .endsWith(",\"horizon\":{\"within_s\":1,\"left_s\":-10,\"runs_out\":true}}\n");
    assertThat(run("check", plan, "--node", 77, "--horizon", "1s", "--now", "+40", "--json").out())
        .endsWith(",\"horizon\":{\"within_s\":1,\"left_s\":null,\"runs_out\":true}}\n");
    assertThat(run("check", plan, "--horizon", "30s").exit()).isEqualTo(2);
    assertThat(run("check", plan, "--horizon", "soon", "--now", "+1").exit()).isEqualTo(2);
  }

  @Test
  void tellsEveryProblem() {
    Run run = run("check", bad);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            bad
                + ":2:11: the start time '2026/13/01-00:00:00' is no time: no such date or time of"
                + " day; write yyyy/mm/dd-hh:mm:ss (UTC) or +SECONDS",
            bad + ":3:1: 'z' is no ION command; expected a, c, d, @ or a comment after #");
    Run json = run("check", bad, "--json");
    assertThat(json.exit()).isEqualTo(2);
    assertThat(json.out())
        .startsWith("{\"file\":\"" + bad + "\",\"ok\":false,\"problem_count\":2,\"problems\":[{")
        .contains("\"line\":2,\"column\":11,");
  }

  @Test
  void otherCommandsTellTheFirstProblemInOneLine() {
    for (Run run :
        List.of(
            run("show", bad),
            run("convert", bad, "--to", "csv"),
            run("route", bad, "--from", 1, "--to", 2))) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err())
          .startsWith(bad + ":2:11: ")
          .endsWith(" (and 1 more: holdfast plan check)\n");
    }
  }

  @Test
  void warnsOnStandardError() throws IOException {
    Files.writeString(plan, PLAN);
    Run check = run("check", plan);
    assertThat(check.exit()).isZero();
    assertThat(check.err().lines())
        .containsExactly(
            plan
                + ":2:1: warning: no range gives contact 1>2 a light time;"
                + " it is not used then; add 'a range' for its window",
            plan
                + ":3:1: warning: no range gives contact 2>3 a light time;"
                + " it is not used then; add 'a range' for its window");
    Run show = run("show", plan);
    assertThat(show.err())
        .isEqualTo(plan + ": warnings: 2; see holdfast plan check " + plan + "\n");
    assertThat(run("show", plan, "--missing-range", "zero").out()).contains("3 contacts");
  }

  @Test
  void showsAPlan() {
    Run all = run("show", plan);
    assertThat(all.exit()).isZero();
    assertThat(all.out().lines()).hasSize(5);
    assertThat(run("show", plan, "--node", 2).out()).contains("2 contacts between 3 nodes");
    assertThat(run("show", plan, "--epoch", "2026-12-01T00:00:00Z").out())
        .contains("2026-12-01T00:00:10Z");
    assertThat(run("show", plan, "--json").out())
        .contains("{\"from\":1,\"to\":2,\"start_s\":10,\"end_s\":20,\"rate_bytes_per_s\":1000,");
    assertThat(run("show", plan, "--node", 9))
        .isEqualTo(new Run(2, "", "holdfast plan show: --node: the plan does not know node 9\n"));
  }

  @Test
  void drawsAPlan() throws IOException {
    Run text = run("gantt", plan, "--ascii", "--route", 1, 3, "--size", 1000, "--now", "+12");
    assertThat(text.exit()).isZero();
    assertThat(text.out())
        .contains("2 contacts of 2 pairs", "hop 1", "hop 2", "now", "entry node 2");
    Path svg = folder.resolve("plan.svg");
    assertThat(run("gantt", plan, "--out", svg).out())
        .isEqualTo(svg + ": 3 contacts of 3 pairs, +10 to +50 (40 s)\n");
    assertThat(Files.readString(svg)).startsWith("<svg xmlns=").endsWith("</svg>\n");
    assertThat(run("gantt", plan, "--rows", 1, "--json", "-o", svg))
        .isEqualTo(
            new Run(
                0,
                "{\"out\":\""
                    + svg
                    + "\",\"contact_count\":3,\"drawn_count\":1,\"joined_count\":0,"
                    + "\"pair_count\":3,\"row_count\":1}\n",
                "3 contacts, 1 drawn; narrow with --node or --from/--until, or draw more with"
                    + " --rows\n"));
  }

  @Test
  void drawsWhatTrafficTakes() throws IOException {
    Path traffic = folder.resolve("traffic.yaml");
    Files.writeString(
        traffic,
        """
        traffic:
          - { from: 1, to: 2, count: 1, size: 4900B }
          - { from: 3, to: 1, count: 1, size: 10B }
        """);
    Run busy = run("gantt", plan, "--traffic", traffic);
    assertThat(busy.out()).contains("50 %");
    assertThat(busy.err())
        .isEqualTo(
            traffic
                + ": 1 of 2 bundles do not arrive in time; see holdfast plan check --traffic\n");
    assertThat(run("gantt", plan, "--traffic", traffic, "--json").out())
        .contains("\"used_bytes\":5047");
    Files.writeString(traffic, "traffic: [{ from: 1, to: 9, count: 1, size: 1KiB }]\n");
    Run refused = run("gantt", plan, "--traffic", traffic);
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err()).contains(traffic + ":1:", "'9' is no node of the plan");
  }

  @Test
  void drawsSeveralPlansAsOne() throws IOException {
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "5,6,0,10,1000,1\n1,2,10,20,1000,1\n");
    assertThat(run("gantt", plan, other).out())
        .startsWith("plan.ionrc + other.csv: 4 contacts of 4 pairs");
    Files.writeString(other, "1,2,15,25,1000,1\n");
    assertThat(run("gantt", plan, other).err()).contains("contradict each other on 1 > 2");
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    for (Run run :
        List.of(
            run("gantt", plan, "--node", 9),
            run("gantt", plan, "--route", 1, 1),
            run("gantt", plan, "--route", "base", 1),
            run("gantt", plan, "--size", 5),
            run("gantt", plan, "--rows", 0),
            run("gantt", plan, "--from", "+20", "--until", "+10"),
            run("gantt", plan, "--from", "+50"),
            run("gantt", plan, "--until", "+10"),
            run("gantt", bad))) {
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(1);
    }
    assertThat(run("gantt", plan, "--route", 3, 1).exit()).isEqualTo(1);
  }

  @Test
  void comparesPlans() throws IOException {
    assertThat(run("diff", plan, plan))
        .isEqualTo(new Run(0, "no difference: 3 contacts in both\n", ""));
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "1,2,10,20,1000,1\n2,3,15,30,1000,0.5\n1,3,40,55,1000,1\n");
    assertThat(run("diff", plan, other).out())
        .isEqualTo(
            """
            changed: 1 contact of 1 directed pair, open 10 s -> 15 s, 10 kB -> 15 kB
            ~ 1 > 3  +40  end +50 -> +55
            in all: 3 contacts, open 35 s -> 40 s, 35 kB -> 40 kB
            """);
    assertThat(run("diff", plan, other, "--json").out()).startsWith("{\"equal\":false,");
    assertThat(run("diff", plan, bad).exit()).isEqualTo(2);
    assertThat(run("diff", plan).exit()).isEqualTo(2);
  }

  @Test
  void convertsThereAndBack() throws IOException {
    Path csv = folder.resolve("plan.csv");
    assertThat(run("convert", plan, "--to", "csv", "-o", csv)).isEqualTo(new Run(0, "", ""));
    Path ion = folder.resolve("again.ionrc");
    assertThat(run("convert", csv, "--to", "ion", "-o", ion).exit()).isZero();
    assertThat(run("show", ion).out()).isEqualTo(run("show", plan).out());
    Run hdtn = run("convert", plan, "--to", "hdtn");
    assertThat(hdtn.out()).startsWith("{\"contacts\": [");
    assertThat(hdtn.err()).isEqualTo(plan + ": 1 contact rounded to whole seconds: 2>3 at +15\n");
    Run dated =
        run("convert", plan, "--to", "ion", "--relative", "--epoch", "2026-12-01T00:00:00Z");
    assertThat(dated.out()).startsWith("@ 2026/12/01-00:00:00\na range +10 +20 1 2 1\n");
    assertThat(Files.readString(csv)).startsWith("from,to,");
  }

  @Test
  void convertsBetweenTheFormatsOfPeopleAndOfNodes() throws IOException {
    Path yaml = folder.resolve("plan.yaml");
    Files.writeString(
        yaml,
        """
        nodes: {earth: 1, relay: 2}
        regions: {moon: {nodes: [2, 30..39], gateways: [2]}}
        contacts:
          - {from: earth, to: relay, both-ways: true, start: 2026-01-01T00:00:00Z, for: 1h, rate: 8kbit/s, owlt: 1.3s}
        """);
    assertThat(run("show", yaml).out())
        .contains("earth 1")
        .contains("region moon: nodes 2, 30..39; gateways 2\n");
    assertThat(run("show", yaml, "--json").out())
        .contains("\"names\":{\"1\":\"earth\",\"2\":\"relay\"}")
        .contains(
            "\"regions\":[{\"name\":\"moon\",\"nodes\":[\"2\",\"30..39\"],\"gateways\":[2]}]");
    Run commands = run("convert", yaml, "--to", "ud3tn", "--node", 1);
    assertThat(commands)
        .isEqualTo(
            new Run(
                0,
                "1(ipn:2.0):::[{820540800,820544400,1000}];\n",
                """
                FILE: 2 names of nodes are not printed, such as earth of node 1
                FILE: 1 region is not printed: moon
                FILE: 1 contact printed without light time: 1>2 at 2026-01-01T00:00:00Z
                FILE: 1 contact not printed, for another node sends: 2>1 at 2026-01-01T00:00:00Z
                """
                    .replace("FILE", yaml.toString())));
    assertThat(run("convert", yaml, "--to", "ud3tn"))
        .isEqualTo(
            new Run(
                2,
                "",
                "holdfast plan convert: --to ud3tn: say with --node whose contacts to write\n"));
    Path ud3tn = folder.resolve("plan.ud3tn");
    Files.writeString(ud3tn, commands.out());
    assertThat(run("check", ud3tn).exit()).isEqualTo(2);
    assertThat(run("check", ud3tn, "--node", 7).out())
        .startsWith(ud3tn + ": ud3tn, 1 contact between 2 nodes, ");
    Path again = folder.resolve("again.yaml");
    assertThat(run("convert", yaml, "--to", "yaml", "-o", again)).isEqualTo(new Run(0, "", ""));
    assertThat(run("show", again).out()).isEqualTo(run("show", yaml).out());
  }

  /** The same switch mends what is dirty in whichever format it is. */
  @Test
  void repairsEveryFormat() throws IOException {
    List<String> dirty =
        List.of(
            "a range +0 +99 1 2 0\na contact +0 +10 1 2 5\na contact +5 +20 1 2 5\n"
                + "a contact +9 +8 1 2 5\n",
            "{\"contacts\": [{\"source\": 1, \"dest\": 2, \"startTime\": 0, \"endTime\": 10,"
                + " \"rateBitsPerSec\": 40}, {\"source\": 1, \"dest\": 2, \"startTime\": 5,"
                + " \"endTime\": 20, \"rateBitsPerSec\": 40}, {\"source\": 1, \"dest\": 2,"
                + " \"startTime\": 9, \"endTime\": 8, \"rateBitsPerSec\": 40}]}",
            "{\"vertices\": [\"1\", \"2\"], \"edges\": [{\"vertices\": [\"1\", \"2\"], \"contacts\":"
                + " [[\"1\", \"2\", 0, 10, [[0, 1, [[0, 40, 0]]]]], [\"1\", \"2\", 5, 20, [[0, 1, [[0,"
                + " 40, 0]]]]], [\"1\", \"2\", 9, 8, [[0, 1, [[0, 40, 0]]]]]]}]}",
            "1,2,0,10,5,0\n1,2,5,20,5,0\n1,2,9,8,5,0\n",
            "contact 1 2 0 10 5 0 contact 1 2 5 20 5 0 contact 1 2 9 8 5 0",
            "s loop 0\na contact 0 10 1 2 40\na contact 5 20 1 2 40\na contact 9 8 1 2 40\n",
            "1(ipn:2.0):::[{0,10,5},{5,20,5},{9,8,5}];",
            "contacts:\n- {from: 1, to: 2, start: +0, end: +10, rate: 5B/s, owlt: 0s}\n"
                + "- {from: 1, to: 2, start: +5, end: +20, rate: 5B/s, owlt: 0s}\n"
                + "- {from: 1, to: 2, start: +9, end: +8, rate: 5B/s, owlt: 0s}\n");
    Path file = folder.resolve("dirty");
    for (String text : dirty) {
      Files.writeString(file, text);
      assertThat(run("check", file, "--node", 1).exit()).as(text).isEqualTo(2);
      Run repaired = run("check", file, "--node", 1, "--repair");
      assertThat(repaired.exit()).as(text).isZero();
      assertThat(repaired.err())
          .contains("warning: the contact ends before it starts; it is left out\n")
          .contains(" overlaps the one of line ")
          .contains("; both are joined\n");
      assertThat(repaired.out()).contains("between 2 nodes, ").contains("(20 s)");
    }
  }

  @Test
  void routesWithAMarginAndToTheClosedEnd() throws IOException {
    Path ends = folder.resolve("ends.csv");
    Files.writeString(ends, "1,2,100,200,8000,3\n2,3,100,200,8000,3\n1,2,300,400,8000,3\n");
    Object[] late = {"route", ends, "--from", 1, "--to", 3, "--at", "+197"};
    assertThat(run(late).exit()).isEqualTo(1);
    assertThat(run(with(late, "--closed-end")).out()).contains("arrives +203, after 6 s");
    assertThat(run(with(late, "--closed-end", "--size", 1)).exit()).isEqualTo(1);
    assertThat(run(with(late, "--closed-end", "--owlt-margin", "1ms")).exit()).isEqualTo(1);
    assertThat(run(with(late, "--to", 2, "--closed-end", "--json")).out())
        .contains("{\"node\":3,\"found\":true,\"arrival_s\":203}");
    assertThat(run(with(late, "--to", 2, "--any", "--closed-end")).out()).contains("arrives +200");
    Object[] early = {"route", ends, "--from", 1, "--to", 3, "--at", "+0"};
    assertThat(run(with(early, "--owlt-margin", "1500ms", "--owlt-margin-ppm", 1000)).out())
        .contains("arrives +109.006")
        .contains("light time 3 s and margin 1.503 s, there +104.503");
    assertThat(run(with(early, "--owlt-margin-ppm", -1)).exit()).isEqualTo(2);
    Path queries = folder.resolve("queries.csv");
    Files.writeString(queries, "from,to,at_s,size_bytes\n1,3,197,1\n");
    assertThat(run("route", ends, "--queries", queries).out())
        .contains("\"best_case\":{\"found\":false");
    assertThat(run("route", ends, "--queries", queries, "--closed-end").out())
        .contains("\"best_case\":{\"found\":true,\"arrival_s\":203,")
        .contains("\"sized\":{\"found\":false");
  }

  private static Object[] with(Object[] words, Object... more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray();
  }

  @Test
  void findsARoute() {
    Run run = run("route", plan, "--from", 1, "--to", 3, "--at", "+0", "--size", "2500");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith("2.5 kB from 1 to 3, ready +0: 2 hops, arrives +18, after 18 s\n")
        .endsWith("next best:\n  1 > 3: arrives +43.5, 25.5 s later\n");
    assertThat(run("route", plan, "--from", 1, "--to", 3, "--k", 1).out())
        .doesNotContain("next best");
    assertThat(run("route", plan, "--from", 1, "--to", 3, "--k", 5, "--json").out())
        .contains("\"alternatives\":[{\"found\":true,\"arrival_s\":41,\"hops\":1,");
    assertThat(run("route", plan, "--from", 1, "--to", 3, "--k", 0))
        .isEqualTo(new Run(2, "", "holdfast plan route: --k: 0 is not between 1 and 1000\n"));
    assertThat(run("route", plan, "--from", 1, "--to", 3, "--owlt-margin", "1d5h"))
        .isEqualTo(
            new Run(
                2,
                "",
                "holdfast plan route: --owlt-margin: '1d5h' is no duration; write a number with ms,"
                    + " s, m, h or d, such as 30s or 2h\n"));
    assertThat(run("route", plan, "--from", 1, "--to", 3, "--not-via", 2, "--json").out())
        .contains("\"route\":{\"found\":true,\"arrival_s\":41,\"hops\":1,");
    Run none = run("route", plan, "--from", 3, "--to", 1);
    assertThat(none)
        .isEqualTo(
            new Run(1, "", plan + ": no route: node 3 has no contact to send in after +10\n"));
    assertThat(run("route", plan, "--from", 3, "--to", 1, "--json").out())
        .contains("\"route\":{\"found\":false,");
  }

  @Test
  void findsTheWaysToSeveralNodes() {
    Run run = run("route", plan, "--from", 1, "--to", 3, "--to", 2, "--at", "+0", "--size", 2500);
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            2.5 kB from 1 to 2, 3, ready +0: copies to 1 of its neighbours, 2 transmissions in all
              1 > 2  sends +10 to +12.5, there +13.5  for 2, 3
                2 > 3  sends +15 to +17.5, there +18  for 3
            """);
    Run json = run("route", plan, "--from", 1, "--to", 3, "--to", 9, "--at", "+0", "--json");
    assertThat(json.exit()).isEqualTo(1);
    assertThat(json.out())
        .isEqualTo(
            "{\"from\":1,\"at_s\":0,\"size_bytes\":0,\"destinations\":["
                + "{\"node\":3,\"found\":true,\"arrival_s\":15.5},"
                + "{\"node\":9,\"found\":false,\"arrival_s\":null}],\"transmissions\":2,"
                + "\"branches\":[{\"from\":1,\"to\":2,\"start_s\":10,\"end_s\":20,"
                + "\"first_byte_s\":10,\"last_byte_s\":10,\"arrival_s\":11,\"destinations\":[3],"
                + "\"next\":[{\"from\":2,\"to\":3,\"start_s\":15,\"end_s\":30,"
                + "\"first_byte_s\":15,\"last_byte_s\":15,\"arrival_s\":15.5,"
                + "\"destinations\":[3],\"next\":[]}]}]}\n");
    assertThat(run("route", plan, "--from", 1, "--to", 9, "--to", 3, "--any").out())
        .startsWith("best case from 1 to 3, ready +10: 2 hops, arrives +15.5, after 5.5 s\n");
    assertThat(run("route", plan, "--from", 1, "--to", 3, "--to", 2, "--any", "--json").out())
        .startsWith("{\"from\":1,\"to\":2,\"at_s\":10,");
    assertThat(run("route", plan, "--from", 3, "--to", 1, "--to", 2, "--any"))
        .isEqualTo(new Run(1, "", plan + ": no route: none of the 2 nodes can be reached\n"));
  }

  @Test
  void answersQueries() throws IOException {
    Path queries = folder.resolve("q.csv");
    Files.writeString(queries, "from,to,at_s,size_bytes\n1,3,0,2500\n3,1,0,0\n");
    Run run = run("route", plan, "--queries", queries, "--json");
    assertThat(run.exit()).isZero();
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out())
        .contains("\"best_case\":{\"found\":true,\"arrival_s\":15.5,\"hops\":2,")
        .contains("\"sized\":{\"found\":true,\"arrival_s\":18,\"hops\":2,");
    Files.writeString(queries, "from,to,at_s,size_bytes\n1,3,soon,2500\n");
    assertThat(run("route", plan, "--queries", queries, "--json"))
        .isEqualTo(
            new Run(
                2, "", queries + ":2:1: at_s is no time; write seconds, up to three decimals\n"));
  }

  @Test
  void queriesTakeOverlappingContactsEachByItself() throws IOException {
    Path plan = folder.resolve("overlap.csv");
    Files.writeString(plan, "1,2,0,50,1000,0\n1,2,40,90,1000,0\n");
    Path queries = folder.resolve("overlap-queries.csv");
    Files.writeString(queries, "from,to,at_s,size_bytes\n1,2,10,0\n");
    assertThat(run("route", plan, "--from", 1, "--to", 2, "--at", "+10").exit()).isEqualTo(2);
    assertThat(run("route", plan, "--queries", queries).out()).contains("\"termination_s\":50,");
    assertThat(run("route", plan, "--from", 1, "--to", 2, "--at", "+10", "--keep-overlaps").out())
        .isNotEmpty();
    Files.writeString(plan, "1,2,0,50,1000,0\n1,2,90,90,1000,0\n");
    assertThat(run("route", plan, "--queries", queries).exit()).isEqualTo(2);
  }

  @Test
  void refusesUnusableArgumentsInOneLine() throws IOException {
    Path latin = folder.resolve("latin1");
    Files.write(latin, "# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    for (Run run :
        List.of(
            run("check", folder.resolve("absent")),
            run("check", folder),
            run("check", latin),
            run("check"),
            run("show", plan, "--epoch", "yesterday"),
            run("show", plan, "--format", "xml"),
            run("convert", plan, "--to", "xml"),
            run("route", plan),
            run("route", plan, "--from", 1),
            run("route", plan, "--from", 1, "--to", 1),
            run("route", plan, "--from", 1, "--to", 2, "--to", 1),
            run("route", plan, "--from", "earth", "--to", 1),
            run("route", plan, "--from", 1, "--to", 2, "--at", "noon"),
            run("route", plan, "--from", 1, "--to", 2, "--size", "big"))) {
      assertThat(run.exit()).as(run.err()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).as(run.err()).hasSize(1);
    }
  }
}
