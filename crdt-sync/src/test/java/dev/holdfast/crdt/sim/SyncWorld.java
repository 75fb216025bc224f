package dev.holdfast.crdt.sim;

import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.crdt.CausalContext;
import dev.holdfast.crdt.Interval;
import dev.holdfast.crdt.block.StreamId;
import dev.holdfast.crdt.keys.RegionId;
import dev.holdfast.crdt.replica.Frontier;
import dev.holdfast.crdt.sync.MessageKind;
import dev.holdfast.crdt.sync.Opportunity;
import dev.holdfast.crdt.sync.Outgoing;
import dev.holdfast.crdt.sync.SyncSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Regions, contacts between them with light time and loss, and virtual time; one seed. */
final class SyncWorld {
  static final long START = 850_000_000_000L;

  private record Waiting(int from, int to, Octets payload, long sent) {}

  private record Event(long at, long order, Runnable what) {}

  /** A time at which two regions hear each other, or the second one the first only. */
  record Contact(int a, int b, long from, long to, long owlt, boolean oneWay) {
    boolean leads(int from, int to) {
      return (a == from && b == to) || (!oneWay && a == to && b == from);
    }
  }

  final List<SimRegion> regions = new ArrayList<>();
  final List<Contact> contacts = new ArrayList<>();
  final Map<MessageKind, Long> bytes = new EnumMap<>(MessageKind.class);
  final Map<MessageKind, Integer> messages = new EnumMap<>(MessageKind.class);
  final SplittableRandom random;
  double loss;
  double doubling;
  long jitter;
  long volume = Long.MAX_VALUE / 4;

  /** Bytes of all messages that were sent, when that which arrived last was. */
  long sentOfArrived;

  /** How many messages each region has sent. */
  final Map<Integer, Integer> sentBy = new TreeMap<>();

  /** The region of which all is kept that it is sent; none if negative. */
  int watched = -1;

  final List<Octets> sentToWatched = new ArrayList<>();
  long now = START;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final List<Waiting> waiting = new ArrayList<>();
  private long order;

  SyncWorld(int count, long seed, SyncSettings settings) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      regions.add(new SimRegion(i, settings));
    }
    regions.forEach(region -> region.meet(regions));
  }

  SimRegion region(int number) {
    return regions.get(number);
  }

  void at(long at, Runnable what) {
    events.add(new Event(Math.max(at, now), order++, what));
  }

  /** Two regions hear each other from then on for so long. */
  void contact(int a, int b, long from, long millis, long owlt) {
    contact(new Contact(a, b, from, from + millis, owlt, false));
  }

  /** One region hears another, which never hears it, from then on for so long. */
  void downlink(int a, int b, long from, long millis, long owlt) {
    contact(new Contact(a, b, from, from + millis, owlt, true));
  }

  private void contact(Contact contact) {
    int a = contact.a;
    int b = contact.b;
    contacts.add(contact);
    List<Waiting> due = new ArrayList<>(waiting);
    due.removeIf(it -> !contact.leads(it.from, it.to));
    waiting.removeAll(due);
    due.forEach(it -> leave(it.from, it.to, it.payload, it.sent));
    at(contact.from, () -> open(contact, a, b));
    if (!contact.oneWay) {
      at(contact.from, () -> open(contact, b, a));
    }
    at(contact.to, () -> region(a).sync.closed(region(b).id));
    at(contact.to, () -> region(b).sync.closed(region(a).id));
  }

  private void open(Contact contact, int from, int to) {
    SimRegion region = region(from);
    Opportunity opportunity =
        new Opportunity(
            contact.to + region.ahead,
            contact.owlt,
            contact.oneWay ? Opportunity.NEVER : 2 * contact.owlt + 1_000,
            contact.oneWay ? Opportunity.NEVER : answeredLater(contact) + region.ahead,
            volume);
    send(from, region.commit(region.sync.opened(region(to).id, opportunity, now + region.ahead)));
  }

  private long answeredLater(Contact contact) {
    return contacts.stream()
        .filter(it -> it.from > contact.to && it.a == contact.a && it.b == contact.b)
        .mapToLong(it -> it.from + it.owlt + 1_000)
        .min()
        .orElse(Long.MAX_VALUE / 4);
  }

  private void send(int from, List<Outgoing> out) {
    for (Outgoing message : out) {
      bytes.merge(message.kind(), (long) message.payload().size(), Long::sum);
      messages.merge(message.kind(), 1, Integer::sum);
      sentBy.merge(from, 1, Integer::sum);
      if (number(message.to()) == watched) {
        sentToWatched.add(message.payload());
      }
      leave(from, number(message.to()), message.payload(), total());
    }
  }

  /** A bundle leaves in the contact there is, or waits for the next one. */
  private void leave(int from, int to, Octets payload, long sent) {
    Contact contact = nextContact(from, to);
    if (contact == null) {
      waiting.add(new Waiting(from, to, payload, sent));
      return;
    }
    int copies = random.nextDouble() < loss ? 0 : random.nextDouble() < doubling ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      long delay = contact.owlt + (jitter == 0 ? 0 : random.nextLong(jitter));
      at(Math.max(now, contact.from) + delay, () -> arrive(to, payload, sent));
    }
  }

  private Contact nextContact(int a, int b) {
    return contacts.stream()
        .filter(it -> now <= it.to)
        .filter(it -> it.leads(a, b))
        .min(Comparator.comparingLong(Contact::from))
        .orElse(null);
  }

  private void arrive(int to, Octets payload, long sent) {
    sentOfArrived = sent;
    send(to, region(to).receive(payload, now));
  }

  int number(RegionId id) {
    for (SimRegion region : regions) {
      if (region.id.equals(id)) {
        return region.number;
      }
    }
    throw new AssertionError(id.toString());
  }

  /** Lets a region say what is new. */
  void tell(int from) {
    SimRegion region = region(from);
    send(from, region.commit(region.sync.tell(now + region.ahead)));
  }

  void runUntil(long until) {
    while (!events.isEmpty() && events.peek().at <= until) {
      step();
    }
    now = until;
  }

  /** What happens next; false if nothing does. */
  boolean step() {
    if (events.isEmpty()) {
      return false;
    }
    Event event = events.remove();
    now = event.at;
    event.what.run();
    return true;
  }

  boolean isSame() {
    return regions.stream().map(it -> it.replica.root()).distinct().count() == 1;
  }

  /**
   * Whether all have heard the same, too, as far as writers' heads vouch for it: what was told of a
   * lost life in part, and no head of it, stays with who was told.
   */
  boolean hasHeardTheSame() {
    return regions.stream().map(this::heard).distinct().count() == 1;
  }

  private CausalContext heard(SimRegion region) {
    CausalContext heard = CausalContext.EMPTY;
    for (Map.Entry<StreamId, Frontier.Reach> each :
        region.replica.telling().frontier(now).streams().entrySet()) {
      for (Interval interval : each.getValue().heard()) {
        long last = Math.min(interval.last(), each.getValue().last());
        if (interval.first() <= last) {
          heard = heard.add(each.getKey().name(), new Interval(interval.first(), last));
        }
      }
    }
    return heard;
  }

  long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }
}
