package dev.holdfast.gateway.twin;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.KeyRing;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.replica.Overlay;
import dev.holdfast.crdt.replica.TwinStore;
import dev.holdfast.crdt.sync.Checked;
import dev.holdfast.crdt.sync.Notice;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.crdt.sync.Witness;
import dev.holdfast.crdt.twin.CanonicalObject;
import dev.holdfast.crdt.twin.Refusal;
import dev.holdfast.crdt.twin.Twin;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import tools.jackson.databind.JsonNode;

/**
 * The twins of this region: events and a moment in, a turn out. What a turn decides is to be
 * committed in the order of turns, and nothing of it said before; then {@link TwinEvent.Written}
 * tells so.
 *
 * <p>It starts no thread, does no I/O but reading the store, and reads no clock. For one thread.
 */
public final class Twins {
  /** A hostile flood is counted, not written down. */
  private static final int NOTES = 8;

  /** Writes that wait to be told are in memory: more of them become blocks before their time. */
  private static final long PENDING_MOST = 16_384;

  private static final String STOPPED = "the gateway is stopping";

  private final TwinSettings settings;
  private final RegionId self;
  private final Overlay overlay;
  private final SortedMap<String, SharedClass> classes;
  private final SortedMap<String, TwinSettings.Region> regions = new TreeMap<>();
  private final SortedMap<RegionId, String> names = new TreeMap<>();
  private final SortedMap<Notice.What, Long> problems = new TreeMap<>();
  private final Things things;
  private final Outlook outlook;
  private final Queued queued = new Queued();
  private final Map<Long, List<Queued.Slot>> unwritten = new LinkedHashMap<>();
  private SortedMap<String, Witness> witnessed = new TreeMap<>();
  private long number;
  private long tellAt;
  private boolean full;
  private Turn turn = new Turn();

  /** One turn while it is decided. */
  private static final class Turn {
    final List<Request.Message> messages = new ArrayList<>();
    final List<Queued.Slot> slots = new ArrayList<>();
    final List<BundleId> superseded = new ArrayList<>();
    final List<HeldBundle> taken = new ArrayList<>();
    final List<TwinTurn.Reply> replies = new ArrayList<>();
    final SortedSet<String> local = new TreeSet<>();
    final SortedSet<String> remote = new TreeSet<>();
    final List<String> notes = new ArrayList<>();
    boolean wrote;
  }

  /**
   * What comes from outside the store.
   *
   * @param entropy as many random bytes as asked for
   * @param witnesses of each class by its name, how far its stream was told; only those that were
   *     written since the machine started
   */
  public record Outside(IntFunction<Octets> entropy, SortedMap<String, Witness> witnesses) {}

  /**
   * The twins that a store has.
   *
   * @param store what is committed
   * @param outside what comes from outside the store
   * @throws dev.holdfast.crdt.sync.ClassSync.KeysException if the key that this region signs with
   *     is not among those that it was given
   */
  public Twins(TwinSettings settings, TwinStore store, Outside outside) {
    this.settings = settings;
    this.self = settings.keys().region();
    this.overlay = new Overlay(store);
    names.put(self, settings.name());
    for (TwinSettings.Region region : settings.others()) {
      regions.put(region.name(), region);
      names.put(region.id(), region.name());
    }
    this.classes = Classes.open(settings, overlay, names, outside);
    this.things = new Things(classes, settings.rules(), settings.limits().twins());
    this.outlook = new Outlook(settings);
  }

  /** The keys of each class by its name, for {@link Checked#of}. */
  public SortedMap<String, KeyRing> rings() {
    SortedMap<String, KeyRing> rings = new TreeMap<>();
    classes.forEach((name, each) -> rings.put(name, each.sync().ring()));
    return rings;
  }

  /** One turn: all that happened since the last, decided together. */
  public TwinTurn on(List<TwinEvent> events, Moment now) {
    turn = new Turn();
    number++;
    DtnTime wall = now.wall();
    for (TwinEvent event : events) {
      happen(event, wall);
    }
    for (Outlook.Change change : outlook.review(wall)) {
      change(change, wall);
    }
    tell(wall);
    for (SharedClass each : classes.values()) {
      if (each.replica().unsealed() > PENDING_MOST) {
        each.sync().seal();
      }
      var _ = each.sync().forget(settings.limits().history());
      each.sync().takeNotices().forEach(notice -> note(each.name(), notice));
      turn.remote.addAll(each.sync().takeChanged());
    }
    return finish();
  }

  private TwinTurn finish() {
    if (!turn.slots.isEmpty()) {
      unwritten.put(number, turn.slots);
    }
    Request.Commit commit =
        new Request.Commit(
            StoredTwins.changes(overlay.drain()),
            turn.messages,
            turn.superseded,
            turn.taken,
            turn.notes);
    SortedMap<String, Witness> witnesses = new TreeMap<>();
    classes.forEach((name, each) -> witnesses.put(name, each.sync().witness()));
    boolean news = !witnesses.equals(witnessed);
    witnessed = witnesses;
    return new TwinTurn(
        number,
        news ? Optional.of(witnesses) : Optional.empty(),
        commit,
        turn.replies,
        turn.local,
        turn.remote);
  }

  private void happen(TwinEvent event, DtnTime wall) {
    switch (event) {
      case TwinEvent.Asked(long id, TwinRequest request) ->
          turn.replies.add(new TwinTurn.Reply(id, answer(request, wall)));
      case TwinEvent.Arrived arrived -> arrived(arrived, wall);
      case TwinEvent.Written written -> written(written);
      case TwinEvent.Planned(var plan) -> outlook.plan(plan);
      case TwinEvent.Space(boolean none) -> full = none;
      case TwinEvent.Tick() -> {}
    }
  }

  private void written(TwinEvent.Written written) {
    // Turns are drained one by one, so that the number of a turn is that of the overlay's.
    overlay.committed(written.turn() - 1);
    List<Queued.Slot> slots = unwritten.remove(written.turn());
    if (slots != null) {
      queued.made(slots, written.made());
    }
  }

  private void arrived(TwinEvent.Arrived arrived, DtnTime wall) {
    turn.taken.add(arrived.bundle());
    SharedClass shared = classes.get(arrived.exportClass());
    switch (arrived.message()) {
      case TwinEvent.Message.Verified(Checked checked) when shared != null -> {
        heard(checked);
        send(shared, shared.sync().received(again(shared, checked, wall), wall.millis()));
      }
      case TwinEvent.Message.Verified _ ->
          refused(arrived.exportClass(), "a message of a class that is not here");
      case TwinEvent.Message.Unreadable(String why) -> refused(arrived.exportClass(), why);
    }
  }

  /** What was verified before the message that tells of its key was taken, is verified again. */
  private Checked again(SharedClass shared, Checked checked, DtnTime wall) {
    boolean keyMissing =
        checked.faults().stream().anyMatch(it -> it.what() == Notice.What.KEY_MISSING);
    long drift = settings.limits().sync().driftMillis();
    return keyMissing
        ? Checked.of(checked.message(), shared.sync().ring(), wall.millis(), drift)
        : checked;
  }

  private void heard(Checked checked) {
    checked.region().map(signed -> names.get(signed.envelope().region())).ifPresent(outlook::heard);
  }

  private void refused(String exportClass, String why) {
    note(exportClass, new Notice(Notice.What.REFUSED, Optional.empty(), why));
  }

  /** Counts it, and says so where operators look, the first times of a turn. */
  private void note(String exportClass, Notice notice) {
    problems.merge(notice.what(), 1L, Long::sum);
    if (turn.notes.size() < NOTES) {
      turn.notes.add(SharedClass.words(exportClass, names, notice));
    }
  }

  private void change(Outlook.Change change, DtnTime wall) {
    switch (change) {
      case Outlook.Change.Opened(TwinSettings.Region region, var opportunity) -> {
        for (SharedClass each : classes.values()) {
          if (each.isSharedWith(region)) {
            send(each, each.sync().opened(region.id(), opportunity, wall.millis()));
          }
        }
      }
      case Outlook.Change.Closed(TwinSettings.Region region) -> {
        for (SharedClass each : classes.values()) {
          if (each.isSharedWith(region)) {
            each.sync().closed(region.id());
          }
        }
      }
    }
  }

  /** What was written just now leaves at once; what is not confirmed, now and then. */
  private void tell(DtnTime wall) {
    boolean due = outlook.isOpen() && wall.millis() >= tellAt;
    if (!turn.wrote && !due) {
      return;
    }
    tellAt = wall.millis() + settings.limits().sync().quietMillis();
    for (SharedClass each : classes.values()) {
      send(each, each.sync().tell(wall.millis()));
    }
  }

  private void send(SharedClass shared, List<Outgoing> all) {
    for (Outgoing out : all) {
      String name = names.get(out.to());
      TwinSettings.Region region = name == null ? null : regions.get(name);
      if (region == null) {
        continue;
      }
      Queued.Slot slot = new Queued.Slot(shared.name(), region.name(), out.kind());
      if (out.supersedes()) {
        turn.superseded.addAll(queued.superseded(slot));
      }
      long service = shared.settings().service();
      turn.slots.add(slot);
      turn.messages.add(
          shared.message(
              out,
              TwinSettings.endpoint(region.node(), service),
              TwinSettings.endpoint(settings.node(), service),
              settings.terms()));
    }
  }

  private TwinAnswer answer(TwinRequest request, DtnTime wall) {
    return switch (request) {
      case TwinRequest.Read read -> things.read(read, asOf(wall));
      case TwinRequest.Things asked -> things.list(asked);
      case TwinRequest.Change _ when full -> noSpace();
      case TwinRequest.Change change ->
          wrote(change.thing().text(), things.change(change, wall.millis()));
      case TwinRequest.Export(var thing) -> export(things.twin(thing), wall);
      case TwinRequest.Import _ when full -> noSpace();
      case TwinRequest.Import wish ->
          wrote(things.named(wish.document()), things.importing(wish, wall.millis()));
      case TwinRequest.Look() -> regions(wall);
      case TwinRequest.Seal() -> {
        if (!full) {
          classes.values().forEach(each -> each.sync().seal());
        }
        yield regions(wall);
      }
      case TwinRequest.Digest(Optional<String> region) -> carrying(wall).digest(region);
      case TwinRequest.Take _ when full -> noSpace();
      case TwinRequest.Take take -> carried(carrying(wall).take(take));
    };
  }

  private TwinAnswer.Regions regions(DtnTime wall) {
    return new TwinAnswer.Regions(
        classes.values().stream().map(each -> each.status(self, wall)).toList(), problems);
  }

  private Carrying carrying(DtnTime wall) {
    return new Carrying(
        settings.name(), classes, regions, new Carrying.Way(outlook, this::send, wall));
  }

  private TwinAnswer carried(TwinAnswer answer) {
    if (answer instanceof TwinAnswer.Carried carried) {
      turn.remote.addAll(carried.things());
    }
    return answer;
  }

  private static TwinAnswer.Failed noSpace() {
    return new TwinAnswer.Failed(
        TwinAnswer.Reason.NO_SPACE, "the store has no room; free space on its disk, then retry");
  }

  /** What is answered to everything once the node takes nothing more. */
  public static TwinAnswer.Failed stopping() {
    return new TwinAnswer.Failed(TwinAnswer.Reason.STOPPING, STOPPED);
  }

  private TwinAnswer wrote(String thing, TwinAnswer answer) {
    if (answer instanceof TwinAnswer.Changed changed && changed.edits() > 0) {
      turn.wrote = true;
      turn.local.add(thing);
    }
    return answer;
  }

  private List<TwinAnswer.AsOf> asOf(DtnTime wall) {
    return classes.values().stream().flatMap(each -> each.asOf(self, wall).stream()).toList();
  }

  private TwinAnswer export(Twin twin, DtnTime wall) {
    SortedMap<StreamId, Frontier.Reach> streams = new TreeMap<>();
    classes
        .values()
        .forEach(
            each -> streams.putAll(each.replica().telling().frontier(wall.millis()).streams()));
    Frontier frontier = new Frontier(classes.firstEntry().getValue().replica().root(), streams);
    Optional<JsonNode> document =
        CanonicalObject.export(
            twin,
            frontier,
            new CanonicalObject.Exporter(
                self.name(), Optional.of(settings.keys().all().getLast())));
    return document
        .<TwinAnswer>map(TwinAnswer.Document::new)
        .orElseGet(() -> new TwinAnswer.Refused(new Refusal.NotThere("")));
  }

  /** When it wants a turn although nothing happens, by the wall clock. */
  public DtnTime nextDeadline() {
    DtnTime next = outlook.next();
    return outlook.isOpen() ? DtnTime.min(next, new DtnTime(tellAt)) : next;
  }
}
