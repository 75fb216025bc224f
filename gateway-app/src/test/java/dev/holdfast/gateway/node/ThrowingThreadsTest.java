package dev.holdfast.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Demand;
import dev.holdfast.contacts.forecast.Flow;
import dev.holdfast.contacts.forecast.Present;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.SystemClock;
import dev.holdfast.gateway.link.Inbound;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Request;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is thrown on a thread that works for the node ends the node, whichever thread it is. */
class ThrowingThreadsTest {
  private static final Eid APP = IpnEid.of(1, 5);
  private static final LinkId BROKEN = new LinkId("broken");

  private final SystemClock clock = new SystemClock(new SystemClock.Trust(100, 10_000, 60_000));
  private final MemoryBundleStore store = new MemoryBundleStore();
  private final LinkDirectory links = new LinkDirectory();
  private final Effects effects = new Effects(links, store, clock, new Journal(100));
  private final List<Throwable> fatal = new CopyOnWriteArrayList<>();
  private final NodeLoop loop =
      new NodeLoop(
          new Node(Net.alone(APP), store, clock.bootId(), clock.now()),
          store,
          clock,
          effects,
          fatal::add);

  @BeforeEach
  void start() {
    loop.start();
  }

  @AfterEach
  void close() {
    loop.close();
  }

  private void endsBy(Effect effect, Class<? extends Throwable> thrown) throws Exception {
    effects.perform(List.of(effect));
    await().until(() -> !fatal.isEmpty());
    assertThat(fatal).hasSize(1).first().isInstanceOf(thrown);
    await().until(() -> !loop.isRunning());
    assertThat(loop.ask(new Request.Look()).get(20, TimeUnit.SECONDS))
        .isInstanceOf(Answer.Refused.class);
  }

  @Test
  void aForecast() throws Exception {
    DtnTime now = new DtnTime(1);
    Flow beyondAllMeasure =
        new Flow(
            NodeNumber.of(1),
            NodeNumber.of(2),
            now,
            1,
            1,
            Long.MAX_VALUE,
            TrafficClass.NORMAL,
            1_000);
    Bookings none = new Bookings(ContactPlan.of(1, List.of()));
    Present present =
        new Present(none, now, now.plus(1_000), List.of(), List.of(), 3, OwltMargin.NONE);
    endsBy(
        new Effect.Foresee(present, new Demand(List.of(beyondAllMeasure), new TreeMap<>())),
        IllegalArgumentException.class);
  }

  @Test
  void aReadOfTheStore() throws Exception {
    endsBy(new Effect.ReadExpired(clock.now().wall(), -1), IllegalArgumentException.class);
  }

  @Test
  void aTransmission() throws Exception {
    links.add(new BrokenLink());
    Eid far = IpnEid.of(2, 1);
    assertThat(loop.ask(Net.submit(APP, far, 100, TrafficClass.NORMAL)).get(20, TimeUnit.SECONDS))
        .isInstanceOf(Answer.Submitted.class);
    HeldBundle held =
        store
            .scan(new QueueKey(QueueKey.Wait.FORWARD, IpnEid.of(2, 0)), Optional.empty(), 1)
            .getFirst();
    endsBy(
        new Effect.Transmit(BROKEN, new TransferToken(1), held, APP, Optional.empty(), 0),
        AssertionError.class);
  }

  /** A link that has a flaw. */
  private static final class BrokenLink implements Link {
    @Override
    public LinkId id() {
      return BROKEN;
    }

    @Override
    public Confirmation confirmation() {
      return Confirmation.STORED;
    }

    @Override
    public void open(OpenOrder order) {}

    @Override
    public void close(CloseOrder order) {}

    @Override
    public void send(Outbound bundle) {
      throw new AssertionError("a flaw of the link");
    }

    @Override
    public void accept(List<Inbound> inbound) {}

    @Override
    public void refuse(Inbound inbound, Refusal refusal) {}

    @Override
    public void close() {}
  }
}
