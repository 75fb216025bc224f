package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Bookings;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.format.PlanReading;
import dev.holdfast.contacts.route.Alternatives;
import dev.holdfast.contacts.route.EarliestArrival;
import dev.holdfast.contacts.route.OwltMargin;
import dev.holdfast.contacts.route.Route;
import dev.holdfast.contacts.route.RouteQueries;
import dev.holdfast.contacts.route.RouteQuery;
import dev.holdfast.contacts.route.RouteText;
import dev.holdfast.contacts.yaml.Units;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code holdfast plan route}: the best way for a bundle. */
@Command(
    name = "route",
    mixinStandardHelpOptions = true,
    header = "Find the best route for a bundle: earliest arrival, then fewest hops.",
    description = {
      "",
      "Among equals the route that stays usable longest is taken, then the one with the smallest"
          + " first neighbour (CCSDS 734.3-B-1 §3.2.8.1.4). The network is empty, contacts end"
          + " strictly, and no margin is added to light times.",
      "",
      "--queries reads CSV with the header from,to,at_s,size_bytes and writes a JSON line for each:"
          + " best_case is the route of a bundle without size, sized that of one with its size."
          + " at_s counts from the epoch."
    },
    footer = {"", "Exit codes: 0 done; 1 there is no route; 2 unusable arguments or input."})
final class PlanRouteCommand implements Callable<Integer> {
  private static final long MAX_QUERY_BYTES = 64L << 20;
  private static final int MOST_ROUTES = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanInput input = new PlanInput();

  @Option(names = "--from", paramLabel = "NODE", description = "Where the bundle is.")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "NODE", description = "Where it goes.")
  private @Nullable String to;

  @Option(
      names = "--at",
      paramLabel = "T",
      description =
          "Since when: an instant, or +SECONDS after the epoch (default: the plan's start).")
  private @Nullable String at;

  @Option(
      names = "--size",
      paramLabel = "B",
      defaultValue = "0B",
      description = "Size, such as 64KiB or 100000 (default: 0, the best case).")
  private String size = "";

  @Option(
      names = "--not-via",
      paramLabel = "NODE",
      split = ",",
      description = "Neighbours that must not be the first hop.")
  private List<String> excluded = List.of();

  @Option(
      names = "--k",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "How many routes to tell of, none through a node twice (default: 2, the best one and the"
              + " next).")
  private int most;

  @Option(
      names = "--queries",
      paramLabel = "CSV",
      description = "Many queries from a file; the answers are JSON lines.")
  private @Nullable Path queries;

  @Option(names = "--json", description = "JSON on standard output.")
  private boolean json;

  @Override
  public Integer call() {
    boolean single = from != null && to != null;
    if (most < 1 || most > MOST_ROUTES) {
      throw CommandException.unusable("--k: " + most + " is not between 1 and " + MOST_ROUTES);
    }
    if ((queries == null) != single || (queries != null && (from != null || to != null))) {
      throw CommandException.unusable("give either --from and --to, or --queries");
    }
    Optional<PlanReading.Parsed> read = input.plan(spec.commandLine().getErr());
    if (read.isEmpty()) {
      return 2;
    }
    return queries == null ? one(read.get()) : many(read.get().plan(), queries);
  }

  private int many(ContactPlan plan, Path file) {
    String text = PlanInput.text(file, MAX_QUERY_BYTES);
    return switch (RouteQueries.read(file.toString(), text, input.zero())) {
      case RouteQueries.Reading.Parsed(List<RouteQueries.Query> parsed) -> {
        PrintWriter out = spec.commandLine().getOut();
        RouteQueries.answer(plan, parsed, input.zero(), out::println);
        yield 0;
      }
      case RouteQueries.Reading.Refused refused -> {
        spec.commandLine().getErr().println(refused.problem());
        yield 2;
      }
    };
  }

  private int one(PlanReading.Parsed parsed) {
    PrintWriter out = spec.commandLine().getOut();
    ContactPlan plan = parsed.plan();
    RouteQuery query = query(plan);
    List<Route> routes =
        new Alternatives(new EarliestArrival(plan), new Bookings(plan)).best(query, most);
    if (json) {
      out.println(RouteQueries.json(query, routes, input.zero()));
    } else if (!routes.isEmpty()) {
      tell(routes, parsed.floating(), out);
    }
    if (routes.isEmpty()) {
      String why = RouteText.explainNone(plan, query, parsed.floating());
      spec.commandLine().getErr().println(input.name() + ": " + why);
    }
    return routes.isEmpty() ? 1 : 0;
  }

  private static void tell(List<Route> routes, boolean floating, PrintWriter out) {
    Route best = routes.getFirst();
    out.print(RouteText.explain(best, floating));
    if (routes.size() > 1) {
      out.println("next best:");
    }
    for (Route other : routes.subList(1, routes.size())) {
      out.print("  " + RouteText.alternative(best, other, floating));
    }
    out.flush();
  }

  private RouteQuery query(ContactPlan plan) {
    NodeNumber sender = PlanInput.node("--from", from == null ? "" : from);
    NodeNumber destination = PlanInput.node("--to", to == null ? "" : to);
    if (sender.equals(destination)) {
      throw CommandException.unusable("--from and --to are the same node; no contact is needed");
    }
    DtnTime time = at == null ? plan.start().orElse(new DtnTime(0)) : input.time("--at", at);
    List<NodeNumber> notVia =
        excluded.stream().map(text -> PlanInput.node("--not-via", text)).toList();
    return new RouteQuery(sender, destination, time, bytes(), notVia, OwltMargin.NONE);
  }

  private long bytes() {
    try {
      return Units.size(size.matches("[0-9]+") ? size + "B" : size);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--size: " + e.getMessage());
    }
  }
}
