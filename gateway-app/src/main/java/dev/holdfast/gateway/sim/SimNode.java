package dev.holdfast.gateway.sim;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.StoreChange;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.node.Node;
import dev.holdfast.gateway.node.StoreReader;
import dev.holdfast.gateway.node.Transmitter;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real node in a world: its store in memory, its disk, clock and links the world's. It can crash
 * anywhere, and starts again from what its store holds.
 */
public final class SimNode implements LinkOwner {
  private final SimWorld world;
  private final String name;
  private final NodeSettings settings;
  private final Flaws flaws;
  private final SimClock clock;
  private final Entries entries;
  private final LinkDirectory links = new LinkDirectory();
  private final Applications applications;
  private MemoryBundleStore store = new MemoryBundleStore();
  private Life life;
  private Optional<NodeEvent.PlanLoaded> plan = Optional.empty();
  private Optional<Crash> armed = Optional.empty();
  private MemoryBundleStore.Fault diskFault = MemoryBundleStore.Fault.NONE;
  private long lives;

  /** What ends with the process. */
  private final class Life {
    private final Node node = new Node(settings, flaws.over(store), clock.bootId(), clock.now());
    private final Transmitter transmitter = new Transmitter(store, flaws.clock(clock));
    private final StoreReader reader = new StoreReader(store);
    private final Disk disk =
        new Disk(
            world.time(),
            flaws.over(store),
            flaws.syncNanos(),
            this::written,
            why -> put(new NodeEvent.StoreSpace(true, why)),
            () -> put(new NodeEvent.StoreSpace(false, "the store has room again")));
    private List<NodeEvent> inbox = new ArrayList<>();
    private List<NodeEvent> taken = new ArrayList<>();
    private boolean due;
    private boolean gone;
    private long wakeAt = Long.MAX_VALUE;

    void put(NodeEvent event) {
      inbox.add(flaws.heard(event));
      if (!due) {
        due = true;
        world.time().after(0, this::turn);
      }
    }

    private void turn() {
      if (gone) {
        return;
      }
      due = false;
      List<NodeEvent> batch = inbox;
      inbox = taken;
      taken = batch;
      long nanos = world.time().nanos();
      for (NodeEvent event : batch) {
        entries.event(nanos, name, event);
        world.time().called();
      }
      Turn turn = node.on(batch, flaws.seen(clock.now()));
      batch.clear();
      if (strikes(Crash.Point.BEFORE_COMMIT, turn)) {
        return;
      }
      if (!flaws.speaksFirst() || perform(turn)) {
        disk.take(turn);
      }
      if (!gone) {
        wake();
      }
    }

    private void written(List<Turn> batch) {
      for (Turn turn : batch) {
        turn.written();
        List<StoreChange> changes = turn.changes();
        if (!changes.isEmpty()) {
          changes.forEach(entries::change);
          transmitter.committed(changes);
          world.watch().committed(SimNode.this, changes);
        }
      }
      for (Turn turn : batch) {
        boolean spoken = flaws.speaksFirst();
        if (strikes(Crash.Point.AFTER_COMMIT, turn) || (!spoken && !perform(turn))) {
          return;
        }
      }
      world.watch().turned(SimNode.this);
    }

    private boolean perform(Turn turn) {
      long nanos = world.time().nanos();
      int half = turn.effects().size() / 2;
      int done = 0;
      for (Effect effect : turn.effects()) {
        if (done++ == half && strikes(Crash.Point.AMONG_EFFECTS, turn)) {
          return false;
        }
        entries.effect(nanos, name, effect);
        perform(flaws.said(effect), turn.now());
      }
      return true;
    }

    private Optional<Link> called(LinkId link) {
      world.time().called();
      return links.find(link);
    }

    private void perform(Effect effect, Moment decided) {
      switch (effect) {
        case Effect.Accept(var inbound) -> {
          world.watch().accepting(SimNode.this, inbound);
          called(inbound.link()).ifPresent(l -> l.accept(List.of(inbound)));
        }
        case Effect.Refuse(var inbound, var refusal) -> {
          world.watch().refusing(SimNode.this, inbound);
          called(inbound.link()).ifPresent(l -> l.refuse(inbound, refusal));
        }
        case Effect.Discard(var payload) -> discard(payload);
        case Effect.OpenLink(LinkId link, var order) -> called(link).ifPresent(l -> l.open(order));
        case Effect.CloseLink(LinkId link, var order) ->
            called(link).ifPresent(l -> l.close(order));
        case Effect.Transmit transmit -> {
          world.watch().sending(SimNode.this, transmit, decided);
          world.time().called();
          transmitter.transmit(transmit, links, this::put);
        }
        case Effect.Read read -> read(read);
        case Effect.Foresee foresee -> put(NodeEvent.Foreseen.of(foresee));
        case Effect.Reply(RequestId id, Answer answer) -> applications.answered(id, answer);
        case Effect.Note(var entry) -> world.watch().noted(SimNode.this, entry);
        case Effect.Drained() -> {}
      }
    }

    private void read(Effect.Read read) {
      if (!gone) {
        reader
            .answer(read)
            .ifPresentOrElse(
                this::put, () -> world.time().after(StoreReader.AGAIN_NANOS, () -> read(read)));
      }
    }

    private void discard(Payload payload) {
      if (payload instanceof Payload.Spooled spooled) {
        store.discard(spooled);
      }
    }

    private boolean strikes(Crash.Point point, Turn turn) {
      if (armed.isEmpty() || armed.get().point() != point || turn.changes().isEmpty()) {
        return false;
      }
      Crash crash = armed.get();
      armed = Optional.empty();
      end(crash);
      return true;
    }

    private void wake() {
      Moment now = flaws.seen(clock.now());
      long at = node.nextDeadline(now);
      if (at == Long.MAX_VALUE || at >= wakeAt) {
        return;
      }
      wakeAt = at;
      world
          .time()
          .after(
              clock.nanosUntil(at),
              () -> {
                if (!gone && wakeAt == at) {
                  wakeAt = Long.MAX_VALUE;
                  put(new NodeEvent.Tick());
                }
              });
    }
  }

  SimNode(SimWorld world, String name, NodeSettings settings, Flaws flaws) {
    this.world = world;
    this.name = name;
    this.settings = settings;
    this.flaws = flaws;
    this.clock = new SimClock(world.time(), world.start());
    this.entries = new Entries(world.log());
    this.applications = new Applications(this, world);
    this.life = new Life();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public NodeId nodeId() {
    return settings.node();
  }

  /** What it was told at its start. */
  public NodeSettings settings() {
    return settings;
  }

  @Override
  public boolean isAlive() {
    return !life.gone;
  }

  /** What its clock shows. */
  public Moment now() {
    return clock.now();
  }

  /** Its store, to look into. */
  public BundleStore store() {
    return store;
  }

  /** How often its process began. */
  public long lives() {
    return lives + 1;
  }

  /** Whether its wall clock is trusted, and how far it is off in truth, in milliseconds. */
  public long wallOffMillis() {
    return clock.isTrusted() ? clock.wallOffMillis() : Long.MAX_VALUE;
  }

  /** Something is wrong with its disk from now on, or no more. */
  public void disk(MemoryBundleStore.Fault fault) {
    diskFault = fault;
    store.fault(fault);
  }

  /** The wall side of its clock jumps, and may or may not be trusted from now on. */
  public void wallClock(long offsetMillis, boolean trust) {
    wallClock(offsetMillis, trust, 0);
  }

  /** The same, with the error that the clock states of itself. */
  public void wallClock(long offsetMillis, boolean trust, long errorMillis) {
    clock.wall(offsetMillis, trust, errorMillis);
    if (isAlive()) {
      life.put(new NodeEvent.Tick());
    }
  }

  /** Its clock runs too fast by so many parts in a million. */
  public void drift(long partsPerMillion) {
    clock.driftBy(partsPerMillion);
  }

  /** What applications do at this node. */
  public Applications applications() {
    return applications;
  }

  /** Asks it for something; what follows in this instant happens, an {@link #answer} or not. */
  public RequestId ask(Request request) {
    RequestId id = applications.ask(request);
    world.run(0);
    return id;
  }

  /** The answer to a request, once there is one. */
  public Optional<Answer> answer(RequestId id) {
    return applications.answer(id);
  }

  /** Asks for its status. */
  public NodeStatus look() {
    RequestId id = ask(new Request.Look());
    return switch (answer(id).orElseThrow()) {
      case Answer.Status(NodeStatus status) -> status;
      case Answer other -> throw new IllegalStateException("no status: " + other);
    };
  }

  /** The endpoint of one of its services. */
  public boolean isLocal(Eid endpoint) {
    return settings.isLocal(endpoint);
  }

  @Override
  public void happen(LinkEvent event) {
    if (event instanceof LinkEvent.Arrived arrived) {
      world.watch().arriving(this, arrived);
    }
    deliver(new NodeEvent.FromLink(event));
  }

  /** Tells it of something; its turn comes with everything else of this instant. */
  public void deliver(NodeEvent event) {
    if (event instanceof NodeEvent.PlanLoaded loaded) {
      plan = Optional.of(loaded);
    }
    if (isAlive()) {
      life.put(event);
    }
  }

  @Override
  public void add(SimLink link) {
    if (!links.add(link)) {
      throw new IllegalArgumentException("two links of the name " + link.id());
    }
    world.at(world.nanos(), () -> link.listenUnlessOneOf(settings.links()));
  }

  /** The session of one of its links breaks. */
  public void reset(LinkId id) {
    links.find(id).map(SimLink.class::cast).ifPresent(SimLink::reset);
  }

  /** Its process will end as told, and start again. */
  public void crash(Crash crash) {
    if (!isAlive()) {
      return;
    }
    if (crash.point() == Crash.Point.NOW) {
      end(crash);
    } else {
      armed = Optional.of(crash);
    }
  }

  /** Its process ends at once without what was not synced, and starts again. */
  public void crash(boolean reboot) {
    end(new Crash(Crash.Point.NOW, 0, 0, reboot));
    world.run(0);
  }

  private void end(Crash crash) {
    life.gone = true;
    life.disk.vanish();
    links.all().forEach(l -> ((SimLink) l).crash());
    applications.crashed();
    int kept = (int) Math.round(crash.survivors() * store.unsyncedBatches());
    store = store.crash(kept);
    store.fault(diskFault);
    world.log().entry(world.time().nanos(), name, crash, 100).add(kept);
    world.watch().crashed(this);
    if (crash.reboot()) {
      world.time().after(crash.downNanos(), clock::boot);
    }
    world.time().after(crash.downNanos(), this::begin);
  }

  private void begin() {
    lives++;
    life = new Life();
    world.log().entry(world.time().nanos(), name, "starts", 101);
    life.put(plan.isPresent() ? plan.get() : new NodeEvent.Tick());
    links.all().forEach(link -> ((SimLink) link).listenUnlessOneOf(settings.links()));
    applications.restarted();
  }

  /** A copy of its store as it is now, for {@link #restore}. */
  public MemoryBundleStore snapshot() {
    return store.copy();
  }

  /** Its process ends, and starts again from an older copy of its store. */
  public void restore(MemoryBundleStore copy, Crash crash) {
    if (isAlive()) {
      end(crash);
    }
    store = copy.copy();
    store.fault(diskFault);
    world.watch().restored(this);
  }
}
