package dev.holdfast.it.replay;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.replay.Progress;
import dev.holdfast.gateway.replay.Replay;
import dev.holdfast.gateway.replay.RunResult;
import dev.holdfast.gateway.replay.ScenarioBuilder;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A published scenario of the DtnSim simulator: its contacts and its traffic, over our gateways and
 * ideal links. A hundred end nodes send ten bundles each to ground stations, by satellites.
 */
final class DtnSimScenario {
  private static final int NODES = 122;
  static final int BUNDLES = 10;
  static final Pattern FLOW =
      Pattern.compile("dtnsim\\.node\\[(\\d+)]\\.app\\.destinationEid=\"(\\d+)\"");

  private final Path contacts;
  private final Path traffic;

  /** What came of a run. */
  record Outcome(RunResult result, double meanDelaySeconds, double transfersPerDelivery) {}

  DtnSimScenario(Path contacts, Path traffic) {
    this.contacts = contacts;
    this.traffic = traffic;
  }

  /** Sums up delays, from submission to the first time that the application is handed it. */
  private static final class Delays extends Watch {
    private double seconds;
    private long count;

    @Override
    public void fetched(SimNode node, HeldBundle bundle, boolean repeated) {
      seconds += node.now().wall().since(bundle.id().created().time()) / 1e3;
      count++;
    }
  }

  /** Runs it; the contacts are copied to {@code work} in the order of their starts. */
  Outcome run(Path work) throws IOException {
    List<String[]> rows =
        Files.readAllLines(contacts).stream()
            .map(line -> line.split(","))
            .filter(row -> !row[0].equals(row[1]))
            .sorted(Comparator.comparingDouble(row -> Double.parseDouble(row[2])))
            .toList();
    Path sorted = work.resolve("contacts.csv");
    Files.write(sorted, rows.stream().map(row -> String.join(",", row)).toList());
    ScenarioBuilder builder = new ScenarioBuilder("dtnsim", Duration.ofDays(1));
    for (int n = 1; n <= NODES; n++) {
      builder.nodes("n" + n);
    }
    TreeSet<String> pairs = new TreeSet<>();
    for (String[] row : rows) {
      int a = Integer.parseInt(row[0]);
      int b = Integer.parseInt(row[1]);
      if (pairs.add(Math.min(a, b) + " " + Math.max(a, b))) {
        builder.link("n" + Math.min(a, b), "n" + Math.max(a, b), "ideal", Channel.of(0, 1_000));
      }
    }
    builder.trace(sorted, Channel.of(0, 1_000));
    Matcher flows = FLOW.matcher(Files.readString(traffic));
    while (flows.find()) {
      String from = "n" + flows.group(1);
      String to = "n" + flows.group(2);
      builder.flow(from, to, Duration.ofHours(1), 20, BUNDLES);
    }
    Delays delays = new Delays();
    RunResult result = Replay.run(builder.build(), List.of(delays), Progress.NONE);
    return new Outcome(
        result,
        delays.seconds / delays.count,
        (double) result.totals().transfers() / result.totals().delivered());
  }
}
