package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.opportunistic.EncounterRecord;
import dev.holdfast.gateway.procedure.Encounter.Acquaintance;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.HeldQueue;
import dev.holdfast.gateway.schedule.RouteDecision;
import dev.holdfast.gateway.schedule.Router;
import dev.holdfast.gateway.schedule.Waiting;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.LinkSettings.Schedule;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeStatus;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.OpportunisticSettings;
import dev.holdfast.gateway.turn.OpportunisticSettings.Method;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What happens with a neighbour that comes without a plan: both tell what they have and whom they
 * meet, then each goes through what it holds and gives copies as the policies say.
 */
public final class Exchange {
  /** Bundles looked at in one go; with as many copies waiting no more are looked for. */
  private static final int FEW = 64;

  /** With as many copies waiting, bundles that come in are left to be looked for. */
  private static final int MOST_WAITING = 1_024;

  /** Bundles looked at for a neighbour between two exchanges. */
  private static final int MOST_LOOKED_AT = 65_536;

  private static final int MOST_ACQUAINTANCES = 128;
  private static final int BLOCK_BYTES = 32_768;
  private static final long LIFETIME_MILLIS = 60_000;

  private final NodeSettings settings;
  private final OpportunisticSettings opportunistic;
  private final Holding holding;
  private final Links links;
  private final Router router;
  private final Transmission transmission;
  private final Spreading spreading;
  private final SequencedMap<NodeId, Acquaintance> known = new LinkedHashMap<>();

  /** Nobody was met yet. */
  Exchange(NodeSettings settings, Holding holding, Ways ways, Transmission transmission) {
    this.settings = settings;
    this.opportunistic = settings.opportunistic();
    this.holding = holding;
    this.links = ways.links();
    this.router = ways.router();
    this.transmission = transmission;
    this.spreading = ways.spreading();
  }

  /**
   * The ways by which something leaves.
   *
   * @param links the links
   * @param router decides among them
   * @param spreading copies beside them
   */
  record Ways(Links links, Router router, Spreading spreading) {}

  /** A session came up; if nobody planned it, the neighbour is told what is here. */
  public void met(Turn turn, Egress link) {
    LinkId name = link.settings().link();
    boolean always = link.settings().schedule() == Schedule.ALWAYS;
    if (opportunistic.isOff()
        || !always
        || link.neighbour().isEmpty()
        || spreading.encounters().containsKey(name)) {
      return;
    }
    NodeId node = link.neighbour().get();
    long now = turn.now().bootMillis();
    spreading.predictabilities().met(node, now);
    turn.count(Counter.ENCOUNTERS);
    Encounter encounter = new Encounter(name, node, acquaintance(node), now);
    encounter.offerAt = now + opportunistic.limits().summaryWaitMillis();
    spreading.encounters().put(name, encounter);
  }

  private Acquaintance acquaintance(NodeId node) {
    Acquaintance before = known.remove(node);
    Acquaintance now = before == null ? new Acquaintance(opportunistic.limits()) : before;
    known.put(node, now);
    if (known.size() > MOST_ACQUAINTANCES) {
      known.pollFirstEntry();
    }
    return now;
  }

  /** No session is left. */
  public void ended(Egress link) {
    spreading.gone(link);
  }

  /** Tells, and reads on, where it is due. */
  public void run(Turn turn) {
    if (spreading.encounters().isEmpty()) {
      return;
    }
    for (Encounter encounter : List.copyOf(spreading.encounters().values())) {
      long now = turn.now().bootMillis();
      if (now >= encounter.tellAt) {
        encounter.tellAt = now + opportunistic.limits().exchangeEveryMillis();
        encounter.bytes = 0;
        encounter.looked = 0;
        tell(turn, encounter);
        if (encounter.open) {
          spreading.predictabilities().met(encounter.node, now); // It is still there.
          encounter.offerAt = now + opportunistic.limits().summaryWaitMillis();
        }
      }
      if (now >= encounter.offerAt) {
        encounter.offerAt = Encounter.NEVER;
        begin(encounter);
      }
      readOn(turn, encounter);
    }
  }

  private void begin(Encounter encounter) {
    encounter.open = true;
    encounter.again = false;
    if (encounter.places.isEmpty()) {
      for (HeldQueue queue : holding.queues().all()) {
        if (queue.key().kind() == QueueKey.Wait.FORWARD) {
          encounter.places.add(new Encounter.Place(queue.key(), Optional.empty()));
        }
      }
    }
  }

  private void readOn(Turn turn, Encounter encounter) {
    if (encounter.reading.isPresent()
        || encounter.pending >= FEW
        || encounter.looked >= MOST_LOOKED_AT) {
      return;
    }
    if (encounter.places.isEmpty() && encounter.again) {
      begin(encounter);
    }
    Encounter.Place next = encounter.places.poll();
    if (next != null) {
      encounter.reading = Optional.of(next);
      turn.then(new Effect.ReadOffers(encounter.link, next.queue(), next.after(), FEW));
    }
  }

  /** A part of a queue was read for a neighbour. */
  public void offered(Turn turn, NodeEvent.Offered offered) {
    Encounter encounter = spreading.encounters().get(offered.to());
    if (encounter == null) {
      return;
    }
    Optional<Encounter.Place> place = encounter.reading;
    encounter.reading = Optional.empty();
    encounter.looked += offered.bundles().size();
    for (HeldBundle read : offered.bundles()) {
      Optional<HeldBundle> bundle =
          turn.find(read.id()).filter(held -> held.key().equals(read.key()) && !isTold(held));
      bundle.ifPresent(spreading::holds);
      if (bundle.isPresent() && !spreading.offer(turn, encounter, bundle.get())) {
        encounter.looked = MOST_LOOKED_AT; // Full until it is told again.
        place.ifPresent(encounter.places::addFirst);
        return;
      }
    }
    if (!offered.complete()) {
      encounter.places.add(
          new Encounter.Place(offered.queue(), Optional.of(offered.bundles().getLast())));
    }
  }

  /** What was told to one neighbour is not for the others. */
  private boolean isTold(HeldBundle bundle) {
    Optional<BundleId> id = Optional.of(bundle.id());
    return spreading.encounters().values().stream().anyMatch(e -> e.told.equals(id));
  }

  /** A bundle came to be held, in memory or not; those who are there may get a copy at once. */
  void arrived(Turn turn, Optional<Waiting> bundle) {
    if (opportunistic.isOff()) {
      return;
    }
    bundle.ifPresent(b -> spreading.holds(b.held()));
    for (Encounter encounter : List.copyOf(spreading.encounters().values())) {
      if (!encounter.open) {
        continue;
      }
      if (bundle.isEmpty() || encounter.pending >= MOST_WAITING) {
        encounter.again = true;
      } else {
        encounter.again |= !spreading.offer(turn, encounter, bundle.get().held());
      }
    }
  }

  private void tell(Turn turn, Encounter encounter) {
    Eid to = encounter.node.eid();
    Eid from = settings.administrative(to);
    Fresh record =
        transmission.make(
            turn,
            new Transmission.Draft(
                to,
                from,
                LIFETIME_MILLIS,
                BundleFlags.NONE.with(BundleFlags.ADMIN_RECORD).with(BundleFlags.MUST_NOT_FRAGMENT),
                Eid.NULL,
                new Request.Service(TrafficClass.URGENT, 0, false, true, false, 1)),
            NewBundles.Adu.of(
                new Payload.Inline(EncounterRecord.payload(spreading.ours())), Optional.empty()),
            block(turn));
    encounter.told = Optional.of(record.head().id());
    Optional<Egress> link = links.find(encounter.link);
    Optional<Waiting> entry = holding.hold(turn, record, new QueueKey(QueueKey.Wait.FORWARD, to));
    if (link.isPresent() && entry.isPresent()) {
      router.bind(entry.get(), new RouteDecision.Anytime(encounter.link), turn.now().wall());
      link.get().bound().add(entry.get());
    }
  }

  private List<NewBundles.Block> block(Turn turn) {
    if (opportunistic.policies().stream().noneMatch(p -> p.method() == Method.PROPHET)) {
      return List.of();
    }
    Map<NodeId, Double> some = new LinkedHashMap<>();
    int bytes = 0;
    for (var entry : spreading.predictabilities().all(turn.now().bootMillis()).entrySet()) {
      bytes += entry.getKey().toString().length() + 2 * Long.BYTES;
      if (bytes > BLOCK_BYTES) {
        break;
      }
      some.put(entry.getKey(), entry.getValue());
    }
    return List.of(
        new NewBundles.Block(EncounterRecord.BLOCK_TYPE, EncounterRecord.blockData(some)));
  }

  /**
   * A bundle for this node itself may be a neighbour's telling; false if it is none. What does not
   * come from a neighbour that is there is not believed.
   */
  boolean heard(Turn turn, Fresh fresh, Octets payload) {
    if (opportunistic.isOff()) {
      return false;
    }
    Optional<EncounterRecord> record = EncounterRecord.of(fresh.head(), payload);
    if (record.isEmpty()) {
      return false;
    }
    Optional<NodeId> source = fresh.head().primary().source().nodeId();
    String text = "not believed: " + record.get();
    Optional<LinkId> by = Optional.empty();
    for (Encounter encounter : spreading.encounters().values()) {
      if (source.equals(Optional.of(encounter.node)) && fresh.from().equals(source)) {
        long now = turn.now().bootMillis();
        encounter.other.heard(record.get());
        spreading.predictabilities().told(encounter.node, theirs(record.get()), now);
        encounter.offerAt = now;
        by = Optional.of(encounter.link);
        text = encounter.node + " " + record.get();
      }
    }
    turn.note(Kind.ENCOUNTER, by, Optional.of(fresh.head().id()), text);
    return true;
  }

  /** What a record says of others than this node. */
  private Map<NodeId, Double> theirs(EncounterRecord record) {
    Map<NodeId, Double> others = new LinkedHashMap<>(record.predictabilities());
    settings.nodes().forEach(others::remove);
    return others;
  }

  /** Who is there, and what is known, at that time since boot. */
  public NodeStatus.Encounters look(long now) {
    List<NodeStatus.EncounterStatus> present =
        spreading.encounters().values().stream()
            .map(
                e ->
                    new NodeStatus.EncounterStatus(
                        e.link, e.node, e.other.has.size(), e.pending, e.bytes))
            .toList();
    return new NodeStatus.Encounters(
        present,
        spreading.predictabilities().all(now),
        holding.kept().bundles(),
        holding.kept().bytes());
  }

  /** When something is due, in milliseconds since boot. */
  public long nextDeadline() {
    long next = Long.MAX_VALUE;
    for (Encounter encounter : spreading.encounters().values()) {
      next = Math.min(next, Math.min(encounter.tellAt, encounter.offerAt));
    }
    return next;
  }
}
