package dev.holdfast.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.Progress;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.scenario.ScenarioReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command around the runs; what runs is a stand-in whose odd seeds hold every rule. */
class ReplayCommandTest {
  private static final long HOUR = 3_600_000_000_000L;
  private static final String SCENARIO =
      """
      # A pass or two.
      #
      # And more about it.
      scenario: pass
      duration: 1d
      seed: 7
      nodes:
        earth: { id: ipn:1 }
        moon: { id: ipn:2 }
      links:
        - { between: [earth, moon], always: true }
      traffic:
        - { from: ipn:1.7, to: ipn:2.7, every: 1h, size: 1KiB }
      faults:
        - { at: 1h, crash: moon }
      expect:
        - delivered >= 99%
      """;

  @TempDir private Path folder;
  private final List<Long> run = new ArrayList<>();
  private final List<String> reports = new ArrayList<>();
  private Path file = Path.of("");

  /** What a command did. */
  private record Done(int exit, String out, String err) {}

  @BeforeEach
  void scenario() throws IOException {
    file = folder.resolve("pass.yaml");
    Files.writeString(file, SCENARIO);
  }

  private RunResult runs(Scenario scenario, Progress progress) {
    run.add(scenario.seed());
    progress.at(HOUR, 1_000);
    boolean fails = scenario.seed() % 2 == 0;
    Map<TrafficClass, RunResult.Latency> latencies = new EnumMap<>(TrafficClass.class);
    latencies.put(
        TrafficClass.NORMAL,
        new RunResult.Latency(24, HOUR, 2 * HOUR, 2 * HOUR, 3 * HOUR, List.of()));
    return new RunResult(
        scenario.name(),
        scenario.seed(),
        scenario.durationNanos(),
        "abc123",
        5_000,
        new RunResult.Totals(24, 23, 1, 0, 0, 0, 0, 0, 0, 0, 30, 1, 0, 1),
        latencies,
        List.of(),
        0,
        List.of(),
        List.of(),
        verdicts(scenario, fails),
        fails
            ? Optional.of(
                new RunResult.Broken(
                    "nothing-lost", HOUR + 61_002_000_000L, "a bundle is gone", List.of("before")))
            : Optional.empty(),
        new RunResult.Speed(0));
  }

  private static List<Expectation.Verdict> verdicts(Scenario scenario, boolean fails) {
    return scenario.expectations().stream().map(e -> e.judge(fails ? 0.5 : 0.995)).toList();
  }

  private Done replay(Object... words) {
    return replay(new SystemClock(new SystemClock.Trust(100, 10_000, 600_000)), words);
  }

  private Done replay(GatewayClock clock, Object... words) {
    return replay(
        new ReplayEngine(
            this::runs, (directory, _, result) -> reports.add(directory + " " + result.seed())),
        clock,
        words);
  }

  private Done replay(ReplayEngine engine, GatewayClock clock, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line =
        HoldfastCommand.commandLine(
                List.of(new ReplayCommand(clock, new ShippedScenarios(folder), engine)))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    List<String> arguments = new ArrayList<>(List.of("replay"));
    for (Object word : words) {
      arguments.add(word.toString());
    }
    int exit = line.execute(arguments.toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return new Done(exit, out.toString(), err.toString());
  }

  @Test
  void tellsWhatCameOfARun() {
    Done done = replay(file);
    assertThat(run).containsExactly(7L);
    assertThat(done.exit()).isZero();
    assertThat(done.err()).isEmpty();
    assertThat(done.out().lines())
        .anyMatch(line -> line.startsWith("pass, seed 7: 1d 0h in "))
        .contains(
            "normal            24        1h 0m        2h 0m        2h 0m        3h 0m",
            "✓ delivered >= 99%                             99.50%",
            "hash  abc123",
            "again holdfast replay " + file + " --seed 7");
  }

  @Test
  void tellsARuleThatWasBroken() {
    Done done = replay("pass", "--seed", 4);
    assertThat(done.exit()).isEqualTo(1);
    assertThat(done.out()).contains("✗ delivered >= 99%");
    assertThat(done.err().lines())
        .containsExactly(
            "  before",
            "BROKEN nothing-lost, seed 4, at +0d 01:01:01.002: a bundle is gone",
            "NOT MET delivered >= 99%, seed 4: 50.00%",
            "again holdfast replay pass --seed 4");
  }

  @Test
  void runsManySeedsAndGoesOnWhereItStopped() throws IOException {
    Path results = folder.resolve("results.jsonl");
    Done done = replay(file, "--seeds", "1..3", "--results", results);
    assertThat(done.exit()).isEqualTo(1);
    assertThat(done.out()).isEmpty();
    assertThat(done.err()).contains("pass from seed 1 to 3: 3 done, 2 passed; failed: 2\n");
    assertThat(Files.readAllLines(results)).hasSize(3);

    run.clear();
    String unfinished = Files.readString(results) + "{\"scenario\":\"pass\",\"se";
    Files.writeString(results, unfinished);
    done = replay(file, "--seeds", "1..5", "--from-seed", 2, "--results", results);
    assertThat(run).containsExactly(4L, 5L);
    assertThat(done.err())
        .contains("pass from seed 2 to 5: 4 done, 2 of them before, 2 passed; failed: 2 4\n");
    assertThat(Files.readAllLines(results)).hasSize(5);
    assertThat(Files.readAllLines(results).getLast())
        .startsWith("{\"scenario\":\"pass\",\"version\":\"")
        .contains("\"seed\":5,\"passed\":true,", "\"created\":24", "\"p95_s\":7200.0");
  }

  @Test
  void keepsResultsOfOneScenarioTogether() throws IOException {
    Path results = folder.resolve("results.jsonl");
    assertThat(replay(file, "--results", results).exit()).isZero();
    Files.writeString(file, SCENARIO.replace("1KiB", "2KiB"));
    Done done = replay(file, "--results", results);
    assertThat(done.exit()).isEqualTo(2);
    assertThat(done.err())
        .isEqualTo(
            "holdfast replay: "
                + results
                + ":1: a result of another version of pass; give another file to --results\n");
    Files.writeString(results, "something\n");
    assertThat(replay(file, "--results", results).err()).contains(":1: no result of a replay");
  }

  @Test
  void printsJson() {
    Done done = replay(file, "--seed", 2, "--json");
    assertThat(done.exit()).isEqualTo(1);
    assertThat(done.out().lines()).hasSize(1);
    assertThat(JsonText.read(done.out()).orElseThrow().members())
        .containsEntry("seed", 2L)
        .containsEntry("passed", false)
        .containsEntry("hash", "abc123");
    assertThat(done.out())
        .contains(
            "{\"expect\":\"delivered >= 99%\",\"actual\":0.5,\"met\":false}",
            "\"violation\":{\"rule\":\"nothing-lost\",\"at_s\":3661.002,");
  }

  @Test
  void isQuietIfAsked() {
    assertThat(replay(file, "--quiet")).isEqualTo(new Done(0, "", ""));
    assertThat(replay(file, "--seeds", "1..2", "--quiet").err())
        .startsWith("BROKEN nothing-lost, seed 2");
  }

  @Test
  void writesReports() {
    assertThat(replay(file, "--report", folder.resolve("r")).exit()).isZero();
    assertThat(replay(file, "--seeds", "1..2", "--report", folder.resolve("s")).exit()).isOne();
    assertThat(reports)
        .containsExactly(folder.resolve("r") + " 7", folder.resolve("s/seed-2") + " 2");
  }

  @Test
  void writesTheLeastThatFails() throws IOException {
    Path least = folder.resolve("least.yaml");
    Done done = replay(file, "--seeds", "1..9", "--minimise", least);
    assertThat(done.exit()).isEqualTo(1);
    assertThat(run).startsWith(1L, 2L).doesNotContain(3L);
    assertThat(done.err()).contains("minimised in ", ": holdfast replay " + least);
    Scenario small = ScenarioReader.load(least);
    assertThat(small.seed()).isEqualTo(2);
    assertThat(small.faults()).isEmpty();
    assertThat(Files.readString(least))
        .startsWith("# The least of " + file + ", seed 2, that still breaks 'nothing-lost'.\n");

    assertThat(replay(file, "--minimise", folder.resolve("none.yaml")).err())
        .contains("nothing to minimise: nothing failed");
    assertThat(folder.resolve("none.yaml")).doesNotExist();
  }

  @Test
  void endsWhenTheTimeIsUp() {
    Done done = replay(file, "--seeds", "1..1000", "--max-time", "0s");
    assertThat(done.exit()).isEqualTo(1);
    assertThat(done.err()).contains("no seed was done within --max-time");
    assertThat(run).isEmpty();
  }

  @Test
  void listsThoseThatComeWithIt() throws IOException {
    Files.writeString(folder.resolve("abc.yaml"), "scenario: abc\n");
    assertThat(replay().out()).isEqualTo("abc   \npass  A pass or two.\n");
    assertThat(replay("--json").out())
        .endsWith("{\"scenario\":\"pass\",\"about\":\"A pass or two.\"}\n");
  }

  @Test
  void refusesWhatItCannotUse() throws IOException {
    Files.writeString(file, SCENARIO.replace("ipn:2.7", "ipn:3.7").replace("always", "alway"));
    Done done = replay(file);
    assertThat(done.exit()).isEqualTo(2);
    assertThat(done.err().lines())
        .containsExactly(
            file + ":11:31: unknown key 'alway' in 'links'; did you mean 'always'?",
            file
                + ":13:26: traffic.to: ipn:3.7 is an endpoint of no node; the nodes are earth"
                + " (ipn:1.0), moon (ipn:2.0)");
    Files.writeString(file, SCENARIO);
    assertThat(refusal("pas"))
        .isEqualTo(
            "'pas' is neither a file nor a scenario that comes with Holdfast; did you mean 'pass'?");
    assertThat(refusal(file, "--seeds", "5..1")).isEqualTo("--seeds: '5..1' ends before it begins");
    assertThat(refusal(file, "--seeds", "5-9"))
        .isEqualTo("--seeds: '5-9' is no range; write 1..200");
    assertThat(refusal(file, "--seed", 1, "--seeds", "1..2")).startsWith("--seed is for one seed");
    assertThat(refusal(file, "--from-seed", 1)).startsWith("--from-seed has no end");
    assertThat(refusal(file, "--from-seed", 9, "--seeds", "1..2"))
        .isEqualTo("--from-seed: 9 is not among --seeds 1..2");
    assertThat(refusal(file, "--max-time", "soon")).startsWith("--max-time: 'soon' is no duration");
  }

  @Test
  void refusesATraceThatCannotBeFollowed() throws IOException {
    Path trace = folder.resolve("back.linktrace");
    Files.writeString(trace, "#linktrace 1\n10 earth>moon up rate=1000\n5 earth>moon down\n");
    Files.writeString(
        file, SCENARIO.replace("traffic:", "traces:\n  - { file: back.linktrace }\ntraffic:"));
    Done done =
        replay(
            ReplayEngine.REAL, new SystemClock(new SystemClock.Trust(100, 10_000, 600_000)), file);
    assertThat(done.exit()).isEqualTo(2);
    assertThat(done.err().lines()).singleElement().asString().startsWith(trace + ":3");
  }

  private String refusal(Object... words) {
    Done done = replay(words);
    assertThat(done.exit()).isEqualTo(2);
    assertThat(done.err().lines()).hasSize(1);
    return done.err().strip().replace("holdfast replay: ", "");
  }

  @Test
  void showsHowFarItIs() {
    assertThat(RunText.progress("pass seed 1", 6 * HOUR, 24 * HOUR, 3_000_000, 2_000_000_000L))
        .isEqualTo(
            "pass seed 1 [======>                 ]  25 %  6h 0m of 1d 0h  x 10,800  1,500,000 events/s");
    assertThat(RunText.progress("x", HOUR, HOUR, 0, 0))
        .contains("[========================] 100 %");
  }
}
