package dev.holdfast.gateway.orbit;

import dev.holdfast.contacts.orbit.Cutting;
import dev.holdfast.contacts.orbit.LinkRule;
import dev.holdfast.contacts.orbit.OrbitException;
import dev.holdfast.contacts.orbit.OrbitScenario;
import dev.holdfast.contacts.yaml.Position;
import dev.holdfast.contacts.yaml.Reading;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.contacts.yaml.YamlException.Problem;
import dev.holdfast.gateway.config.ConfigFile;
import dev.holdfast.gateway.config.Values;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The file that a plan is generated from, as read. */
public final class OrbitFile {
  private static final Instant EARLIEST = Instant.parse("2000-01-02T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2050-01-01T00:00:00Z");
  private static final Duration LONGEST = Duration.ofDays(10 * 366);

  private final String file;
  private final OrbitScenario scenario;
  private final Names names;
  private final SortedSet<String> keys;

  private OrbitFile(String file, OrbitScenario scenario, Names names, SortedSet<String> keys) {
    this.file = file;
    this.scenario = scenario;
    this.names = names;
    this.keys = keys;
  }

  /**
   * Reads a file.
   *
   * @param file its name, for messages
   * @param text YAML
   * @param files gives the text of another file by the name that stands in this one; {@link
   *     IllegalArgumentException} if it cannot be read
   * @throws YamlException with everything that is wrong
   */
  public static OrbitFile read(String file, String text, UnaryOperator<String> files) {
    Reading reading = new Reading(file);
    Section root = Section.root(reading, text, ConfigFile.MOST_CHARS);
    Instant start = root.required("start", EARLIEST, OrbitFile::start).value();
    Duration duration =
        root.required(
                "duration", Duration.ofDays(1), Amount.seconds(Duration.ofSeconds(1), LONGEST))
            .value();
    Cutting cutting = cutting(root.section("contacts"));
    Names names = new Names();
    Map<String, List<TleFile.Entry>> read = new HashMap<>();
    Function<String, List<TleFile.Entry>> satellites =
        name -> read.computeIfAbsent(name, n -> TleFile.read(n, files.apply(n)));
    new NodeReader(names, satellites).nodes(root);
    ConstellationReader constellations = new ConstellationReader(names, satellites);
    constellations.constellations(root);
    constellations.groups(root);
    List<LinkRule> links = new LinkRuleReader(names).links(root);
    if (links.isEmpty()) {
      root.refuse(root.at(), "nobody may talk; add links");
    }
    root.end();
    reading.end();
    return new OrbitFile(
        file,
        new OrbitScenario(start, duration, names.nodes(), links, cutting),
        names,
        reading.known());
  }

  private static Cutting cutting(Section block) {
    Cutting usual = Cutting.DEFAULT;
    Cutting cutting =
        new Cutting(
            block.value(
                "guard", usual.guard(), Values.duration(Duration.ZERO, Duration.ofHours(1))),
            block.value(
                "shortest",
                usual.shortest(),
                Amount.seconds(Duration.ofSeconds(1), Duration.ofDays(1))),
            block.value(
                "light-time-drift",
                usual.drift(),
                Values.duration(Duration.ofMillis(1), Duration.ofHours(1))),
            block.value(
                    "light-time-drift-percent", 100 * usual.relativeDrift(), Amount.number(0, 50))
                / 100);
    block.end();
    return cutting;
  }

  private static Instant start(String text) {
    Instant instant = Values.instant(EARLIEST, LATEST).apply(text);
    if (!instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException("'" + text + "' is no whole second");
    }
    return instant;
  }

  /** What it says. */
  public OrbitScenario scenario() {
    return scenario;
  }

  /** What a generator found wrong, with the place of the node that it is about. */
  public YamlException located(OrbitException e) {
    Position at = names.place(e.node()).orElse(new Position(1, 1));
    return new YamlException(List.of(new Problem(file, at, String.valueOf(e.getMessage()))));
  }

  /** Every key that was asked for, as dotted paths, for the test of the documentation. */
  SortedSet<String> keys() {
    return keys;
  }
}
