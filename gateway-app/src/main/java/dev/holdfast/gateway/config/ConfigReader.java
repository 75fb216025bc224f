package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.yaml.Reading;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.YamlException;
import dev.holdfast.gateway.config.ListenConfig.UnknownPeers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Reads the configuration file. */
public final class ConfigReader {
  private static final Duration YEARS = Duration.ofDays(36_500);

  private final Path base;

  private ConfigReader(Path base) {
    this.base = base;
  }

  /**
   * The configuration in a file.
   *
   * @throws YamlException if it cannot be used
   */
  public static GatewayConfig load(Path file) {
    String text = ConfigFile.text(file);
    return parse(file.toString(), text, file.toAbsolutePath().resolveSibling(""));
  }

  /**
   * The configuration in a text.
   *
   * @param file its name, for messages
   * @param text YAML
   * @param base what relative paths in it are relative to
   * @throws YamlException if it cannot be used
   */
  public static GatewayConfig parse(String file, String text, Path base) {
    Reading reading = new Reading(file);
    GatewayConfig config = read(reading, text, base);
    reading.end();
    return config;
  }

  /** Every key that a file may hold, as dotted paths, for the test of the documentation. */
  static SortedSet<String> keys(String text) {
    Reading reading = new Reading("keys");
    read(reading, text, Path.of("."));
    reading.end();
    return reading.known();
  }

  private static GatewayConfig read(Reading reading, String text, Path base) {
    Section root = Section.root(reading, text, ConfigFile.MOST_CHARS);
    GatewayConfig config = new ConfigReader(base).gateway(root);
    root.end();
    return config;
  }

  private GatewayConfig gateway(Section root) {
    NodeId node = root.required("node", NodeId.ipn(1), Values::node).value();
    List<NodeId> others = others(root, node);
    List<NodeId> ourselves = new ArrayList<>(List.of(node));
    ourselves.addAll(others);
    ListenConfig listen = listen(root);
    Optional<PlanConfig> plan = plan(root);
    LinkReader reader = new LinkReader(plan.isPresent(), listen, ourselves);
    List<LinkConfig> links = reader.links(root);
    return new GatewayConfig(
        node,
        others,
        store(root.section("store")),
        clock(root.section("clock")),
        plan,
        contacts(root.section("contacts")),
        OpportunisticReader.read(root.section("opportunistic")),
        listen,
        links,
        reader.routes(root, links),
        endpoints(root.section("endpoints"), ourselves),
        defaults(root.section("defaults")),
        reports(root.section("reports")),
        root.value("trafficBlockType", 224L, ConfigReader::blockType),
        new TwinsReader(base, ourselves).read(root),
        api(root.section("api")),
        log(root.section("log")),
        record(root.section("record")));
  }

  private static List<NodeId> others(Section root, NodeId node) {
    List<NodeId> others = new ArrayList<>();
    for (Located<NodeId> other : root.list("alsoKnownAs", Values::node)) {
      if (other.value().equals(node) || others.contains(other.value())) {
        root.refuse(other.at(), "alsoKnownAs: " + other.value() + " stands here already");
      }
      others.add(other.value());
    }
    return others;
  }

  private StoreConfig store(Section section) {
    StoreConfig config =
        new StoreConfig(
            section.required("directory", base, text -> Values.path(base, text)).value(),
            section.value("maxBytes", 64L << 30, Values.size(1 << 20, 1L << 50)),
            section.number("maxBundles", 10_000_000, 1, 1_000_000_000),
            section.value("maxLifetime", Duration.ZERO, Values.duration(Duration.ZERO, YEARS)),
            section.value("spoolThreshold", 256L << 10, Values.size(4 << 10, 16 << 20)),
            (int) section.number("loadedPerQueue", 1024, 16, 1_000_000),
            section.value("rememberFor", Duration.ZERO, Values.duration(Duration.ZERO, YEARS)),
            section.value("minFree", 128L << 20, Values.size(0, 1L << 50)),
            section.value("cache", 48L << 20, Values.size(1 << 20, 1L << 40)),
            section.number("maxRemembered", 10_000_000, 1, 1_000_000_000));
    section.end();
    return config;
  }

  private static ClockConfig clock(Section section) {
    Duration most = Duration.ofDays(365);
    ClockConfig config =
        new ClockConfig(
            section.value(
                "assumedError", Duration.ofMillis(100), Values.duration(Duration.ZERO, most)),
            section.value(
                "maxError", Duration.ofSeconds(10), Values.duration(Duration.ofMillis(1), most)),
            section.value(
                "acceptStepAfter", Duration.ofMinutes(10), Values.duration(Duration.ZERO, most)));
    if (config.assumedError().compareTo(config.maxError()) > 0) {
      section.refuse(
          section.at(),
          "clock: assumedError exceeds maxError, so the clock would never be trusted");
    }
    section.end();
    return config;
  }

  private Optional<PlanConfig> plan(Section root) {
    if (!root.has("plan")) {
      return Optional.empty();
    }
    Section section = root.section("plan");
    PlanConfig config =
        new PlanConfig(
            section.required("file", base, text -> Values.path(base, text)).value(),
            section.choice("format", PlanConfig.Format.AUTO, PlanConfig.Format.class),
            section.value(
                "epoch",
                Optional.empty(),
                text ->
                    text.equals("start") ? Optional.empty() : Optional.of(Values.instant(text))),
            (int) section.number("keepVersions", PlanConfig.DEFAULT_VERSIONS, 1, 1000),
            section.value(
                "horizon",
                Duration.ofHours(24),
                Values.duration(Duration.ZERO, Duration.ofDays(3660))));
    section.end();
    return Optional.of(config);
  }

  private static ContactsConfig contacts(Section section) {
    ContactsConfig config =
        new ContactsConfig(
            section.flag("openOnUntrustedClock", false),
            section.value(
                "drainGrace",
                Duration.ofSeconds(2),
                Values.duration(Duration.ZERO, Duration.ofDays(1))),
            section.value(
                "missedAfter",
                Duration.ofMinutes(1),
                Values.duration(Duration.ofSeconds(1), Duration.ofDays(30))),
            (int) section.number("overheadPercent", 3, 0, 100),
            section.value("leastFragment", 1024L, Values.size(64, 1 << 30)).intValue(),
            section.value(
                "owltMargin", Duration.ZERO, Values.duration(Duration.ZERO, Duration.ofDays(1))),
            (int) section.number("owltMarginPpm", 0, 0, 1_000_000),
            forecast(section.section("forecast")));
    section.end();
    return config;
  }

  private static ContactsConfig.Forecast forecast(Section section) {
    Duration minute = Duration.ofMinutes(1);
    ContactsConfig.Forecast config =
        new ContactsConfig.Forecast(
            section.value(
                "horizon", Duration.ofHours(24), Values.duration(minute, Duration.ofDays(366))),
            section.value(
                "every", Duration.ofMinutes(5), Values.duration(Duration.ZERO, Duration.ofDays(1))),
            section.value(
                "window", Duration.ofHours(2), Values.duration(minute, Duration.ofDays(30))));
    if (!config.every().isZero() && config.every().compareTo(Duration.ofSeconds(1)) < 0) {
      section.refuse(
          section.at(),
          "contacts.forecast: every is less than a second; write 1s, or 0s for never");
    }
    section.end();
    return config;
  }

  private static ListenConfig listen(Section root) {
    Section section = root.section("listen");
    Optional<ListenConfig.Tcpcl> tcpcl = Optional.empty();
    if (section.has("tcpcl")) {
      Section block = section.section("tcpcl");
      tcpcl =
          Optional.of(
              new ListenConfig.Tcpcl(
                  block.value("address", new HostPort("127.0.0.1", 4556), HostPort::parse),
                  block.choice("unknownPeers", UnknownPeers.REFUSE, UnknownPeers.class),
                  (int) block.number("maxSessions", 64, 1, 4096)));
      block.end();
    }
    Optional<ListenConfig.Mtcp> mtcp = Optional.empty();
    if (section.has("mtcp")) {
      Section block = section.section("mtcp");
      mtcp =
          Optional.of(
              new ListenConfig.Mtcp(
                  block.value("address", new HostPort("127.0.0.1", 4557), HostPort::parse),
                  (int) block.number("maxSessions", 64, 1, 4096)));
      block.end();
    }
    section.end();
    return new ListenConfig(tcpcl, mtcp);
  }

  private static EndpointsConfig endpoints(Section section, List<NodeId> ourselves) {
    EndpointsConfig config =
        new EndpointsConfig(ours(section, "register", ourselves), ours(section, "echo", ourselves));
    section.end();
    return config;
  }

  private static List<Eid> ours(Section section, String key, List<NodeId> ourselves) {
    List<Eid> endpoints = new ArrayList<>();
    for (Located<Eid> endpoint : section.list(key, Values::endpoint)) {
      Eid eid = endpoint.value();
      if (eid.nodeId().filter(ourselves::contains).isEmpty()) {
        section.refuse(
            endpoint.at(), "endpoints." + key + ": " + eid + " is no endpoint of this node");
      } else if (eid.nodeId().filter(node -> node.eid().equals(eid)).isPresent()) {
        section.refuse(
            endpoint.at(), "endpoints." + key + ": " + eid + " is the administrative endpoint");
      }
      endpoints.add(eid);
    }
    return endpoints;
  }

  private static DefaultsConfig defaults(Section section) {
    DefaultsConfig config =
        new DefaultsConfig(
            section.value(
                "lifetime", Duration.ofDays(1), Values.duration(Duration.ofMillis(1), YEARS)),
            (int) section.number("hopLimit", 64, 0, 255),
            section.choice("class", TrafficClass.NORMAL, TrafficClass.class));
    section.end();
    return config;
  }

  private static ReportsConfig reports(Section section) {
    List<ReportsConfig.Kind> kinds =
        section.list("allow", text -> Section.oneOf(text, ReportsConfig.Kind.class)).stream()
            .map(Located::value)
            .distinct()
            .toList();
    boolean stated = section.has("allow");
    ReportsConfig config =
        new ReportsConfig(
            stated ? kinds : List.of(ReportsConfig.Kind.DELIVERY, ReportsConfig.Kind.DELETION),
            (int) section.number("perSecond", 10, 0, 100_000));
    section.end();
    return config;
  }

  private static ApiConfig api(Section section) {
    ApiConfig config =
        new ApiConfig(
            section.value(
                "address",
                Optional.of(new HostPort("127.0.0.1", 8480)),
                text -> text.equals("off") ? Optional.empty() : Optional.of(local(text))),
            section.value("maxUpload", 4L << 30, Values.size(1 << 10, 1L << 40)),
            section.flag("metrics", true),
            (int) section.number("journal", 1_000, 100, 1_000_000));
    section.end();
    return config;
  }

  private RecordConfig record(Section section) {
    RecordConfig config =
        new RecordConfig(
            section.optional("directory", text -> Values.path(base, text)),
            section.value("fileSize", 16L << 20, Values.size(4 << 10, 1L << 40)),
            (int) section.number("files", 8, 2, 10_000));
    section.end();
    return config;
  }

  private static LogConfig log(Section section) {
    LogConfig config =
        new LogConfig(
            section.choice("level", LogConfig.Level.INFO, LogConfig.Level.class),
            section.choice("format", LogConfig.Format.AUTO, LogConfig.Format.class));
    section.end();
    return config;
  }

  private static HostPort local(String text) {
    HostPort address = HostPort.parse(text);
    if (!address.isLoopback()) {
      throw new IllegalArgumentException(
          "the API asks nobody who they are, so it listens on this machine only; write 127.0.0.1:"
              + address.port());
    }
    return address;
  }

  private static long blockType(String text) {
    long type = Section.whole(text, 11, Integer.MAX_VALUE);
    if (type == 11 || type == 12 || (type >= 192 && type <= 194)) {
      throw new IllegalArgumentException("block type " + type + " has another meaning; write 224");
    }
    return type;
  }
}
