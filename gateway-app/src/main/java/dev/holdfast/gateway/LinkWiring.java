package dev.holdfast.gateway;

import dev.holdfast.bpv7.Leniency;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.bpv7.wire.Limits;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.config.GatewayConfig;
import dev.holdfast.gateway.config.HostPort;
import dev.holdfast.gateway.config.LinkConfig;
import dev.holdfast.gateway.config.ListenConfig;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.link.mtcp.MtcpDoor;
import dev.holdfast.gateway.link.mtcp.MtcpLink;
import dev.holdfast.gateway.link.mtcp.MtcpLinkSettings;
import dev.holdfast.gateway.link.stream.Dialer;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.StoreThreads;
import dev.holdfast.gateway.link.tcpcl.TcpclDoor;
import dev.holdfast.gateway.link.tcpcl.TcpclDoorSettings;
import dev.holdfast.gateway.link.tcpcl.TcpclLink;
import dev.holdfast.gateway.link.tcpcl.TcpclLinkSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Makes the configured links and binds the listeners. */
final class LinkWiring implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int STORE_THREADS = 2;
  private static final long WAITING_BYTES = 16L << 20;

  private static final LinkId MTCP = new LinkId("mtcp");

  private final List<TcpclDoor> doors = new ArrayList<>();
  private final List<MtcpDoor> mtcpDoors = new ArrayList<>();
  private final List<String> listeners = new ArrayList<>();
  private final LinkDirectory directory;
  private final StoreThreads threads;

  private LinkWiring(LinkDirectory directory, StoreThreads threads) {
    this.directory = directory;
    this.threads = threads;
  }

  static LinkWiring bind(
      GatewayConfig config,
      GatewayClock clock,
      LinkSink sink,
      BundleStore store,
      LinkDirectory directory,
      Consumer<Throwable> fatal)
      throws IOException {
    StoreThreads threads = new StoreThreads(store, STORE_THREADS, WAITING_BYTES, fatal);
    LinkServices services =
        new LinkServices(clock, sink, threads, config.store().spoolThreshold(), fatal);
    LinkWiring wiring = new LinkWiring(directory, threads);
    try {
      wiring.tcpcl(config, services);
      wiring.mtcp(config, services);
      return wiring;
    } catch (IOException | RuntimeException e) {
      wiring.close();
      throw e;
    }
  }

  private void tcpcl(GatewayConfig config, LinkServices services) throws IOException {
    List<TcpclLink> configured = new ArrayList<>();
    for (LinkConfig link : config.links()) {
      if (link.type() == LinkConfig.Type.TCPCL) {
        TcpclLink made = new TcpclLink(settings(config, link), services);
        configured.add(made);
        var _ = directory.add(made);
      }
    }
    if (config.listen().tcpcl().isEmpty()) {
      return;
    }
    ListenConfig.Tcpcl listen = config.listen().tcpcl().get();
    Optional<TcpclDoorSettings.Guests> guests =
        listen.unknownPeers() == ListenConfig.UnknownPeers.ACCEPT
            ? Optional.of(
                new TcpclDoorSettings.Guests(
                    reading(config, EnumSet.noneOf(Leniency.class)), 15, TcpclLimits.DEFAULT))
            : Optional.empty();
    TcpclDoorSettings settings =
        new TcpclDoorSettings(
            listen.address().host(),
            listen.address().port(),
            config.node(),
            listen.maxSessions(),
            guests);
    TcpclDoor door =
        TcpclDoor.bind(
            settings, services, configured, directory::add, gone -> directory.remove(gone.id()));
    doors.add(door);
    listeners.add("tcpcl " + listen.address().host() + ":" + door.port());
  }

  private static TcpclLinkSettings settings(GatewayConfig config, LinkConfig link) {
    LinkConfig.Tcpcl tcpcl = link.tcpcl();
    return new TcpclLinkSettings(
        link.name(),
        self(config, link.peer()),
        link.peer(),
        link.dial().map(d -> new Dialer(d.host(), d.port(), CONNECT_MILLIS)),
        new TreeSet<>(tcpcl.leniencies()),
        reading(config, new TreeSet<>(link.leniencies())),
        tcpcl.urgentSession(),
        (int) tcpcl.keepalive().toSeconds(),
        TcpclLimits.DEFAULT.with(
            tcpcl.segmentMru(), tcpcl.transferMru(), tcpcl.maxTransfers(), tcpcl.maxInFlight()),
        link.backOff().first().toMillis(),
        link.backOff().max().toMillis());
  }

  private void mtcp(GatewayConfig config, LinkServices services) throws IOException {
    Set<Leniency> leniencies = EnumSet.noneOf(Leniency.class);
    for (LinkConfig link : config.links()) {
      if (link.type() == LinkConfig.Type.MTCP) {
        leniencies.addAll(link.leniencies());
        link.dial().ifPresent(to -> directory.add(new MtcpLink(settings(link, to), services)));
      }
    }
    if (config.listen().mtcp().isEmpty()) {
      return;
    }
    ListenConfig.Mtcp listen = config.listen().mtcp().get();
    // Nobody says who he is: what is put up with from one is put up with from all.
    MtcpDoor door =
        MtcpDoor.bind(
            new MtcpDoor.Settings(
                MTCP,
                listen.address().host(),
                listen.address().port(),
                listen.maxSessions(),
                TcpclLimits.DEFAULT.transferMru(),
                reading(config, leniencies)),
            services);
    mtcpDoors.add(door);
    listeners.add("mtcp " + listen.address().host() + ":" + door.port());
  }

  private static MtcpLinkSettings settings(LinkConfig link, HostPort to) {
    return new MtcpLinkSettings(
        link.name(),
        new Dialer(to.host(), to.port(), CONNECT_MILLIS),
        link.backOff().first().toMillis(),
        link.backOff().max().toMillis());
  }

  /** Who we are to a neighbour: the identity in its scheme, since some understand no other. */
  private static NodeId self(GatewayConfig config, NodeId peer) {
    List<NodeId> all = new ArrayList<>(List.of(config.node()));
    all.addAll(config.alsoKnownAs());
    return all.stream()
        .filter(n -> n.eid().getClass().equals(peer.eid().getClass()))
        .findFirst()
        .orElse(config.node());
  }

  private static ReadOptions reading(GatewayConfig config, Set<Leniency> leniencies) {
    return new ReadOptions(leniencies, config.trafficBlockType(), Limits.DEFAULT);
  }

  /** Neighbours may connect from now on. */
  void start() {
    doors.forEach(TcpclDoor::start);
    mtcpDoors.forEach(MtcpDoor::start);
  }

  /** Where neighbours may connect, for people. */
  List<String> listeners() {
    return List.copyOf(listeners);
  }

  /** Whether every listener is bound. */
  boolean isBound() {
    return true; // They are bound before the gateway starts, and stay so until it closes.
  }

  /** No more neighbours; those that are there go on. */
  void leave() {
    doors.forEach(TcpclDoor::close);
    mtcpDoors.forEach(MtcpDoor::close);
  }

  @Override
  public void close() {
    leave();
    directory.close();
    threads.close();
  }
}
