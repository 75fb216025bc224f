package dev.holdfast.gateway;

import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.format.DiffText;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.rocks.RocksBundleStore;
import dev.holdfast.custody.rocks.RocksOptions;
import dev.holdfast.gateway.api.ApiServer;
import dev.holdfast.gateway.api.NodeAccess;
import dev.holdfast.gateway.api.Operations;
import dev.holdfast.gateway.api.Operations.HealthCheck;
import dev.holdfast.gateway.api.Operations.Reloaded;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.config.StoreConfig;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.node.Effects;
import dev.holdfast.gateway.node.Journal;
import dev.holdfast.gateway.node.Node;
import dev.holdfast.gateway.node.NodeLoop;
import dev.holdfast.gateway.plan.PlanKeeper;
import dev.holdfast.gateway.plan.PlanReload;
import dev.holdfast.gateway.record.LinkRecorder;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.twin.TwinLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A whole gateway: store, node, links, plan and API, wired here and nowhere else. Opened, started,
 * drained, closed, once each.
 */
public final class Gateway implements AutoCloseable {
  private final GatewayConfig config;
  private final Supplier<GatewayConfig> reread;
  private final GatewayClock clock;
  private final BundleStore store;
  private final Optional<LinkRecorder> recorder;
  private final LinkDirectory directory;
  private final Journal journal;
  private final NodeLoop loop;
  private final LinkWiring links;
  private final PlanKeeper plan;
  private final Optional<TwinLoop> twins;
  private final Optional<ApiServer> api;
  private boolean closed;

  /**
   * Opens the store and binds every listener; nothing runs yet.
   *
   * @param config the configuration
   * @param reread reads it again for a reload
   * @param clock the clock
   * @param version the version of this build
   * @param fatal told, on any thread, of a failure that stops the gateway
   * @throws dev.holdfast.custody.StoreException if the store cannot be opened
   * @throws IOException if an address cannot be bound; the message says which and how to mend it
   */
  public static Gateway open(
      GatewayConfig config,
      Supplier<GatewayConfig> reread,
      GatewayClock clock,
      String version,
      Consumer<Throwable> fatal)
      throws IOException {
    BundleStore store = RocksBundleStore.open(config.store().directory(), options(config.store()));
    try {
      return new Gateway(config, reread, clock, new Build(store, version), fatal);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private record Build(BundleStore store, String version) {}

  private Gateway(
      GatewayConfig config,
      Supplier<GatewayConfig> reread,
      GatewayClock clock,
      Build build,
      Consumer<Throwable> fatal)
      throws IOException {
    this.config = config;
    this.reread = reread;
    this.clock = clock;
    this.store = build.store();
    this.journal = new Journal(config.api().journal());
    this.recorder =
        config.record().directory().isEmpty()
            ? Optional.empty()
            : Optional.of(LinkRecorder.start(config.node(), config.record(), clock, fatal));
    this.directory = recorder.map(r -> new LinkDirectory(r::around)).orElseGet(LinkDirectory::new);
    Moment now = clock.now();
    Node node = new Node(Settings.of(config), store, clock.bootId(), now);
    Effects effects = new Effects(directory, store, clock, journal);
    this.loop = new NodeLoop(node, store, clock, effects, fatal);
    this.plan =
        new PlanKeeper(
            config.plan(),
            config.store().directory().resolve("plans"),
            () -> clock.now().wall(),
            this::planned);
    this.twins =
        config.twins().isEmpty()
            ? Optional.empty()
            : Optional.of(TwinWiring.of(config, store, loop, clock, fatal));
    Operations operations = new Operations(() -> config, plan, this::reload, this::health);
    NodeAccess access = new NodeAccess(loop::ask, store, journal);
    this.api =
        config
            .api()
            .address()
            .map(
                address ->
                    new ApiServer(
                        address, access, twins.map(TwinLoop::access), operations, build.version()));
    LinkSink sink = recorder.<LinkSink>map(r -> r.before(loop)).orElse(loop);
    this.links = LinkWiring.bind(config, clock, sink, store, directory, fatal);
  }

  private void planned(ContactPlan next) {
    loop.put(new NodeEvent.PlanLoaded(next));
    twins.ifPresent(each -> each.planned(next));
  }

  private static RocksOptions options(StoreConfig config) {
    RocksOptions defaults = RocksOptions.defaults();
    return defaults
        .withReserveBytes(config.minFree())
        .withSeenRecords(config.maxRemembered())
        .withCache(config.cache());
  }

  /**
   * Runs: the API answers, neighbours may connect, contacts open.
   *
   * @return what is wrong with the contact plan, if it could not be read; the gateway runs without
   *     one then
   * @throws IOException if the API's address cannot be bound
   */
  public Optional<PlanReload.Refused> start() throws IOException {
    if (api.isPresent()) {
      api.get().start();
    }
    loop.start();
    twins.ifPresent(TwinLoop::start);
    Optional<PlanReload.Refused> refused =
        plan.start() instanceof PlanReload.Refused bad ? Optional.of(bad) : Optional.empty();
    links.start();
    return refused;
  }

  /** Where the API listens. */
  public Optional<HostPort> apiAddress() {
    return api.map(ApiServer::address);
  }

  /** Where neighbours may connect, for people. */
  public List<String> listeners() {
    return links.listeners();
  }

  /** The node's loop, for tests and tools in the same process. */
  public NodeLoop loop() {
    return loop;
  }

  /** What happened. */
  public Journal journal() {
    return journal;
  }

  /** Reads plan and configuration anew. What needs a restart is said and left as it is. */
  public Reloaded reload() {
    List<String> lines = new ArrayList<>();
    GatewayConfig next;
    try {
      next = reread.get();
    } catch (RuntimeException e) {
      return new Reloaded(false, List.of(String.valueOf(e.getMessage())));
    }
    return switch (plan.reload(next.plan())) {
      case PlanReload.Refused(List<String> problems) -> new Reloaded(false, problems);
      case PlanReload.InForce inForce -> {
        lines.add(
            inForce.difference().isEmpty()
                ? "the contact plan is unchanged"
                : "contact plan version "
                    + inForce.plan().version()
                    + " is in force: "
                    + DiffText.summary(inForce.difference().joiningMoves()));
        lines.addAll(inForce.warnings());
        if (!withoutPlan(next).equals(withoutPlan(config))) {
          lines.add("the configuration changed beyond the plan: restart the gateway to apply it");
        }
        yield new Reloaded(true, lines);
      }
    };
  }

  private static GatewayConfig withoutPlan(GatewayConfig c) {
    return new GatewayConfig(
        c.node(),
        c.alsoKnownAs(),
        c.store(),
        c.clock(),
        Optional.empty(),
        c.contacts(),
        c.opportunistic(),
        c.listen(),
        c.links(),
        c.routes(),
        c.endpoints(),
        c.defaults(),
        c.reports(),
        c.trafficBlockType(),
        c.twins(),
        c.api(),
        c.log(),
        c.record());
  }

  private List<HealthCheck> health() {
    Moment now = clock.now();
    boolean running = loop.isRunning();
    boolean full = loop.isFull();
    return List.of(
        new HealthCheck(
            "node", true, running, running ? "the node's loop runs" : "the node has stopped"),
        new HealthCheck(
            "store",
            false,
            running && !full,
            full ? "no room; free space on its disk" : "open at " + config.store().directory()),
        new HealthCheck("listeners", false, links.isBound(), String.join(", ", listeners())),
        new HealthCheck(
            "plan",
            false,
            plan.lastWasGood(),
            plan.lastWasGood()
                ? "version "
                    + plan.plan().version()
                    + " is in force"
                    + plan.plan().end().map(end -> ", its last contact ends " + end).orElse("")
                : "the last reading was refused; see holdfast plan check"),
        new HealthCheck(
            "clock",
            false,
            now.trusted(),
            now.trusted()
                ? "off by at most " + now.wallErrorMillis() + " ms"
                : "not trusted: contacts stay closed and nothing expires by it"));
  }

  /** Takes no more, lets transfers end for a while, and closes. */
  public void drain(long millis) throws InterruptedException {
    links.leave();
    twins.ifPresent(TwinLoop::close);
    loop.drain(millis);
    close();
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    api.ifPresent(ApiServer::close);
    twins.ifPresent(TwinLoop::close);
    links.close();
    loop.close();
    recorder.ifPresent(LinkRecorder::close);
    store.close();
  }
}
