package dev.holdfast.gateway.cli;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.TrafficClass;
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
import dev.holdfast.contacts.route.RouteTree;
import dev.holdfast.contacts.route.TreeQuery;
import dev.holdfast.contacts.route.TreeSearch;
import dev.holdfast.contacts.route.TreeText;
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
          + " first neighbour (CCSDS 734.3-B-1 §3.2.8.1.4). The network is empty; unless options say"
          + " otherwise contacts end strictly, and no margin is added to light times.",
      "",
      "--queries reads CSV with the header from,to,at_s,size_bytes and writes a JSON line for each:"
          + " best_case is the route of a bundle without size, sized that of one with its size."
          + " at_s counts from the epoch. Contacts of a pair that overlap are taken each by itself."
    },
    footer = {"", "Exit codes: 0 done; 1 there is no route; 2 unusable arguments or input."})
final class PlanRouteCommand implements Callable<Integer> {
  private static final long MAX_QUERY_BYTES = 64L << 20;
  private static final int MOST_ROUTES = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private PlanInput input = new PlanInput();

  @Option(
      names = "--keep-overlaps",
      description =
          "Contacts of a pair that overlap stay as they are, each with a volume of its own, as"
              + " HDTN and A-SABR take them; always so with --queries. A gateway has one link to a"
              + " neighbour, and refuses or joins them.")
  private boolean keepOverlaps;

  @Option(names = "--from", paramLabel = "NODE", description = "Where the bundle is.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "NODE",
      description =
          "Where it goes. Given several times: to all of them at once, copies parting where their"
              + " ways do; each arrives as early as it can.")
  private List<String> to = List.of();

  @Option(
      names = "--any",
      description = "With several --to: to whichever of them has the best route.")
  private boolean any;

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

  @Mixin private RouteTerms terms = new RouteTerms();

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
    boolean single = from != null && !to.isEmpty();
    if (most < 1 || most > MOST_ROUTES) {
      throw CommandException.unusable("--k: " + most + " is not between 1 and " + MOST_ROUTES);
    }
    if ((queries == null) != single || (queries != null && (from != null || !to.isEmpty()))) {
      throw CommandException.unusable("give either --from and --to, or --queries");
    }
    if (keepOverlaps || queries != null) {
      input.keepOverlaps();
    }
    Optional<PlanReading.Parsed> read = input.plan(spec.commandLine().getErr());
    if (read.isEmpty()) {
      return 2;
    }
    if (queries != null) {
      return many(read.get().plan(), queries);
    }
    return to.size() == 1 && !any ? one(read.get()) : several(read.get());
  }

  private int many(ContactPlan plan, Path file) {
    String text = PlanReads.text(file, MAX_QUERY_BYTES);
    return switch (RouteQueries.read(file.toString(), text, input.zero())) {
      case RouteQueries.Reading.Parsed(List<RouteQueries.Query> parsed) -> {
        PrintWriter out = spec.commandLine().getOut();
        OwltMargin margin = terms.margin();
        RouteQueries.answer(
            plan,
            parsed,
            input.zero(),
            query -> query.with(margin, terms.contactEnd()),
            out::println);
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

  private int several(PlanReading.Parsed parsed) {
    PrintWriter out = spec.commandLine().getOut();
    ContactPlan plan = parsed.plan();
    TreeQuery query =
        new TreeQuery(
            sender(),
            time(plan),
            bytes(),
            TrafficClass.NORMAL,
            notVia(),
            terms.margin(),
            terms.contactEnd());
    List<NodeNumber> destinations = to.stream().map(PlanRouteCommand::destination).toList();
    if (destinations.contains(query.from())) {
      throw CommandException.unusable("--from and --to are the same node; no contact is needed");
    }
    TreeSearch search = new TreeSearch(new EarliestArrival(plan));
    if (any) {
      Optional<Route> best = search.anycast(query, destinations, new Bookings(plan));
      RouteQuery asked = best.map(Route::query).orElse(query.to(destinations.getFirst()));
      if (json) {
        out.println(RouteQueries.json(asked, best.stream().toList(), input.zero()));
      } else if (best.isPresent()) {
        tell(List.of(best.get()), parsed.floating(), out);
      }
      if (best.isEmpty()) {
        String why = "no route: none of the %d nodes can be reached".formatted(to.size());
        spec.commandLine().getErr().println(input.name() + ": " + why);
      }
      return best.isEmpty() ? 1 : 0;
    }
    RouteTree tree = search.tree(query, new Bookings(plan));
    out.print(
        json
            ? TreeText.json(tree, destinations, input.zero()) + "\n"
            : TreeText.explain(tree, destinations, parsed.floating()));
    out.flush();
    return destinations.stream().allMatch(node -> tree.arrival(node).isPresent()) ? 0 : 1;
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
    NodeNumber sender = sender();
    NodeNumber destination = destination(to.getFirst());
    if (sender.equals(destination)) {
      throw CommandException.unusable("--from and --to are the same node; no contact is needed");
    }
    return RouteQuery.of(sender, destination, time(plan), bytes())
        .excluding(notVia())
        .with(terms.margin(), terms.contactEnd());
  }

  private NodeNumber sender() {
    return PlanReads.node("--from", from == null ? "" : from);
  }

  private static NodeNumber destination(String text) {
    return PlanReads.node("--to", text);
  }

  private DtnTime time(ContactPlan plan) {
    return at == null ? plan.start().orElse(new DtnTime(0)) : input.time("--at", at);
  }

  private List<NodeNumber> notVia() {
    return excluded.stream().map(text -> PlanReads.node("--not-via", text)).toList();
  }

  private long bytes() {
    try {
      return Units.size(size.matches("[0-9]+") ? size + "B" : size);
    } catch (IllegalArgumentException e) {
      throw CommandException.unusable("--size: " + e.getMessage());
    }
  }
}
