package dev.holdfast.it.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleBuilder;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.DtnEid;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.Leniency;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our links against released peers, live: a hundred bundles of each size each way, payloads equal.
 * The node is left out: every bundle that arrives is accepted at once.
 */
final class LinksMeetPeersTest {
  private static final int BUNDLES = 100;
  private static final NodeId US = NodeId.dtn("us");
  private static final long SPOOL_THRESHOLD = 4L << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConcurrentLinkedQueue<LinkEvent> events = new ConcurrentLinkedQueue<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final MemoryBundleStore store = new MemoryBundleStore();
  private final StoreThreads threads = new StoreThreads(store, 1, 1 << 20, failures::add);
  private final LinkServices services =
      new LinkServices(
          new SystemClock(new SystemClock.Trust(10, 1000, 60_000)),
          this::happened,
          threads,
          SPOOL_THRESHOLD,
          failures::add);
  private final List<AutoCloseable> parts = new ArrayList<>();
  private Optional<Link> acceptor = Optional.empty();

  @BeforeAll
  static void installed() {
    Tool.DTN7_RS.require();
    Tool.DTN7_GO.require();
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    threads.close();
    assertThat(failures).isEmpty();
  }

  private void happened(LinkEvent event) {
    if (event instanceof LinkEvent.Arrived arrived) {
      acceptor.ifPresent(link -> link.accept(arrived.inbound()));
    }
    events.add(event);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1 << 20})
  void toDtn7Rs(int size, @TempDir Path dir) {
    int port = Loopback.freePorts(1).getFirst();
    try (Dtn7Rs peer = Dtn7Rs.node("dtn://rs/").endpoint("in").tcpcl(port).start(dir)) {
      sends(tcpcl("rs", Optional.of(port)), "rs", size);

      equal(peer.await("in", BUNDLES), size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1 << 20})
  void fromDtn7Rs(int size, @TempDir Path dir) {
    int port = listens(tcpcl("rs", Optional.empty()));
    try (Dtn7Rs peer = Dtn7Rs.node("dtn://rs/").peer("tcp", port, "us").start(dir)) {
      payloads(size).forEach(payload -> peer.send("dtn://us/in", payload));

      arrive(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1 << 20})
  void toDtn7Go(int size, @TempDir Path dir) {
    int port = Loopback.freePorts(1).getFirst();
    try (Dtn7Go peer = Dtn7Go.node("go").tcpcl(port).start(dir);
        Dtn7GoAgent agent = peer.agent("in")) {
      sends(tcpcl("go", Optional.of(port)), "go", size);

      equal(agent.await(BUNDLES), size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1 << 20})
  void fromDtn7Go(int size, @TempDir Path dir) {
    int port = listens(tcpcl("go", Optional.empty()));
    try (Dtn7Go peer = Dtn7Go.node("go").peer(port).start(dir);
        Dtn7GoAgent agent = peer.agent("in")) {
      payloads(size)
          .forEach(payload -> agent.send(peer.create("dtn://go/in", "dtn://us/in", payload)));

      arrive(size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1 << 20})
  void toDtn7RsOverMtcp(int size, @TempDir Path dir) {
    int port = Loopback.freePorts(1).getFirst();
    try (Dtn7Rs peer = Dtn7Rs.node("dtn://rs/").endpoint("in").mtcp(port).start(dir)) {
      MtcpLink link =
          kept(
              new MtcpLink(
                  new MtcpLinkSettings(
                      new LinkId("mtcp-rs"), new Dialer("127.0.0.1", port, 5000), 100, 1000),
                  services));
      link.open(new Link.OpenOrder(0));
      await(() -> count(LinkEvent.Up.class) == 1);
      sendAll(link, "rs", size);
      await(() -> count(LinkEvent.Sent.class) == BUNDLES);

      equal(peer.await("in", BUNDLES), size);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1024, 1 << 20})
  void fromDtn7RsOverMtcp(int size, @TempDir Path dir) throws IOException {
    MtcpDoor.Settings settings =
        new MtcpDoor.Settings(new LinkId("mtcp"), "127.0.0.1", 0, 8, 1L << 30, reading());
    MtcpDoor door = kept(MtcpDoor.bind(settings, services));
    door.start();
    try (Dtn7Rs peer = Dtn7Rs.node("dtn://rs/").peer("mtcp", door.port(), "us").start(dir)) {
      payloads(size).forEach(payload -> peer.send("dtn://us/in", payload));

      arrive(size);
    }
  }

  private <T extends AutoCloseable> T kept(T part) {
    parts.add(part);
    return part;
  }

  private static ReadOptions reading() {
    return ReadOptions.lenient(EnumSet.of(dev.holdfast.bpv7.Leniency.PRIMARY_INTEGRITY));
  }

  private TcpclLink tcpcl(String peer, Optional<Integer> port) {
    boolean rust = peer.equals("rs");
    Set<Leniency> leniencies =
        rust
            ? EnumSet.of(Leniency.TRANSFER_MRU_IS_A_WISH, Leniency.FOREIGN_TRANSFER_LENGTH)
            : EnumSet.of(Leniency.LENGTH_IN_EVERY_SEGMENT, Leniency.INTERLEAVED_TRANSFERS);
    TcpclLinkSettings settings =
        new TcpclLinkSettings(
            new LinkId(peer),
            US,
            NodeId.dtn(peer),
            port.map(p -> new Dialer("127.0.0.1", p, 5000)),
            leniencies,
            reading(),
            false,
            15,
            rust ? oneAtATime() : TcpclLimits.DEFAULT,
            100,
            1000);
    TcpclLink link = kept(new TcpclLink(settings, services));
    acceptor = Optional.of(link);
    link.open(new Link.OpenOrder(0));
    return link;
  }

  private static TcpclLimits oneAtATime() {
    TcpclLimits d = TcpclLimits.DEFAULT;
    return new TcpclLimits(
        d.segmentMru(),
        d.transferMru(),
        d.nodeIdBytes(),
        d.extensionBytes(),
        d.openTransfers(),
        d.queuedTransfers(),
        1,
        d.unackedBytes(),
        d.unwrittenBytes(),
        d.violations(),
        d.minPeerSegmentMru());
  }

  private int listens(TcpclLink link) {
    try {
      TcpclDoorSettings settings = new TcpclDoorSettings("127.0.0.1", 0, US, 8, Optional.empty());
      TcpclDoor door =
          kept(TcpclDoor.bind(settings, services, List.of(link), guest -> {}, guest -> {}));
      door.start();
      return door.port();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void sends(TcpclLink link, String peer, int size) {
    await(() -> count(LinkEvent.Up.class) == 1);
    sendAll(link, peer, size);
    await(() -> count(LinkEvent.Confirmed.class) == BUNDLES);
    assertThat(count(LinkEvent.Failed.class)).isZero();
  }

  private static void sendAll(Link link, String peer, int size) {
    DtnTime created = DtnTime.of(Instant.now());
    Eid source = new DtnEid("us", "out");
    List<Octets> payloads = payloads(size);
    for (int i = 0; i < payloads.size(); i++) {
      Bundle bundle =
          BundleBuilder.to(new DtnEid(peer, "in"))
              .from(source)
              .reportTo(source)
              .created(new CreationTimestamp(created, i))
              .lifetime(3_600_000)
              .build(payloads.get(i));
      link.send(
          new Outbound(
              new TransferToken(i),
              bundle.head(),
              new Outbound.Source.Whole(bundle.payload()),
              Optional.of(bundle.trailer()),
              TrafficClass.NORMAL));
    }
  }

  private static List<Octets> payloads(int size) {
    List<Octets> payloads = new ArrayList<>();
    for (int i = 0; i < BUNDLES; i++) {
      byte[] bytes = new byte[size];
      for (int at = 0; at < size; at += 997) {
        bytes[at] = (byte) (i + at);
      }
      payloads.add(Octets.wrap(bytes));
    }
    return payloads;
  }

  private static void equal(List<Octets> bundles, int size) {
    assertThat(bundles)
        .extracting(PeerBundles::payload)
        .containsExactlyInAnyOrderElementsOf(payloads(size));
  }

  /** A peer may send a bundle more than once; each must come, none altered. */
  private void arrive(int size) {
    await(() -> payloadsThatArrived().size() >= BUNDLES);
    assertThat(payloadsThatArrived()).containsExactlyInAnyOrderElementsOf(payloads(size));
    assertThat(count(LinkEvent.Malformed.class)).isZero();
  }

  private List<Octets> payloadsThatArrived() {
    return events.stream()
        .filter(LinkEvent.Arrived.class::isInstance)
        .map(LinkEvent.Arrived.class::cast)
        .filter(arrived -> arrived.head().primary().destination().equals(new DtnEid("us", "in")))
        .collect(
            Collectors.toMap(
                arrived -> arrived.head().id(),
                arrived -> ((Payload.Inline) arrived.payload()).bytes(),
                (first, again) -> first,
                LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  private long count(Class<? extends LinkEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private static void await(Callable<Boolean> holds) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(holds);
  }
}
