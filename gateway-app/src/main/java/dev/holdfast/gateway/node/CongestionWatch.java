package dev.holdfast.gateway.node;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.forecast.Forecast;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.link.LinkId;
import dev.holdfast.gateway.procedure.Procedures;
import dev.holdfast.gateway.schedule.Egress;
import dev.holdfast.gateway.schedule.PresentView;
import dev.holdfast.gateway.schedule.TrafficWindow;
import dev.holdfast.gateway.schedule.TrafficWindow.Rate;
import dev.holdfast.gateway.turn.Congestion;
import dev.holdfast.gateway.turn.Congestion.FullContact;
import dev.holdfast.gateway.turn.Congestion.State;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry.Kind;
import dev.holdfast.gateway.turn.NodeEvent;
import dev.holdfast.gateway.turn.NodeSettings;
import dev.holdfast.gateway.turn.NodeSettings.ForecastSettings;
import dev.holdfast.gateway.turn.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When the store or a contact from here will overflow. The forecast itself is made elsewhere, from
 * a copy of what it needs; a node that holds nothing and to which nothing comes asks for none. Told
 * once when something is foreseen to overflow, and when it is not any more.
 */
final class CongestionWatch {
  private static final int MOST_LISTED = 256;

  private final ForecastSettings settings;
  private final NodeSettings node;
  private final Procedures procedures;
  private final PresentView view;
  private Congestion foreseen;
  private Congestion told;
  private List<Rate> rates = List.of();
  private boolean underWay;
  private long dueMillis;

  CongestionWatch(NodeSettings node, Procedures procedures, Moment start) {
    this.settings = node.contacts().forecast();
    this.node = node;
    this.procedures = procedures;
    this.view =
        new PresentView(node, procedures.router(), procedures.holding().queues(), this::isUp);
    this.dueMillis = start.bootMillis() + settings.everyMillis();
    this.foreseen =
        Congestion.none(
            settings.isOff() || procedures.router().self().isEmpty() ? State.OFF : State.UNKNOWN);
    this.told = foreseen;
  }

  private boolean isUp(LinkId link) {
    return procedures.links().find(link).flatMap(Egress::up).isPresent();
  }

  /** Another plan is in force: what was foreseen may not hold any more. */
  void planned(Moment now) {
    dueMillis = now.bootMillis();
  }

  /** Asks for a forecast if it is time. */
  void review(Turn turn) {
    OptionalLong next = nextDeadline(turn.now());
    if (next.isEmpty() || next.getAsLong() > turn.now().bootMillis()) {
      return;
    }
    dueMillis = turn.now().bootMillis() + settings.everyMillis();
    List<Rate> latest = traffic().rates(turn.now().bootMillis());
    Optional<Effect.Foresee> asked = view.look(turn.now(), latest);
    if (asked.isPresent()) {
      rates = latest;
      underWay = true;
      turn.then(asked.get());
    }
  }

  private TrafficWindow traffic() {
    return procedures.holding().queues().traffic();
  }

  /**
   * When a forecast is to be asked for, in milliseconds since boot; empty if nothing calls for it.
   */
  OptionalLong nextDeadline(Moment now) {
    boolean idle =
        procedures.holding().queues().bytes() == 0
            && foreseen.state() != State.CONGESTED
            && traffic().isQuiet(now.bootMillis());
    return underWay || idle || foreseen.state() == State.OFF
        ? OptionalLong.empty()
        : OptionalLong.of(dueMillis);
  }

  /** A forecast is there. */
  void foreseen(Turn turn, NodeEvent.Foreseen event) {
    underWay = false;
    foreseen = of(event, procedures.router().self().orElseThrow());
    tellOfStore(turn);
    tellOfContacts(turn);
    told = foreseen;
  }

  Congestion look() {
    return foreseen;
  }

  private Congestion of(NodeEvent.Foreseen event, NodeNumber self) {
    Forecast forecast = event.forecast();
    Optional<Congestion.StoreLevel> store =
        forecast.stores().stream()
            .filter(load -> load.node().equals(self))
            .map(
                load ->
                    new Congestion.StoreLevel(
                        node.limits().bytes(),
                        load.mostBytes(),
                        load.mostBytes() == 0 ? event.at() : load.mostAt(),
                        load.overflowsAt()))
            .findFirst();
    List<FullContact> contacts =
        forecast.full().stream()
            .filter(full -> full.contact().from().equals(self))
            .map(
                full ->
                    new FullContact(
                        nodeOf(full.contact().to()),
                        full.contact(),
                        full.fullAt(),
                        full.bookedBytes(),
                        full.overbookedBytes(),
                        full.missedBytes()))
            .limit(MOST_LISTED)
            .toList();
    List<Congestion.Undelivered> undelivered =
        forecast.unserved().stream()
            .map(
                u ->
                    new Congestion.Undelivered(
                        nodeOf(u.to()),
                        u.cause(),
                        u.bundles(),
                        u.bytes(),
                        u.first(),
                        u.bottleneck()))
            .limit(MOST_LISTED)
            .toList();
    boolean congested =
        !contacts.isEmpty() || store.flatMap(Congestion.StoreLevel::overflowsAt).isPresent();
    return new Congestion(
        congested ? State.CONGESTED : State.CLEAR,
        Optional.of(event.at()),
        Optional.of(event.until()),
        store,
        contacts,
        undelivered,
        rates.stream().map(CongestionWatch::inflow).toList());
  }

  private static Congestion.Inflow inflow(Rate rate) {
    double seconds = rate.overMillis() / 1000.0;
    return new Congestion.Inflow(
        rate.to(), rate.trafficClass(), rate.bytes() / seconds, rate.bundles() / seconds);
  }

  private static NodeId nodeOf(NodeNumber number) {
    return new IpnEid(number.allocator(), number.node(), 0, false).nodeId().orElseThrow();
  }

  private void tellOfStore(Turn turn) {
    Optional<DtnTime> before = told.storeOverflow();
    Optional<DtnTime> now = foreseen.storeOverflow();
    if (now.isPresent() && before.isEmpty()) {
      Congestion.StoreLevel level = foreseen.store().orElseThrow();
      note(
          turn,
          Optional.empty(),
          "the store is foreseen to overflow at %s: it would hold up to %d bytes, and can hold %d"
              .formatted(now.get(), level.mostBytes(), level.limitBytes()));
    } else if (now.isEmpty() && before.isPresent()) {
      note(turn, Optional.empty(), "the store is not foreseen to overflow any more");
    }
  }

  private void tellOfContacts(Turn turn) {
    Map<NodeId, FullContact> before = firstByNeighbour(told);
    Map<NodeId, FullContact> now = firstByNeighbour(foreseen);
    now.forEach(
        (neighbour, first) -> {
          if (!before.containsKey(neighbour)) {
            note(
                turn,
                linkTo(neighbour),
                "the contact to %s from %s to %s is foreseen to be full at %s; %d of %d bytes are booked in the end"
                    .formatted(
                        neighbour,
                        first.contact().start(),
                        first.contact().end(),
                        first.fullAt(),
                        first.bookedBytes(),
                        first.contact().volumeBytes()));
          }
        });
    before.forEach(
        (neighbour, _) -> {
          if (!now.containsKey(neighbour)) {
            note(
                turn,
                linkTo(neighbour),
                "no contact to " + neighbour + " is foreseen to be full any more");
          }
        });
  }

  private static Map<NodeId, FullContact> firstByNeighbour(Congestion congestion) {
    Map<NodeId, FullContact> first = new LinkedHashMap<>();
    for (FullContact contact : congestion.contacts()) {
      first.merge(contact.neighbour(), contact, (a, b) -> b.fullAt().isBefore(a.fullAt()) ? b : a);
    }
    return first;
  }

  private Optional<LinkId> linkTo(NodeId neighbour) {
    List<LinkId> links = new ArrayList<>();
    for (Egress link : procedures.links().all()) {
      if (link.neighbour().equals(Optional.of(neighbour))) {
        links.add(link.settings().link());
      }
    }
    return links.stream().findFirst();
  }

  private static void note(Turn turn, Optional<LinkId> link, String text) {
    turn.note(Kind.CONGESTION, link, Optional.empty(), text);
  }
}
