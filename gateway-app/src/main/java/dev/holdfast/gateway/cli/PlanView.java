package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.chart.ChartQuery;
import dev.holdfast.contacts.forecast.Forecast;
import dev.holdfast.contacts.forecast.Forecaster;
import dev.holdfast.contacts.route.Alternatives;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.contacts.route.RouteText;
import dev.holdfast.contacts.yaml.Units;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be seen of which plan: files, window, nodes, route and traffic. */
final class PlanView {
  private static final int ROUTES = 2;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Contact plans, drawn as one.")
  private List<Path> files = List.of();

  @Mixin private PlanReads reads = new PlanReads();

  @Option(
      names = "--from",
      paramLabel = "T",
      description =
          "Left end: an instant, or +SECONDS after the epoch (default: the plan's start).")
  private @Nullable String from;

  @Option(names = "--until", paramLabel = "T", description = "Right end (default: the plan's end).")
  private @Nullable String until;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      split = ",",
      description = "Only pairs with one of these nodes.")
  private List<String> nodes = List.of();

  @Option(
      names = "--route",
      arity = "2",
      paramLabel = "NODE",
      description = "FROM TO: highlight the best route of a bundle between these nodes.")
  private List<String> route = List.of();

  @Option(
      names = "--at",
      paramLabel = "T",
      description = "With --route: since when the bundle is there (default: the plan's start).")
  private @Nullable String at;

  @Option(
      names = "--size",
      paramLabel = "B",
      description = "With --route: its size, such as 64KiB or 100000 (default: 0, the best case).")
  private @Nullable String size;

  @Option(
      names = "--traffic",
      paramLabel = "FILE",
      description =
          "Show what traffic takes of the contacts (YAML, as for plan check), booked before the"
              + " route.")
  private @Nullable Path traffic;

  @Option(
      names = "--now",
      paramLabel = "T",
      description = "Draw a line for the present: an instant, or +SECONDS after the epoch.")
  private @Nullable String now;

  private int exitCode;

  /** What is to be drawn; empty after a line on standard error that says why nothing is. */
  Optional<ChartQuery> query(int rows, PrintWriter err) {
    checkOptions();
    Optional<PlanUnion> union = PlanUnion.read(files, reads, err);
    if (union.isEmpty()) {
      exitCode = 2;
      return Optional.empty();
    }
    ContactPlan plan = union.get().plan();
    Bookings bookings = new Bookings(plan);
    if (traffic != null) {
      book(traffic, bookings, err);
    }
    List<Route> routes = List.of();
    if (!route.isEmpty()) {
      routes = routes(union.get(), bookings, err);
      if (routes.isEmpty()) {
        exitCode = 1;
        return Optional.empty();
      }
      routes.getFirst().book(bookings);
    }
    return Optional.of(query(union.get(), routes, bookings.bookedBytes(), rows));
  }

  private static void book(Path file, Bookings bookings, PrintWriter err) {
    Forecast forecast = Forecaster.of(bookings, PlanDemand.read(file, bookings.plan()));
    long lost = forecast.bundles() - forecast.carried();
    if (lost > 0) {
      err.println(
          "%s: %,d of %,d bundles do not arrive in time; see holdfast plan check --traffic"
              .formatted(file, lost, forecast.bundles()));
    }
  }

  /** What to end with if there is no query. */
  int exitCode() {
    return exitCode;
  }

  private void checkOptions() {
    if (route.isEmpty() && (at != null || size != null)) {
      throw CommandException.unusable("--at and --size are those of a bundle; say --route FROM TO");
    }
    if (route.size() > 2) {
      throw CommandException.unusable("--route: one route is drawn; give it once, as FROM TO");
    }
    Optional<DtnTime> left = time("--from", from);
    Optional<DtnTime> right = time("--until", until);
    if (left.isPresent() && right.isPresent() && !left.get().isBefore(right.get())) {
      throw CommandException.unusable("--until " + until + " is not after --from " + from);
    }
  }

  private ChartQuery query(
      PlanUnion union, List<Route> routes, SortedMap<Contact, Long> used, int rows) {
    ContactPlan plan = union.plan();
    List<NodeNumber> wanted = nodes.stream().map(node -> node("--node", node, plan)).toList();
    Optional<DtnTime> left = time("--from", from);
    Optional<DtnTime> right = time("--until", until);
    checkWindow(plan, left, right);
    return new ChartQuery(
        union.title(),
        plan,
        union.floating(),
        wanted,
        left,
        right,
        time("--now", now),
        routes,
        used,
        rows);
  }

  private void checkWindow(ContactPlan plan, Optional<DtnTime> left, Optional<DtnTime> right) {
    DtnTime start = plan.start().orElse(DtnTime.UNKNOWN);
    DtnTime end = plan.end().orElse(DtnTime.UNKNOWN);
    if (right.isEmpty() && left.isPresent() && !left.get().isBefore(end)) {
      throw CommandException.unusable("--from " + from + ": the plan is over by then");
    }
    if (left.isEmpty() && right.isPresent() && !start.isBefore(right.get())) {
      throw CommandException.unusable("--until " + until + ": the plan starts later");
    }
  }

  private List<Route> routes(PlanUnion union, Bookings bookings, PrintWriter err) {
    ContactPlan plan = union.plan();
    NodeNumber sender = node("--route", route.getFirst(), plan);
    NodeNumber destination = node("--route", route.getLast(), plan);
    if (sender.equals(destination)) {
      throw CommandException.unusable("--route: both nodes are the same; no contact is needed");
    }
    DtnTime ready = time("--at", at).orElse(plan.start().orElse(DtnTime.UNKNOWN));
    RouteQuery query = RouteQuery.of(sender, destination, ready, bytes());
    List<Route> found = new Alternatives(new EarliestArrival(plan), bookings).best(query, ROUTES);
    if (found.isEmpty()) {
      err.println(union.name() + ": " + RouteText.explainNone(plan, query, union.floating()));
    }
    return new ArrayList<>(found);
  }

  private long bytes() {
    String said = size == null ? "0B" : size;
    try {
      return Units.size(said.matches("[0-9]+") ? said + "B" : said);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--size: " + e.getMessage());
    }
  }

  private Optional<DtnTime> time(String option, @Nullable String text) {
    return text == null ? Optional.empty() : Optional.of(reads.time(option, text));
  }

  /** A node of the plan, by its number or by its name. */
  private static NodeNumber node(String option, String text, ContactPlan plan) {
    Optional<NodeNumber> node = NodeNumber.parse(text).or(() -> named(text, plan));
    if (node.isEmpty() || !plan.knows(node.get())) {
      throw CommandException.unusable(
          "%s: the plan does not know node %s; see holdfast plan show".formatted(option, text));
    }
    return node.get();
  }

  private static Optional<NodeNumber> named(String name, ContactPlan plan) {
    return plan.facts().names().entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
