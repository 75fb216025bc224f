package dev.holdfast.gateway.config;

import dev.holdfast.bpv7.Leniency;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.yaml.Nearest;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Units;
import dev.holdfast.gateway.config.LinkConfig.BackOff;
import dev.holdfast.gateway.config.LinkConfig.Confirmation;
import dev.holdfast.gateway.config.LinkConfig.Schedule;
import dev.holdfast.gateway.config.LinkConfig.Tcpcl;
import dev.holdfast.gateway.link.LinkId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the links and the routes that go by them. */
final class LinkReader {
  private static final Duration DAY = Duration.ofDays(1);

  private final boolean planned;
  private final ListenConfig listen;
  private final List<NodeId> ourselves;

  /**
   * A reader of the links of one file.
   *
   * @param planned whether there is a contact plan
   * @param listen where neighbours may connect
   * @param ourselves this gateway's identities
   */
  LinkReader(boolean planned, ListenConfig listen, List<NodeId> ourselves) {
    this.planned = planned;
    this.listen = listen;
    this.ourselves = List.copyOf(ourselves);
  }

  /** The links of the file. */
  List<LinkConfig> links(Section root) {
    List<LinkConfig> links = new ArrayList<>();
    for (Section section : root.sections("links")) {
      Located<LinkId> name = section.required("name", new LinkId("unnamed"), Values::linkName);
      if (links.stream().anyMatch(link -> link.name().equals(name.value()))) {
        section.refuse(name.at(), "links.name: '" + name.value() + "' is the name of a link above");
      }
      links.add(link(section, name.value()));
      section.end();
    }
    return links;
  }

  /** The static routes of the file. */
  List<RouteConfig> routes(Section root, List<LinkConfig> links) {
    List<String> names = links.stream().map(link -> link.name().name()).toList();
    List<RouteConfig> routes = new ArrayList<>();
    for (Section section : root.sections("routes")) {
      var to = section.required("to", Values.pattern("*:**"), Values::pattern);
      Located<LinkId> via = section.required("via", new LinkId("unnamed"), Values::linkName);
      if (section.has("via") && !names.contains(via.value().name())) {
        String hint =
            names.isEmpty()
                ? "; this file has no links"
                : Nearest.to(via.value().name(), names)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("; the links are " + String.join(", ", names));
        section.refuse(via.at(), "routes.via: no link is called '" + via.value() + "'" + hint);
      }
      routes.add(new RouteConfig(to.value(), via.value()));
      section.end();
    }
    return routes;
  }

  private LinkConfig link(Section section, LinkId name) {
    LinkConfig.Type type =
        section
            .required(
                "type", LinkConfig.Type.TCPCL, text -> Section.oneOf(text, LinkConfig.Type.class))
            .value();
    Located<NodeId> peer = section.required("peer", NodeId.ipn(1), Values::node);
    if (section.has("peer") && ourselves.contains(peer.value())) {
      section.refuse(peer.at(), "links.peer: " + peer.value() + " is this gateway itself");
    }
    Optional<HostPort> dial = section.optional("dial", LinkReader::dialled);
    Schedule schedule = section.choice("schedule", Schedule.PLAN, Schedule.class);
    if (schedule == Schedule.PLAN && !planned) {
      section.refuse(
          section.at(),
          "link '"
              + name
              + "' follows the plan and there is none; set plan.file, or schedule: always");
    }
    if (!section.has("dial") && schedule != Schedule.DISABLED) {
      checkReachable(section, name, type);
    }
    Leniencies leniencies = leniencies(section, type);
    return new LinkConfig(
        name,
        type,
        peer.value(),
        dial,
        schedule,
        section.value("rate", 0L, Units::bytesPerSecond),
        leniencies.bundles,
        type == LinkConfig.Type.TCPCL ? tcpcl(section, leniencies.sessions) : TCPCL_DEFAULT,
        type == LinkConfig.Type.MTCP
            ? section.choice("confirmation", Confirmation.NONE, Confirmation.class)
            : Confirmation.NONE,
        backOff(section.section("backOff")));
  }

  private void checkReachable(Section section, LinkId name, LinkConfig.Type type) {
    switch (type) {
      case TCPCL -> {
        if (listen.tcpcl().isEmpty()) {
          section.refuse(
              section.at(),
              "link '" + name + "' can neither dial nor be dialled; set dial, or listen.tcpcl");
        }
      }
      case MTCP ->
          section.refuse(
              section.at(),
              "link '"
                  + name
                  + "' cannot send; MTCP goes one way, from the side that dials: set dial");
    }
  }

  private static final Tcpcl TCPCL_DEFAULT =
      new Tcpcl(List.of(), true, Duration.ofSeconds(15), 4L << 20, 8L << 30, 1024, 256L << 20);

  /** What is waived for a neighbour: rules of RFC 9171 and rules of RFC 9174, under one key. */
  private record Leniencies(
      List<Leniency> bundles, List<dev.holdfast.bpv7.tcpcl.Leniency> sessions) {}

  private static Leniencies leniencies(Section section, LinkConfig.Type type) {
    Set<Leniency> bundles = EnumSet.noneOf(Leniency.class);
    Set<dev.holdfast.bpv7.tcpcl.Leniency> sessions =
        EnumSet.noneOf(dev.holdfast.bpv7.tcpcl.Leniency.class);
    List<String> names = new ArrayList<>();
    for (Leniency each : Leniency.values()) {
      names.add(each.label());
    }
    if (type == LinkConfig.Type.TCPCL) {
      for (dev.holdfast.bpv7.tcpcl.Leniency each : dev.holdfast.bpv7.tcpcl.Leniency.values()) {
        names.add(Section.spelled(each));
      }
    }
    for (Located<String> name : section.list("leniencies", text -> Section.oneOf(text, names))) {
      Optional<Leniency> bundle = Leniency.named(name.value());
      if (bundle.isPresent()) {
        bundles.add(bundle.get());
      } else {
        sessions.add(Section.oneOf(name.value(), dev.holdfast.bpv7.tcpcl.Leniency.class));
      }
    }
    return new Leniencies(List.copyOf(bundles), List.copyOf(sessions));
  }

  private static Tcpcl tcpcl(Section section, List<dev.holdfast.bpv7.tcpcl.Leniency> leniencies) {
    Tcpcl fallback = TCPCL_DEFAULT;
    return new Tcpcl(
        leniencies,
        section.flag("urgentSession", fallback.urgentSession()),
        section.value("keepalive", fallback.keepalive(), LinkReader::keepalive),
        section.value("segmentMru", fallback.segmentMru(), Values.size(4 << 10, 1L << 30)),
        section.value("transferMru", fallback.transferMru(), Values.size(64 << 10, 1L << 40)),
        (int) section.number("maxTransfers", fallback.maxTransfers(), 1, 1024),
        section.value("maxInFlight", fallback.maxInFlight(), Values.size(64 << 10, 1L << 40)));
  }

  private static Duration keepalive(String text) {
    Duration interval = Values.duration(Duration.ZERO, Duration.ofHours(18)).apply(text);
    if (interval.toMillis() % 1000 != 0) {
      throw new IllegalArgumentException("'" + text + "' is not in whole seconds (RFC 9174 §4.6)");
    }
    return interval;
  }

  private static BackOff backOff(Section section) {
    Duration first =
        section.value("first", Duration.ofMillis(500), Values.duration(Duration.ofMillis(10), DAY));
    Duration max =
        section.value("max", Duration.ofSeconds(15), Values.duration(Duration.ofMillis(10), DAY));
    if (max.compareTo(first) < 0) {
      section.refuse(section.at(), "links.backOff: max is shorter than first");
    }
    section.end();
    return new BackOff(first, max);
  }

  private static HostPort dialled(String text) {
    HostPort address = HostPort.parse(text);
    if (address.port() == 0) {
      throw new IllegalArgumentException("port 0 cannot be dialled");
    }
    return address;
  }
}
