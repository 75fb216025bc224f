package dev.holdfast.gateway.sim;

import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkDirectory;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.node.Node;
import dev.holdfast.gateway.node.StoreReader;
import dev.holdfast.gateway.node.Transmitter;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.RequestId;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real node in a world: its store in memory, its effects carried out at once, its clock the
 * world's (with an offset, if the test wants one).
 */
public final class SimNode implements GatewayClock {
  private static final long BOOT = 1;

  private final SimWorld world;
  private final String name;
  private final NodeSettings settings;
  private final LinkDirectory links = new LinkDirectory();
  private final List<JournalEntry> journal = new ArrayList<>();
  private final Map<RequestId, Answer> answers = new LinkedHashMap<>();
  private MemoryBundleStore store = new MemoryBundleStore();
  private Node node;
  private Transmitter transmitter;
  private StoreReader reader;
  private long life = 1;
  private long boots = BOOT;
  private long wallOffset;
  private boolean trusted = true;
  private long nextRequest;
  private long wakeAt = Long.MAX_VALUE;
  private Optional<NodeEvent.PlanLoaded> plan = Optional.empty();

  SimNode(SimWorld world, String name, NodeSettings settings) {
    this.world = world;
    this.name = name;
    this.settings = settings;
    this.node = new Node(settings, store, boots, now());
    this.transmitter = new Transmitter(store, this);
    this.reader = new StoreReader(store);
  }

  NodeSettings settings() {
    return settings;
  }

  @Override
  public Moment now() {
    return world.time().moment(wallOffset, trusted);
  }

  @Override
  public long bootId() {
    return boots;
  }

  /** Its store, to look into. */
  public MemoryBundleStore store() {
    return store;
  }

  /** Everything it wrote into its journal. */
  public List<JournalEntry> journal() {
    return journal;
  }

  /** The wall side of its clock jumps, and may or may not be trusted from now on. */
  public void wallClock(long offsetMillis, boolean trust) {
    wallOffset = offsetMillis;
    trusted = trust;
  }

  /** Asks it for something; the answer may come at once or later, see {@link #answer}. */
  public RequestId ask(Request request) {
    RequestId id = new RequestId(++nextRequest);
    deliver(new NodeEvent.Asked(id, request));
    return id;
  }

  /** The answer to a request, once there is one. */
  public Optional<Answer> answer(RequestId id) {
    return Optional.ofNullable(answers.get(id));
  }

  /** Asks for its status. */
  public NodeStatus look() {
    return switch (answer(ask(new Request.Look())).orElseThrow()) {
      case Answer.Status(NodeStatus status) -> status;
      case Answer other -> throw new IllegalStateException("no status: " + other);
    };
  }

  /** Tells it of a link's event, now. */
  void happen(LinkEvent event) {
    long current = life;
    world
        .time()
        .after(
            0,
            () -> {
              if (life == current) {
                deliver(new NodeEvent.FromLink(event));
              }
            });
  }

  /** Gives it an event and carries out what it decides. */
  public void deliver(NodeEvent event) {
    if (event instanceof NodeEvent.PlanLoaded loaded) {
      plan = Optional.of(loaded);
    }
    world.log().add(world.time().nanos() + " " + name + " < " + event);
    Turn turn = node.on(List.of(event), now());
    if (!turn.changes().isEmpty()) {
      store.commit(turn.changes(), turn.durability());
      transmitter.committed(turn.changes());
    }
    turn.written();
    long current = life;
    for (Effect effect : turn.effects()) {
      world.log().add(world.time().nanos() + " " + name + " > " + effect);
      if (life == current) {
        perform(effect);
      }
    }
    wake();
  }

  private void wake() {
    Moment now = now();
    long at = node.nextDeadline(now);
    if (at == Long.MAX_VALUE || at >= wakeAt) {
      return;
    }
    wakeAt = at;
    long current = life;
    long delay = Math.max(1, at - now.bootMillis()) * 1_000_000L;
    world
        .time()
        .after(
            delay,
            () -> {
              if (life == current) {
                wakeAt = Long.MAX_VALUE;
                deliver(new NodeEvent.Tick());
              }
            });
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Accept(var inbound) ->
          links.find(inbound.link()).ifPresent(l -> l.accept(List.of(inbound)));
      case Effect.Refuse(var inbound, var refusal) ->
          links.find(inbound.link()).ifPresent(l -> l.refuse(inbound, refusal));
      case Effect.Discard(var payload) -> discard(payload);
      case Effect.OpenLink(LinkId link, var order) ->
          links.find(link).ifPresent(l -> l.open(order));
      case Effect.CloseLink(LinkId link, var order) ->
          links.find(link).ifPresent(l -> l.close(order));
      case Effect.Transmit transmit -> transmitter.transmit(transmit, links, this::later);
      case Effect.ReadQueue read -> later(reader.queue(read));
      case Effect.ReadExpired read -> later(reader.expired(read));
      case Effect.ReadFragments read -> later(reader.fragments(read));
      case Effect.Assemble assemble -> later(reader.assemble(assemble));
      case Effect.Reply(RequestId id, Answer answer) -> answers.put(id, answer);
      case Effect.Note(JournalEntry entry) -> journal.add(entry);
      case Effect.Drained() -> {}
    }
  }

  private void discard(dev.holdfast.custody.Payload payload) {
    if (payload instanceof dev.holdfast.custody.Payload.Spooled spooled) {
      store.discard(spooled);
    }
  }

  private void later(NodeEvent event) {
    long current = life;
    world
        .time()
        .after(
            0,
            () -> {
              if (life == current) {
                deliver(event);
              }
            });
  }

  SimLink addLink(LinkId id, SimChannel channel) {
    SimLink link = new SimLink(world, this, id, channel);
    if (!links.add(link)) {
      throw new IllegalArgumentException("two links of the name " + id);
    }
    return link;
  }

  /**
   * The process ends without warning; what was not synced is lost. It starts again at once, on the
   * same machine or on one that was booted anew.
   */
  public void crash(boolean reboot) {
    life++;
    wakeAt = Long.MAX_VALUE;
    links.all().forEach(l -> ((SimLink) l).crash());
    store = store.crash();
    boots += reboot ? 1 : 0;
    node = new Node(settings, store, boots, now());
    transmitter = new Transmitter(store, this);
    reader = new StoreReader(store);
    world.log().add(world.time().nanos() + " " + name + " crashed");
    deliver(plan.isPresent() ? plan.get() : new NodeEvent.Tick());
  }
}
