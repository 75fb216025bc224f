package dev.holdfast.it.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.bpv7.ReadOptions;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.tcpcl.TcpclLimits;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkSink;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.StoreThreads;
import dev.holdfast.gateway.link.tcpcl.TcpclDoor;
import dev.holdfast.gateway.link.tcpcl.TcpclDoorSettings;
import dev.holdfast.gateway.node.Effects;
import dev.holdfast.gateway.node.Journal;
import dev.holdfast.gateway.node.Node;
import dev.holdfast.gateway.node.NodeLoop;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.it.crash.Neighbour.Ack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While the commit is withheld no final XFER_ACK leaves, over a real socket; and a loop that speaks
 * before it writes is caught by the very same check.
 */
class WithheldCommitTest {
  private static final int SPOOL_THRESHOLD = 64 << 10;
  private static final long QUIET_MILLIS = 750;
  private static final long PATIENCE_MILLIS = 20_000;
  private static final int BUNDLES = 20;

  private final SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 60_000));
  private final WithheldStore store = new WithheldStore();
  private final LinkDirectory links = new LinkDirectory();
  private final Node node = new Node(settings(), store, clock.bootId(), clock.now());
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> parts = new ArrayList<>();

  /** How bundles come in. */
  enum Shape {
    ONE_SEGMENT(500, 1 << 20),
    SEVERAL_SEGMENTS(5_000, 1_000),
    /** Its payload is in the store before the node hears of it. */
    SPOOLED(200_000, 50_000);

    private final int payloadBytes;
    private final int segmentBytes;

    Shape(int payloadBytes, int segmentBytes) {
      this.payloadBytes = payloadBytes;
      this.segmentBytes = segmentBytes;
    }
  }

  @AfterEach
  void close() throws Exception {
    List<Throwable> failed = List.copyOf(failures);
    store.release();
    for (AutoCloseable part : parts.reversed()) {
      part.close();
    }
    links.close();
    assertThat(failed).isEmpty();
  }

  private static NodeSettings settings() {
    return new NodeSettings(
        List.of(NodeId.ipn(2)),
        List.of(),
        List.of(),
        List.of(),
        List.of(IpnEid.of(2, 5)),
        new NodeSettings.ReportSettings(0, 0),
        NodeSettings.HoldLimits.DEFAULT,
        NodeSettings.ContactSettings.DEFAULT,
        OpportunisticSettings.NONE,
        192);
  }

  private Neighbour neighbour(LinkSink sink) throws Exception {
    StoreThreads threads = new StoreThreads(store, 2, 16 << 20, failures::add);
    parts.add(threads);
    LinkServices services = new LinkServices(clock, sink, threads, SPOOL_THRESHOLD, failures::add);
    var guests = new TcpclDoorSettings.Guests(ReadOptions.STRICT, 15, TcpclLimits.DEFAULT);
    TcpclDoor door =
        TcpclDoor.bind(
            new TcpclDoorSettings("127.0.0.1", 0, NodeId.ipn(2), 4, Optional.of(guests)),
            services,
            List.of(),
            links::add,
            gone -> links.remove(gone.id()));
    parts.add(door);
    door.start();
    Neighbour neighbour = new Neighbour(door.port(), "ipn:1.0");
    parts.add(neighbour);
    return neighbour;
  }

  private NodeLoop realLoop() {
    Effects effects = new Effects(links, store, clock, new Journal(1_000));
    NodeLoop loop = new NodeLoop(node, store, clock, effects, failures::add);
    parts.add(loop);
    loop.start();
    return loop;
  }

  private SmallLoop smallLoop(SmallLoop.Order order) {
    SmallLoop loop = new SmallLoop(order, node, store, clock, links);
    parts.add(loop);
    loop.start();
    return loop;
  }

  /** The check: sends bundles, and returns the final ack that left while nothing was committed. */
  private Optional<Ack> spokenTooEarly(Neighbour neighbour, Shape shape) throws Exception {
    for (long i = 1; i <= BUNDLES; i++) {
      neighbour.send(
          i, Cargo.bundle(clock.now().wall(), i, shape.payloadBytes), shape.segmentBytes);
    }
    assertThat(store.awaitWithheld(20)).as("a commit began").isTrue();
    assertThat(store.stats().bundles()).as("bundles held").isZero();
    return neighbour.nextFinal(QUIET_MILLIS);
  }

  private void everyAckLeavesOnceReleased(Neighbour neighbour) throws Exception {
    store.release();
    TreeSet<Long> acked = new TreeSet<>();
    while (acked.size() < BUNDLES) {
      Optional<Ack> ack = neighbour.nextFinal(PATIENCE_MILLIS);
      assertThat(ack).as("the final ack after " + acked).isPresent();
      acked.add(ack.orElseThrow().transfer());
    }
    assertThat(store.stats().bundles()).isEqualTo(BUNDLES);
  }

  @ParameterizedTest
  @EnumSource
  void noFinalAckLeavesWhileTheCommitIsWithheld(Shape shape) throws Exception {
    Neighbour neighbour = neighbour(realLoop());
    assertThat(spokenTooEarly(neighbour, shape)).isEmpty();
    everyAckLeavesOnceReleased(neighbour);
  }

  @ParameterizedTest
  @EnumSource
  void aLoopThatSpeaksBeforeItWritesIsCaught(Shape shape) throws Exception {
    Neighbour neighbour = neighbour(smallLoop(SmallLoop.Order.SPEAK_THEN_WRITE));
    assertThat(spokenTooEarly(neighbour, shape)).isPresent();
  }

  /** So that it is the order that is caught, and nothing else about the small loop. */
  @ParameterizedTest
  @EnumSource
  void theSameLoopInTheRightOrderIsNot(Shape shape) throws Exception {
    Neighbour neighbour = neighbour(smallLoop(SmallLoop.Order.WRITE_THEN_SPEAK));
    assertThat(spokenTooEarly(neighbour, shape)).isEmpty();
    everyAckLeavesOnceReleased(neighbour);
  }
}
