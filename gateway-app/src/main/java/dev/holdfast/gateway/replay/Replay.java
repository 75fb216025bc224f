package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.gateway.replay.RunResult.Broken;
import dev.holdfast.gateway.replay.RunResult.Totals;
import dev.holdfast.gateway.replay.Scenario.LinkSpec;
import dev.holdfast.gateway.replay.Track.Fate;
import dev.holdfast.gateway.sim.Flaws;
import dev.holdfast.gateway.sim.Medium;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.sim.Watch.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs a scenario in virtual time over real nodes, with every rule checked at every commit, and
 * ends at the first that is broken.
 */
public final class Replay {
  private static final int TOLD_EVERY = 16_384;
  private static final double FORGETFUL = 0.02;

  /** How long bytes may wait on a link that has taken them: as long as TCP keeps trying. */
  private static final long QUEUE_NANOS = 1_000_000_000_000L;

  private final Scenario scenario;
  private final List<Fault> faults;
  private final SimWorld world;
  private final Network network;
  private final Ledger ledger;
  private final DeliveryRules deliveries;
  private final Recorder recorder;
  private final Truth truth;

  private Replay(Scenario scenario, UnaryOperator<Flaws> flaws) {
    this.scenario = scenario;
    this.faults = faults(scenario);
    this.world = new SimWorld(scenario.seed(), scenario.start());
    this.network = Network.build(scenario, world, flaws);
    this.ledger = new Ledger(world, network.unreliable());
    this.deliveries = new DeliveryRules(world, ledger);
    this.recorder = new Recorder(world, ledger, scenario.durationNanos());
    this.truth = new Truth(scenario, world, network);
  }

  /** Runs it. */
  public static RunResult run(Scenario scenario) {
    return run(scenario, Progress.NONE);
  }

  /** Runs it, and says now and then how far it is. */
  public static RunResult run(Scenario scenario, Progress progress) {
    return run(scenario, List.of(), UnaryOperator.identity(), progress);
  }

  /** Runs it, with rules of the caller's own beside ours. */
  public static RunResult run(Scenario scenario, List<Watch> rules, Progress progress) {
    return run(scenario, rules, UnaryOperator.identity(), progress);
  }

  /** Runs it with nodes that are run in another way than they should be. */
  static RunResult run(
      Scenario scenario, List<Watch> rules, UnaryOperator<Flaws> flaws, Progress progress) {
    Replay replay = new Replay(scenario, flaws);
    rules.forEach(replay.world::watch);
    return replay.run(progress);
  }

  /** Everything that goes wrong, those drawn by the seed among it, in order of time. */
  public static List<Fault> faults(Scenario scenario) {
    List<Fault> all = new ArrayList<>(scenario.faults());
    scenario.chaos().ifPresent(chaos -> all.addAll(new ChaosDraw(scenario, chaos).draw()));
    all.sort(Comparator.comparingLong(Fault::atNanos));
    return all;
  }

  /** Longest time that a bundle may take from one node to the next: light, queue, and trouble. */
  private static long longestWay(Scenario scenario, List<Fault> faults) {
    long longest = 0;
    for (LinkSpec link : scenario.links()) {
      longest = Math.max(longest, link.channel().lightNanos());
    }
    for (Scenario.ContactRule rule : scenario.contacts()) {
      longest = Math.max(longest, rule.channel().lightNanos());
    }
    long worst = 0;
    for (Fault fault : faults) {
      if (fault instanceof Fault.OnLink on) {
        worst = Math.max(worst, on.disturbance().extraNanos() + on.disturbance().jitterNanos());
      }
    }
    return longest + worst + QUEUE_NANOS;
  }

  private RunResult run(Progress progress) {
    Optional<Broken> broken = Optional.empty();
    try {
      begin();
      go(progress);
      recorder.finish(media());
      world.end();
    } catch (Violation violation) {
      broken =
          Optional.of(
              new Broken(
                  violation.rule(),
                  world.nanos(),
                  String.valueOf(violation.getMessage()),
                  world.log().last()));
    }
    return result(broken);
  }

  private void begin() {
    world.watch(ledger);
    world.watch(new Promises(ledger));
    world.watch(deliveries);
    world.watch(new ArrivalRules(world, ledger, longestWay(scenario, faults)));
    world.watch(recorder);
    ContactPlan plan = truth.plan();
    world.watch(new SendRules(plan));
    truth.start();
    network.start(plan);
    new Traffic(world, scenario.chaos().isPresent() ? FORGETFUL : 0).start(scenario, network);
    new Troubles(world, network).start(faults);
  }

  private void go(Progress progress) {
    long end = scenario.durationNanos();
    long sample = recorder.nextSample(0);
    long left = TOLD_EVERY;
    while (world.step(Math.min(end, sample - 1)) || world.nanos() < end) {
      if (world.nanos() >= sample - 1) {
        recorder.sample();
        sample = recorder.nextSample(sample);
      }
      left--;
      if (left == 0) {
        left = TOLD_EVERY;
        progress.at(world.nanos(), world.events());
      }
    }
    progress.at(end, world.events());
  }

  private List<Medium> media() {
    return world.media();
  }

  private RunResult result(Optional<Broken> broken) {
    Map<TrafficClass, RunResult.Latency> latencies = new EnumMap<>(TrafficClass.class);
    ledger.fates().latencies().forEach((c, d) -> latencies.put(c, d.latency()));
    Judge judge = new Judge(ledger, recorder, deliveries);
    return new RunResult(
        scenario.name(),
        scenario.seed(),
        world.nanos(),
        world.log().hash(),
        world.events(),
        totals(),
        latencies,
        recorder.contacts(),
        recorder.contactsLeftOut(),
        recorder.courses(),
        faults.stream().map(Troubles::mark).toList(),
        scenario.expectations().stream().map(judge::judge).toList(),
        broken,
        new RunResult.Speed(0));
  }

  private Totals totals() {
    return new Totals(
        ledger.fates().created(Optional.empty()),
        ledger.fates().count(Fate.DELIVERED, Optional.empty()),
        ledger.fates().count(Fate.OPEN, Optional.empty()),
        ledger.fates().count(Fate.EXPIRED, Optional.empty()),
        ledger.fates().count(Fate.DELETED, Optional.empty()),
        ledger.fates().count(Fate.BEST_EFFORT_LOST, Optional.empty()),
        ledger.fates().count(Fate.EXCUSED, Optional.empty()),
        ledger.refusedCount(),
        deliveries.repetitions(),
        ledger.duplicates(),
        recorder.transfers(),
        recorder.transfersFailed(),
        recorder.fragments(),
        ledger.crashes());
  }
}
