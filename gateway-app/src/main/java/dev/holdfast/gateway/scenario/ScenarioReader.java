package dev.holdfast.gateway.scenario;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.yaml.Reading;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.gateway.config.ConfigFile;
import dev.holdfast.gateway.config.Values;
import dev.holdfast.gateway.replay.Expectation;
import dev.holdfast.gateway.replay.Fault;
import dev.holdfast.gateway.replay.Scenario;
import dev.holdfast.gateway.replay.Scenario.Chaos;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.replay.Scenario.PlanSource;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.sim.SimWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Reads a scenario. */
public final class ScenarioReader {
  private static final Instant EARLIEST = Instant.parse("2000-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private final Reading reading;
  private final Path base;

  private ScenarioReader(Reading reading, Path base) {
    this.reading = reading;
    this.base = base;
  }

  /**
   * The scenario in a file; the traces and the plan that it names are there.
   *
   * @throws YamlException if it cannot be used
   */
  public static Scenario load(Path file) {
    Reading reading = new Reading(file.toString());
    ScenarioReader reader =
        new ScenarioReader(reading, file.toAbsolutePath().resolveSibling("").normalize());
    return reader.read(ConfigFile.text(file), true);
  }

  /**
   * The scenario in a text. Whether the files that it names exist is not looked at.
   *
   * @param file its name, for messages
   * @param text YAML
   * @param base what relative paths in it are relative to
   * @throws YamlException if it cannot be used
   */
  public static Scenario parse(String file, String text, Path base) {
    return new ScenarioReader(new Reading(file), base).read(text, false);
  }

  /** Every key that a scenario may hold, as dotted paths, for the test of the documentation. */
  static SortedSet<String> keys(String text) {
    Reading reading = new Reading("keys");
    var _ = new ScenarioReader(reading, Path.of("")).read(text, false);
    return reading.known();
  }

  private Scenario read(String text, boolean withFiles) {
    Section root = Section.root(reading, text, ConfigFile.MOST_CHARS);
    String name = root.required("scenario", "unnamed", NetworkReader::name).value();
    DtnTime start =
        root.value("start", SimWorld.START, Values.instant(EARLIEST, LATEST).andThen(DtnTime::of));
    long duration =
        root.required("duration", Times.LONGEST, Times.between(1, Times.LONGEST)).value();
    long seed = root.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    Frame frame = new Frame(base, duration);
    NetworkReader network = new NetworkReader(frame);
    network.nodes(root);
    network.links(root);
    ContactReader contacts = new ContactReader(frame);
    List<ContactRule> rules = contacts.rules(root);
    List<TraceFile> traces = contacts.traces(root);
    PlanSource plan = contacts.plan(root);
    FlowReader traffic = new FlowReader(frame);
    List<Flow> flows = traffic.flows(root);
    FaultReader wrong = new FaultReader(frame);
    List<Fault> faults = wrong.faults(root);
    Optional<Chaos> chaos = wrong.chaos(root);
    List<Expectation> expectations = expectations(root, frame.network());
    Scenario scenario =
        new Scenario(
            name,
            start,
            duration,
            seed,
            network.nodes(root, traffic.endpoints()),
            frame.network().links(),
            rules,
            traces,
            plan,
            flows,
            faults,
            chaos,
            expectations);
    root.end();
    if (withFiles) {
      frame.files().forEach(this::checkIsThere);
    }
    reading.end();
    return scenario;
  }

  private static List<Expectation> expectations(Section root, Network network) {
    List<Located<Expectation>> stated =
        root.list(
            "expect",
            text -> {
              Expectation expectation = ExpectationText.parse(text);
              expectation.node().ifPresent(network::gateway);
              return expectation;
            });
    List<Expectation> expectations = new ArrayList<>();
    for (Located<Expectation> each : stated) {
      expectations.stream()
          .filter(before -> ExpectationText.contradict(before, each.value()))
          .findFirst()
          .ifPresent(
              before ->
                  root.refuse(
                      each.at(),
                      "expect: '"
                          + each.value().text()
                          + "' contradicts '"
                          + before.text()
                          + "'; no run can meet both"));
      expectations.add(each.value());
    }
    return expectations;
  }

  private void checkIsThere(Located<Path> file) {
    if (!Files.isRegularFile(file.value())) {
      reading.refuse(file.at(), file.value() + ": no such file; paths are relative to " + base);
    }
  }
}
