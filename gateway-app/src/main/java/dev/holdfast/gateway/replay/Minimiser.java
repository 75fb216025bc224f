package dev.holdfast.gateway.replay;

import dev.holdfast.gateway.replay.RunResult.Broken;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Scenario.NodeSpec;
import dev.holdfast.gateway.sim.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a failing scenario small: leaves out whatever it can while the same rule is still broken.
 * First the time after the failure, then faults, traffic, nodes; then bundles of what traffic is
 * left. What is left out never changes what the rest draws, since each part draws for itself.
 */
public final class Minimiser {
  private final Function<Scenario, RunResult> run;
  private final Supplier<Boolean> enough;
  private final Consumer<String> told;
  private String rule = "";
  private int runs;

  /**
   * A minimiser.
   *
   * @param run runs a scenario
   * @param enough asked before every run whether to stop with what there is
   * @param told hears what was achieved, a line each time
   */
  public Minimiser(
      Function<Scenario, RunResult> run, Supplier<Boolean> enough, Consumer<String> told) {
    this.run = run;
    this.enough = enough;
    this.told = told;
  }

  /**
   * The smallest scenario found that still breaks the rule; empty if this one breaks none.
   *
   * @param scenario a failing scenario, its chaos drawn by its seed
   */
  public Optional<Scenario> minimise(Scenario scenario) {
    Optional<Broken> first = run(scenario);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    rule = first.get().rule();
    Scenario small = scenario.withFaults(Replay.faults(scenario));
    if (!fails(small)) {
      return Optional.of(scenario); // It fails only as it is drawn.
    }
    small = shorter(small, first.get().atNanos());
    Scenario before = scenario;
    while (!small.equals(before) && !enough.get()) {
      before = small;
      small = faults(small);
      small = traffic(small);
      small = nodes(small);
      small = counts(small);
      small = again(small);
    }
    return Optional.of(small);
  }

  /** How many runs it took so far. */
  public int runs() {
    return runs;
  }

  private Optional<Broken> run(Scenario scenario) {
    runs++;
    return run.apply(scenario).violation();
  }

  private boolean fails(Scenario scenario) {
    return !enough.get() && run(scenario).filter(b -> b.rule().equals(rule)).isPresent();
  }

  private Scenario again(Scenario scenario) {
    return run(scenario).map(b -> shorter(scenario, b.atNanos())).orElse(scenario);
  }

  /** Nothing matters after the rule was broken. */
  private Scenario shorter(Scenario scenario, long brokenAt) {
    long until = brokenAt + 1;
    if (until >= scenario.durationNanos()) {
      return scenario;
    }
    List<Fault> early = scenario.faults().stream().filter(f -> f.atNanos() < until).toList();
    Scenario shorter = scenario.withFaults(early).withDuration(until);
    if (fails(shorter)) {
      told.accept("ends at " + VirtualTime.text(until));
      return shorter;
    }
    return scenario;
  }

  private Scenario faults(Scenario scenario) {
    List<Fault> left =
        reduce(scenario.faults(), subset -> fails(scenario.withFaults(subset)), "faults");
    return scenario.withFaults(left);
  }

  private Scenario traffic(Scenario scenario) {
    // Left out flows keep their place, so that the others draw what they drew before.
    List<Integer> sending = new ArrayList<>();
    for (int i = 0; i < scenario.traffic().size(); i++) {
      if (scenario.traffic().get(i).count() > 0) {
        sending.add(i);
      }
    }
    List<Integer> left =
        reduce(sending, subset -> fails(scenario.withTraffic(only(scenario, subset))), "flows");
    return scenario.withTraffic(only(scenario, left));
  }

  private static List<Flow> only(Scenario scenario, List<Integer> places) {
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < scenario.traffic().size(); i++) {
      Flow flow = scenario.traffic().get(i);
      flows.add(places.contains(i) ? flow : flow.withCount(0));
    }
    return flows;
  }

  /** Fewer bundles of each flow, from the first on. */
  private Scenario counts(Scenario scenario) {
    Scenario small = scenario;
    for (int i = 0; i < scenario.traffic().size(); i++) {
      long high = small.traffic().get(i).count();
      long low = 0;
      long most = small.durationNanos() / Math.max(1, small.traffic().get(i).everyNanos()) * 4 + 4;
      high = Math.min(high, most);
      while (low + 1 < high && !enough.get()) {
        long middle = (low + high) / 2;
        Scenario fewer = withCount(small, i, middle);
        if (fails(fewer)) {
          small = fewer;
          high = middle;
        } else {
          low = middle;
        }
      }
    }
    return small;
  }

  private static Scenario withCount(Scenario scenario, int place, long count) {
    List<Flow> flows = new ArrayList<>(scenario.traffic());
    flows.set(place, flows.get(place).withCount(count));
    return scenario.withTraffic(flows);
  }

  private Scenario nodes(Scenario scenario) {
    Set<String> needed = new LinkedHashSet<>();
    List<String> names = scenario.nodes().stream().map(NodeSpec::name).toList();
    List<String> left =
        reduce(
            names, subset -> possible(scenario, subset) && fails(with(scenario, subset)), "nodes");
    needed.addAll(left);
    return with(scenario, List.copyOf(needed));
  }

  /** Nothing that is left may speak of a node that is not. */
  private static boolean possible(Scenario scenario, List<String> names) {
    return !names.isEmpty()
        && scenario.traces().isEmpty()
        && scenario.plan() instanceof Scenario.PlanSource.Truth
        && scenario.traffic().stream().allMatch(f -> f.count() == 0 || isAmong(f, scenario, names));
  }

  private static Scenario with(Scenario scenario, List<String> names) {
    List<NodeSpec> nodes = scenario.nodes().stream().filter(n -> names.contains(n.name())).toList();
    List<LinkSpec> links =
        scenario.links().stream()
            .filter(l -> names.contains(l.first()) && names.contains(l.second()))
            .toList();
    return new Scenario(
        scenario.name(),
        scenario.start(),
        scenario.durationNanos(),
        scenario.seed(),
        nodes,
        links,
        scenario.contacts().stream()
            .filter(c -> names.contains(c.from()) && names.contains(c.to()))
            .toList(),
        scenario.traces(),
        scenario.plan(),
        traffic(scenario, names),
        scenario.faults().stream().filter(f -> concerns(f, names)).toList(),
        scenario.chaos(),
        scenario.expectations().stream()
            .filter(e -> e.node().map(names::contains).orElse(true))
            .toList());
  }

  /** Each flow keeps its place; that of a node that is not left is another one without bundles. */
  private static List<Flow> traffic(Scenario scenario, List<String> names) {
    Optional<Flow> some =
        scenario.traffic().stream().filter(f -> isAmong(f, scenario, names)).findFirst();
    List<Flow> flows = new ArrayList<>();
    for (Flow flow : scenario.traffic()) {
      if (isAmong(flow, scenario, names)) {
        flows.add(flow);
      } else {
        some.ifPresent(other -> flows.add(other.withCount(0)));
      }
    }
    return flows;
  }

  /** Whether a flow is from and to nodes of these names. */
  private static boolean isAmong(Flow flow, Scenario scenario, List<String> names) {
    return names.contains(flow.from())
        && scenario.nodes().stream()
            .filter(n -> names.contains(n.name()))
            .anyMatch(n -> flow.to().nodeId().filter(n.id()::equals).isPresent());
  }

  private static boolean concerns(Fault fault, List<String> names) {
    return switch (fault) {
      case Fault.OnLink on -> names.containsAll(List.of(on.link().split(">", 2)));
      case Fault.Reset reset -> names.containsAll(List.of(reset.link().split(">", 2)));
      case Fault.NodeCrash crash -> names.contains(crash.node());
      case Fault.DiskFull full -> names.contains(full.node());
      case Fault.Restore restore -> names.contains(restore.node());
      case Fault.WrongClock wrong -> names.contains(wrong.node());
      case Fault.Blackout blackout -> names.containsAll(blackout.nodes());
    };
  }

  /** Delta debugging: leaves out halves, then quarters, and so on, as long as it fails. */
  private <T> List<T> reduce(List<T> all, Function<List<T>, Boolean> fails, String what) {
    List<T> left = all;
    int parts = 2;
    while (left.size() >= 1 && parts <= 2 * left.size() && !enough.get()) {
      Optional<List<T>> smaller = leaveOut(left, Math.min(parts, left.size()), fails);
      if (smaller.isPresent()) {
        left = smaller.get();
        parts = Math.max(2, parts - 1);
        told.accept(left.size() + " " + what + " left");
      } else {
        parts *= 2;
      }
    }
    return left;
  }

  private <T> Optional<List<T>> leaveOut(List<T> all, int parts, Function<List<T>, Boolean> fails) {
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) all.size() * i / parts);
      int to = (int) ((long) all.size() * (i + 1) / parts);
      List<T> rest = new ArrayList<>(all.subList(0, from));
      rest.addAll(all.subList(to, all.size()));
      if (from < to && fails.apply(rest)) {
        return Optional.of(rest);
      }
    }
    return Optional.empty();
  }
}
