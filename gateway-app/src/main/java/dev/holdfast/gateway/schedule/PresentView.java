package dev.holdfast.gateway.schedule;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Demand;
import dev.holdfast.contacts.forecast.Flow;
import dev.holdfast.contacts.forecast.Present;
import dev.holdfast.custody.QueueCount;
import dev.holdfast.custody.QueueKey;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.schedule.Router.Heading;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.NodeSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How things stand here, as a forecast begins with it: what is booked, and when it leaves; what is
 * held beyond that, as traffic that is there at once. And what comes: the traffic of late,
 * continued.
 *
 * <p>What waits for applications stays. Links that are always open take what they get while they
 * are up; of one that is down nothing is expected.
 */
public final class PresentView {
  /** Most steps of a forecast for what is held in one queue and class. */
  private static final long HELD_STEPS = 256;

  /** Steps for traffic over steps for what is held. */
  private static final long TRAFFIC_SHARE = 4;

  private final NodeSettings settings;
  private final Router router;
  private final Queues queues;
  private final Predicate<LinkId> isUp;
  private final LocalGrowth local;

  /** A view of what these hold; links are asked whether they are up. */
  public PresentView(NodeSettings settings, Router router, Queues queues, Predicate<LinkId> isUp) {
    this.settings = settings;
    this.router = router;
    this.queues = queues;
    this.isUp = isUp;
    this.local = new LocalGrowth(settings.contacts().forecast().windowMillis());
  }

  /** What one look gathers. */
  private final class Gathering {
    private final NodeNumber self;
    private final Moment now;
    private final DtnTime until;
    private final long steps = ContinuedTraffic.stepsFor(router.plan().contacts().size());
    private final long heldSteps =
        Math.clamp(steps / TRAFFIC_SHARE / Math.max(1, queues.all().size()), 1, HELD_STEPS);
    private final List<Present.Held> held = new ArrayList<>();
    private final List<Flow> flows = new ArrayList<>();

    Gathering(NodeNumber self, Moment now) {
      this.self = self;
      this.now = now;
      this.until = now.wall().plus(settings.contacts().forecast().horizonMillis());
    }

    void stays(long bytes, DtnTime gone) {
      if (bytes > 0) {
        held.add(new Present.Held(self, bytes, gone));
      }
    }

    void queue(HeldQueue queue) {
      switch (router.heading(queue.key().eid())) {
        case Heading.Anytime(LinkId link) -> {
          if (!isUp.test(link)) {
            rest(queue, self);
          }
        }
        case Heading.Towards(NodeNumber to) -> rest(queue, to);
        case Heading.Nowhere() -> rest(queue, self);
      }
    }

    /** What is bound leaves when it is booked to; all else begins its way, or stays. */
    private void rest(HeldQueue queue, NodeNumber to) {
      Map<TrafficClass, Rest> rests = new TreeMap<>();
      for (QueueCount count : queue.counts()) {
        rests.put(count.trafficClass(), new Rest(count.bundles(), count.bytes()));
      }
      for (Waiting bundle : queue.inMemory()) {
        Rest rest = rests.computeIfAbsent(bundle.trafficClass(), c -> new Rest(0, 0));
        Optional<DtnTime> leaves = leaves(bundle);
        if (leaves.isPresent() && !to.equals(self)) {
          long parts = unbooked(bundle);
          stays(bundle.held().sizes().total() - parts, leaves.get());
          rest.less(parts == 0 ? 1 : 0, bundle.held().sizes().total() - parts);
        } else {
          rest.lives(bundle.held().expiry().since(now.wall()));
        }
      }
      rests.forEach(
          (trafficClass, rest) ->
              rest.flow(self, to, now.wall(), until, trafficClass, heldSteps)
                  .ifPresent(flows::add));
    }

    private Optional<DtnTime> leaves(Waiting bundle) {
      return switch (bundle.state()) {
        case UNBOUND, LEASED -> Optional.empty();
        case IN_TRANSFER -> Optional.of(confirmed(bundle, now.wall().plus(1)));
        case SENT -> Optional.of(bundle.held().expiry());
        case COPIED ->
            bundle.copies().stream()
                .map(copy -> leaves(copy).orElse(bundle.held().expiry()))
                .max(DtnTime::compareTo);
        case BOUND ->
            bundle.bookings().isEmpty()
                ? bundle.contact().map(contact -> confirmed(bundle, contact.end()))
                : Optional.of(confirmed(bundle, bundle.bookings().getFirst().last()));
      };
    }

    private DtnTime confirmed(Waiting bundle, DtnTime left) {
      return left.plus(2 * bundle.contact().map(c -> c.owltMillis()).orElse(0L));
    }

    /** Bytes of a bundle that is to be cut which no contact is booked for yet. */
    private long unbooked(Waiting bundle) {
      return bundle.bookings().isEmpty() || bundle.state() != Waiting.State.BOUND
          ? 0
          : Math.max(0, bundle.bytesLeft() - bundle.bookings().getFirst().bytes());
    }

    void traffic(List<TrafficWindow.Rate> rates) {
      List<ContinuedTraffic.Way> ways = new ArrayList<>();
      for (TrafficWindow.Rate rate : rates) {
        if (!rate.local()) {
          rate.to()
              .flatMap(this::target)
              .ifPresent(to -> ways.add(new ContinuedTraffic.Way(rate, to)));
        }
      }
      List<TrafficWindow.Rate> lumped = rates.stream().filter(r -> r.to().isEmpty()).toList();
      flows.addAll(new ContinuedTraffic(self, now.wall(), until, steps).flows(ways, lumped));
    }

    /** Where traffic goes in the plan, this node if it stays; empty if it passes through. */
    private Optional<NodeNumber> target(Eid destination) {
      return switch (router.heading(destination)) {
        case Heading.Anytime(LinkId link) -> isUp.test(link) ? Optional.empty() : Optional.of(self);
        case Heading.Towards(NodeNumber to) -> Optional.of(to);
        case Heading.Nowhere() -> Optional.of(self);
      };
    }
  }

  /** Looks at everything; empty if the plan cannot know this node. */
  public Optional<Effect.Foresee> look(Moment now, List<TrafficWindow.Rate> rates) {
    return router.self().map(self -> look(self, now, rates));
  }

  private Effect.Foresee look(NodeNumber self, Moment now, List<TrafficWindow.Rate> rates) {
    Gathering gathering = new Gathering(self, now);
    long here = 0;
    for (HeldQueue queue : queues.all()) {
      if (queue.key().kind() == QueueKey.Wait.FORWARD) {
        gathering.queue(queue);
      } else {
        here += queue.counts().stream().mapToLong(QueueCount::bytes).sum();
      }
    }
    gathering.stays(here, DtnTime.FOREVER);
    local.flow(self, here, now, gathering.until).ifPresent(gathering.flows::add);
    gathering.traffic(rates);
    Present present =
        new Present(
            router.booked(now.wall()),
            now.wall(),
            gathering.until,
            gathering.held,
            router.withoutLink().stream().map(to -> new Present.Pair(self, to)).toList(),
            settings.contacts().overheadPercent(),
            settings.contacts().owltMargin());
    SortedMap<NodeNumber, Long> stores = new TreeMap<>();
    stores.put(self, settings.limits().bytes());
    return new Effect.Foresee(present, new Demand(gathering.flows, stores));
  }

  /** Bundles of one queue and class that are not bound. */
  private static final class Rest {
    private long bundles;
    private long bytes;
    private long lifetimes;
    private long looked;

    Rest(long bundles, long bytes) {
      this.bundles = bundles;
      this.bytes = bytes;
    }

    void less(long fewerBundles, long fewerBytes) {
      bundles -= fewerBundles;
      bytes -= fewerBytes;
    }

    void lives(long millis) {
      lifetimes += Math.clamp(millis, 1, Long.MAX_VALUE / 1_000_000_000);
      looked++;
    }

    /** They are all there at once. What is not in memory lives as long as what is. */
    Optional<Flow> flow(
        NodeNumber self,
        NodeNumber to,
        DtnTime now,
        DtnTime until,
        TrafficClass trafficClass,
        long steps) {
      if (bundles <= 0 || bytes <= 0) {
        return Optional.empty();
      }
      long batch = Math.ceilDiv(bundles, steps);
      long lifetime = looked == 0 ? until.since(now) : Math.max(1, lifetimes / looked);
      return Optional.of(
          new Flow(
              self,
              to,
              now,
              1,
              Math.ceilDiv(bundles, batch),
              Math.max(1, bytes / bundles),
              trafficClass,
              lifetime,
              batch,
              true));
    }
  }
}
