package dev.holdfast.it.architecture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may see whom. Every package of the project stands here, by its own name or below a name that
 * ends in {@code .*}; the more exact name wins. What is not listed is not allowed.
 */
final class Layers {
  /**
   * One line of the table.
   *
   * @param packages a package, or all packages below one if it ends in {@code .*}
   * @param sees packages it may depend on, written in the same way; itself is always allowed
   * @param reason why so
   */
  record Layer(String packages, List<String> sees, String reason) {}

  private static final String P = "dev.holdfast.";
  private static final List<String> BUNDLES = sees("bpv7", "bpv7.eid", "bpv7.wire");
  private static final List<String> CENTRE =
      plus(
          BUNDLES,
          "bpv7.admin",
          "bpv7.fragment",
          "contacts",
          "contacts.forecast",
          "contacts.route",
          "custody");

  static final List<Layer> TABLE =
      List.of(
          // bpv7: a line, no cycles
          layer("bpv7.wire", sees(), "octets and CBOR know nothing of bundles"),
          layer("bpv7.eid", sees("bpv7.wire"), "names are built of octets"),
          layer("bpv7", sees("bpv7.eid", "bpv7.wire"), "a bundle is built of names and octets"),
          layer("bpv7.*", BUNDLES, "records, fragments and sessions use bundles, not each other"),
          // contact-plans
          layer("contacts", BUNDLES, "a plan names nodes and times"),
          layer("contacts.yaml", sees("contacts"), "text with places, told in one line each"),
          layer(
              "contacts.format",
              plus(BUNDLES, "contacts", "contacts.yaml"),
              "texts of plans and of times"),
          layer(
              "contacts.route",
              plus(BUNDLES, "contacts", "contacts.format"),
              "routes over plans, told in the words and times of plan texts"),
          layer(
              "contacts.chart",
              plus(BUNDLES, "contacts", "contacts.format", "contacts.route"),
              "pictures of plans and of routes, told in the words of plan texts"),
          layer(
              "contacts.forecast",
              plus(BUNDLES, "contacts", "contacts.format", "contacts.route", "contacts.yaml"),
              "traffic in YAML over routes, told in the words of plan texts"),
          layer(
              "contacts.trace",
              plus(BUNDLES, "contacts", "contacts.format"),
              "traces are read and refused as plan texts are"),
          layer(
              "contacts.trace.capture",
              plus(BUNDLES, "bpv7.tcpcl", "bpv7.mtcp", "contacts", "contacts.trace"),
              "captures are read by the readers of the sessions they show"),
          layer("contacts.*", plus(BUNDLES, "contacts"), "works on plans, not on the others"),
          // custody
          layer("custody", plus(BUNDLES, "bpv7.fragment"), "what is held is said in bundle terms"),
          layer(
              "custody.*",
              plus(BUNDLES, "bpv7.fragment", "custody"),
              "stores know the port, not each other"),
          // crdt-sync
          layer(
              "crdt", sees("bpv7.wire"), "a sync message is just a payload: octets and CBOR only"),
          layer(
              "crdt.*", sees("bpv7.wire", "crdt", "crdt.*"), "as above; cycles are excluded below"),
          // gateway-app
          layer("gateway.clock", BUNDLES, "time and randomness know nothing of the gateway"),
          layer("gateway.recent", sees(), "a list that many read knows nothing of what is in it"),
          layer(
              "gateway.link",
              plus(BUNDLES, "custody", "gateway.clock"),
              "a port, said in bundle terms"),
          layer(
              "gateway.turn",
              plus(CENTRE, "gateway.clock", "gateway.link"),
              "values between node and edge"),
          layer(
              "gateway.opportunistic",
              plus(BUNDLES, "bpv7.admin", "gateway.turn"),
              "what neighbours tell each other: values and how they are written"),
          layer(
              "gateway.schedule",
              plus(CENTRE, "gateway.clock", "gateway.link", "gateway.turn"),
              "part of the centre"),
          layer(
              "gateway.procedure",
              plus(
                  CENTRE,
                  "gateway.clock",
                  "gateway.link",
                  "gateway.turn",
                  "gateway.opportunistic",
                  "gateway.schedule"),
              "part of the centre; procedures may ask the schedule, never the other way"),
          layer(
              "gateway.node",
              plus(
                  CENTRE,
                  "gateway.clock",
                  "gateway.link",
                  "gateway.turn",
                  "gateway.opportunistic",
                  "gateway.schedule",
                  "gateway.procedure",
                  "gateway.recent"),
              "the centre knows the ports, no convergence layer, no API, no command"),
          layer(
              "gateway.twin",
              plus(CENTRE, "crdt", "crdt.*", "gateway.clock", "gateway.turn", "gateway.recent"),
              "twins meet bundles here alone, and speak to the node by requests: no link, no API"),
          layer(
              "gateway.link.*",
              plus(
                  BUNDLES,
                  "bpv7.*",
                  "custody",
                  "gateway.clock",
                  "gateway.link",
                  "gateway.link.stream"),
              "a convergence layer knows the link port and its own session, not the node"),
          layer(
              "gateway",
              List.of("dev.holdfast.*"),
              "wiring sees everything; nothing but commands sees it"),
          layer(
              "gateway.*",
              List.of("dev.holdfast.*"),
              "the edge: free among itself, without cycles"));

  private Layers() {}

  /** The line for a package: by its own name, else by the longest name that covers it. */
  static Optional<Layer> of(String packageName) {
    return TABLE.stream()
        .filter(layer -> covers(layer.packages(), packageName))
        .max((a, b) -> Integer.compare(exactness(a, packageName), exactness(b, packageName)));
  }

  /** Whether the table lets the package {@code from} depend on the package {@code to}. */
  static boolean allows(String from, String to) {
    return from.equals(to)
        || of(from).stream().flatMap(l -> l.sees().stream()).anyMatch(name -> covers(name, to));
  }

  private static boolean covers(String name, String packageName) {
    return name.endsWith(".*")
        ? packageName.startsWith(name.substring(0, name.length() - 1))
        : packageName.equals(name);
  }

  private static int exactness(Layer layer, String packageName) {
    return layer.packages().equals(packageName) ? Integer.MAX_VALUE : layer.packages().length();
  }

  private static Layer layer(String packages, List<String> sees, String reason) {
    return new Layer(P + packages, sees, reason);
  }

  private static List<String> sees(String... names) {
    return Stream.of(names).map(name -> P + name).toList();
  }

  private static List<String> plus(List<String> some, String... names) {
    List<String> all = new ArrayList<>(some);
    all.addAll(sees(names));
    return List.copyOf(all);
  }

  /** Packages in a cycle, with the packages each depends on within it; empty if there is none. */
  static Map<String, List<String>> cycles(Map<String, ? extends Collection<String>> graph) {
    Map<String, List<String>> left = new LinkedHashMap<>();
    graph.forEach((from, to) -> left.put(from, new ArrayList<>(to)));
    boolean changed = true;
    while (changed) {
      left.replaceAll(
          (from, to) ->
              to.stream().filter(t -> !t.equals(from) && left.containsKey(t)).distinct().toList());
      List<String> needed = left.values().stream().flatMap(List::stream).toList();
      changed =
          left.entrySet().removeIf(e -> e.getValue().isEmpty() || !needed.contains(e.getKey()));
    }
    return left;
  }
}
