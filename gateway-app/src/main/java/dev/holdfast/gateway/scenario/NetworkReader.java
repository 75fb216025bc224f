package dev.holdfast.gateway.scenario;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.bpv7.eid.EidPattern;
import dev.holdfast.bpv7.eid.IpnEid;
import dev.holdfast.bpv7.eid.NodeId;
import dev.holdfast.contacts.yaml.Section;
import dev.holdfast.contacts.yaml.Section.Located;
import dev.holdfast.contacts.yaml.Times;
import dev.holdfast.gateway.config.Values;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.HostileNode.Act;
import dev.holdfast.gateway.sim.HostileNode.Manner;
import dev.holdfast.gateway.sim.SimProtocol;
import dev.holdfast.gateway.turn.NodeSettings.HoldLimits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the nodes of a scenario and the links between them. */
final class NetworkReader {
  private static final List<Act> FORGING = List.of(Act.FORGED_SOURCE, Act.FORGED_SIGNATURE);

  private static final int MOST_NODES = 10_000;
  static final long USUAL_SYNC = Times.MILLI;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  private final Frame frame;
  private final Network network;

  /** Hostile nodes that name no victims: those of all traffic are meant. */
  private final Map<String, Located<String>> open = new LinkedHashMap<>();

  NetworkReader(Frame frame) {
    this.frame = frame;
    this.network = frame.network();
  }

  /** A name of a scenario or of a node. */
  static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no name; letters, digits, dots, hyphens and underscores, at most 64");
    }
    return text;
  }

  /** Reads all nodes. */
  void nodes(Section root) {
    Section section = root.requiredSection("nodes");
    List<Located<String>> names = section.names();
    if (names.size() > MOST_NODES) {
      root.refuse(section.at(), "nodes: more than " + MOST_NODES);
      return;
    }
    Map<NodeId, String> ids = new LinkedHashMap<>();
    for (Located<String> name : names) {
      node(section, name, ids);
    }
    section.end();
  }

  private void node(Section nodes, Located<String> name, Map<NodeId, String> ids) {
    Section section = nodes.section(name.value());
    Located<NodeId> id = section.required("id", Network.NOBODY, NetworkReader::id);
    if (!id.value().equals(Network.NOBODY)) {
      String other = ids.putIfAbsent(id.value(), name.value());
      if (other != null) {
        section.refuse(
            id.at(), "nodes." + name.value() + ".id: " + id.value() + " is " + other + " already");
      }
    }
    checkName(section, name, id.value());
    NodeSpec node =
        new NodeSpec(
            name.value(),
            id.value(),
            section.value("sync", USUAL_SYNC, Times.between(0, 60 * Times.SECOND)),
            section.value("store", HoldLimits.DEFAULT.bytes(), Values.size(1 << 10, 1L << 50)),
            section.value("drift", 0L, Amounts::driftPpm),
            section.has("hostile") ? Optional.of(manner(section, name)) : Optional.empty());
    section.end();
    network.add(node);
  }

  private static void checkName(Section section, Located<String> name, NodeId id) {
    try {
      name(name.value());
      if (DIGITS.matcher(name.value()).matches() && !id.eid().toString().equals(full(name))) {
        section.refuse(
            name.at(),
            "nodes: '"
                + name.value()
                + "' reads like the number of another node; name it in words");
      }
    } catch (IllegalArgumentException e) {
      section.refuse(name.at(), "nodes: " + e.getMessage());
    }
  }

  private static String full(Located<String> number) {
    return "ipn:" + number.value() + ".0";
  }

  private static NodeId id(String text) {
    NodeId id = Values.node(text);
    if (!(id.eid() instanceof IpnEid)) {
      throw new IllegalArgumentException(
          "'" + text + "' has no number, and plans name nodes by number; write ipn:1");
    }
    return id;
  }

  private Manner manner(Section section, Located<String> name) {
    Set<Act> acts = EnumSet.noneOf(Act.class);
    section
        .list("hostile", text -> Section.oneOf(text, Act.class))
        .forEach(act -> acts.add(act.value()));
    if (section.size("hostile") == 0) {
      section.refuse(
          section.at(), "nodes." + name.value() + ".hostile: name at least one thing that it does");
    }
    if (acts.isEmpty()) {
      acts.add(Act.GARBAGE); // So that the reading can go on.
    }
    long every =
        section
            .required("every", Times.SECOND, Times.between(Times.MILLI, frame.durationNanos()))
            .value();
    List<Eid> victims = new ArrayList<>();
    section.list("victims", Values::endpoint).forEach(victim -> victims.add(victim.value()));
    if (victims.isEmpty() && !Collections.disjoint(acts, FORGING)) {
      open.put(name.value(), name);
    }
    return new Manner(acts, every, section.flag("swallows", false), victims);
  }

  /** The nodes, hostile ones with the victims they did not name: the endpoints of all traffic. */
  List<NodeSpec> nodes(Section root, List<Eid> endpoints) {
    List<NodeSpec> nodes = new ArrayList<>();
    for (NodeSpec node : network.nodes()) {
      Located<String> place = open.get(node.name());
      if (place == null || node.hostile().isEmpty()) {
        nodes.add(node);
        continue;
      }
      if (endpoints.isEmpty()) {
        root.refuse(
            place.at(),
            "nodes."
                + node.name()
                + ": it forges endpoints, and there is no traffic; name some as victims");
      }
      Manner manner = node.hostile().get();
      Manner full = new Manner(manner.acts(), manner.everyNanos(), manner.swallows(), endpoints);
      nodes.add(
          new NodeSpec(
              node.name(),
              node.id(),
              node.syncNanos(),
              node.holdBytes(),
              node.driftPpm(),
              Optional.of(full)));
    }
    return nodes;
  }

  /** Reads all links. */
  void links(Section root) {
    for (Section section : root.sections("links")) {
      link(section);
      section.end();
    }
  }

  private void link(Section section) {
    boolean all = section.has("among");
    String key = all ? "among" : "between";
    List<Located<String>> ends = section.list(key, network::node);
    LinkSpec link =
        new LinkSpec(
            "",
            "",
            section.value(
                "protocol", SimProtocol.IDEAL.name(), text -> Section.oneOf(text, PROTOCOLS)),
            Frame.channel(section, Channel.PERFECT),
            section.flag("always", false),
            patterns(section, "routes"),
            patterns(section, "routes-back"));
    if (all == section.has("between")) {
      section.refuse(
          section.at(), "links: write between: [earth, orbiter], or among: [car1, car2, car3]");
    } else if (all ? section.size(key) < 2 : section.size(key) != 2) {
      section.refuse(
          section.at(),
          all
              ? "links.among: name at least two nodes; each pair of them is joined"
              : "links.between: a link has two ends, such as [earth, orbiter]");
    } else {
      join(section, link, ends);
    }
  }

  /** Joins each pair of nodes. */
  private void join(Section section, LinkSpec like, List<Located<String>> ends) {
    for (int i = 0; i < ends.size(); i++) {
      for (int j = i + 1; j < ends.size(); j++) {
        join(section, like, ends.get(i).value(), ends.get(j));
      }
    }
  }

  private void join(Section section, LinkSpec like, String first, Located<String> second) {
    if (first.equals(second.value())) {
      section.refuse(second.at(), "links: " + first + " cannot be both ends of a link");
    } else if (network.link(first, second.value()).isPresent()) {
      section.refuse(
          second.at(),
          "links: "
              + first
              + " and "
              + second.value()
              + " are joined above already; a pair has one link");
    } else {
      network.add(
          new LinkSpec(
              first,
              second.value(),
              like.protocol(),
              like.channel(),
              like.always(),
              like.routes(),
              like.routesBack()));
    }
  }

  private static List<EidPattern> patterns(Section section, String key) {
    return section.list(key, Values::pattern).stream().map(Located::value).toList();
  }

  private static final List<String> PROTOCOLS =
      SimProtocol.all().stream().map(SimProtocol::name).toList();
}
