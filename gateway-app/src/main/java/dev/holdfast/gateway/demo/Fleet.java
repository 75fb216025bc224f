package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.trace.PlanTrace;
import dev.holdfast.crdt.block.VerifyKey;
import dev.holdfast.gateway.clock.Entropy;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.linkem.LinkQuality;
import dev.holdfast.gateway.linkem.LinkSchedule;
import dev.holdfast.gateway.linkem.LinkTimeline;
import dev.holdfast.gateway.linkem.LinkWindow;
import dev.holdfast.gateway.linkem.Linkem;
import dev.holdfast.gateway.linkem.LinkemLimits;
import dev.holdfast.gateway.linkem.LinkemSettings;
import dev.holdfast.gateway.linkem.TraceWindows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** The three gateways and the two emulated links between them. One thread, but for the hook. */
final class Fleet implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How much longer than planned the sky stays open, beside the light time there and back. */
  private static final long GUARD_NANOS = 300_000_000L;

  private final Workplace workplace;
  private final Ports ports;
  private final GatewayClock clock;
  private final EnumMap<Site, GatewayProcess> processes = new EnumMap<>(Site.class);
  private final EnumMap<Site, GatewayApi> apis = new EnumMap<>(Site.class);
  private final EnumMap<Site, Linkem> links = new EnumMap<>(Site.class);
  private final Thread hook = new Thread(this::abandon, "demo-end");

  /** A fleet that is not started; if this process ends, so does all that was started. */
  Fleet(Workplace workplace, GatewayClock clock, Entropy entropy) throws IOException {
    this.workplace = workplace;
    this.ports = Ports.free();
    this.clock = clock;
    EnumMap<Site, VerifyKey> keysOfOthers = new EnumMap<>(Site.class);
    keysOfOthers.put(Site.EARTH, workplace.files(Site.MARS).writeKey(entropy));
    keysOfOthers.put(Site.MARS, workplace.files(Site.EARTH).writeKey(entropy));
    for (Site site : Site.values()) {
      SiteFiles files = workplace.files(site);
      files.writeConfiguration(
          site,
          ports.apiOf(site),
          ports.relay(),
          ports.dialOf(site),
          Optional.ofNullable(keysOfOthers.get(site)));
      List<String> command = JavaCommand.run(files.configuration());
      processes.put(site, new GatewayProcess(site, command, files.log()));
      apis.put(site, new GatewayApi(ports.apiOf(site)));
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Starts the gateways with a plan, and waits until all are ready. */
  void start(ContactPlan plan) throws IOException, InterruptedException {
    for (Site site : Site.values()) {
      workplace.files(site).writePlan(plan);
      process(site).start();
    }
    for (Site site : Site.values()) {
      awaitReady(site);
    }
  }

  /** Waits until a gateway that was started is ready. */
  void awaitReady(Site site) throws IOException, InterruptedException {
    process(site).awaitReady(api(site)::isReady, PATIENCE);
  }

  /**
   * Looks whether all that were started still run.
   *
   * @throws IOException if one ended by itself; the message holds its last lines
   */
  void checkAlive() throws IOException {
    for (GatewayProcess process : processes.values()) {
      if (!process.isRunning()) {
        throw new IOException(process.site().label() + " ended by itself:\n" + process.tail());
      }
    }
  }

  /** Puts another plan into force, and opens the sky by it. */
  void follow(ContactPlan plan, DtnTime epoch) throws IOException {
    for (Site site : Site.values()) {
      workplace.files(site).writePlan(plan);
      api(site).reloadPlan();
    }
    for (Site outer : Site.RELAY.neighbours()) {
      LinkSchedule planned =
          TraceWindows.between(
              PlanTrace.of(plan, Optional.of(epoch)),
              outer.node().toString(),
              Site.RELAY.node().toString(),
              0,
              LinkQuality.PERFECT);
      LinkSchedule guarded =
          new LinkSchedule(guarded(planned.forward()), guarded(planned.backward()));
      LinkemSettings settings =
          new LinkemSettings(
              local(ports.dialOf(outer)),
              local(ports.relay()),
              guarded,
              0,
              LinkemSettings.AtWindowEnd.CUT,
              false);
      links.put(outer, Linkem.start(settings, LinkemLimits.DEFAULT, clock, epoch.toInstant()));
    }
  }

  /**
   * Plans are cautious: the last byte planned, and its acknowledgement, still find the sky open.
   */
  private static LinkTimeline guarded(LinkTimeline planned) {
    return LinkTimeline.of(
        planned.windows().stream()
            .map(
                window ->
                    new LinkWindow(
                        window.startNanos(),
                        window.endNanos() + 2 * window.quality().owltNanos() + GUARD_NANOS,
                        window.quality()))
            .toList());
  }

  private static InetSocketAddress local(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** A gateway's process. */
  GatewayProcess process(Site site) {
    return of(processes, site);
  }

  /** A gateway's API. */
  GatewayApi api(Site site) {
    return of(apis, site);
  }

  /** The link between the relay and one of its neighbours; after {@link #follow}. */
  Linkem link(Site outer) {
    return of(links, outer);
  }

  private static <T> T of(EnumMap<Site, T> map, Site site) {
    T value = map.get(site);
    if (value == null) {
      throw new IllegalStateException("nothing of " + site.label() + " yet");
    }
    return value;
  }

  /** Stops the gateways and links, and clears the workplace. */
  @Override
  public void close() {
    processes.values().forEach(GatewayProcess::terminate);
    processes.values().forEach(GatewayProcess::close);
    links.values().forEach(Linkem::close);
    workplace.clear();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The hook runs already and finds nothing left to do.
    }
  }

  private void abandon() {
    processes.values().forEach(GatewayProcess::abandon);
    workplace.clear();
  }
}
