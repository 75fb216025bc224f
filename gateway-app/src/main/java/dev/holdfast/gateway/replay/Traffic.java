package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.replay.Scenario.Flow;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.turn.Answer;
import dev.holdfast.gateway.turn.Request;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The applications of a scenario: those that send, each flow with randomness of its own, and at
 * every endpoint that is sent to one that fetches and acknowledges.
 */
final class Traffic {
  private static final int FETCHED_AT_ONCE = 64;
  private static final long LEASE_MILLIS = 60_000;
  private static final long WAIT_MILLIS = 86_400_000;
  private static final long WORK_NANOS = 10_000_000L;
  private static final long RETRY_NANOS = 10_000_000_000L;
  private static final int HOPS = 64;

  private final SimWorld world;
  private final double forgetful;
  private long made;

  /**
   * Applications of a world.
   *
   * @param forgetful how likely a receiver fetches and does not acknowledge: 0..1
   */
  Traffic(SimWorld world, double forgetful) {
    this.world = world;
    this.forgetful = forgetful;
  }

  /** Begins. */
  void start(Scenario scenario, Network network) {
    Set<Eid> endpoints = new LinkedHashSet<>();
    for (int i = 0; i < scenario.traffic().size(); i++) {
      Flow flow = scenario.traffic().get(i);
      endpoints.add(flow.to());
      SimNode node = network.node(flow.from());
      new Source(node, flow, world.random("flow " + i)).start();
    }
    for (Eid endpoint : endpoints) {
      for (SimNode node : network.nodes()) {
        if (node.isLocal(endpoint)) {
          new Receiver(node, endpoint).start();
        }
      }
    }
  }

  private final class Source {
    private final SimNode node;
    private final Flow flow;
    private final RandomGenerator random;
    private long sent;

    Source(SimNode node, Flow flow, RandomGenerator random) {
      this.node = node;
      this.flow = flow;
      this.random = random;
    }

    void start() {
      if (flow.count() > 0) {
        world.at(flow.firstNanos(), this::send);
      }
    }

    private void send() {
      sent++;
      int spread = flow.mostBytes() - flow.leastBytes();
      int size = flow.leastBytes() + (spread == 0 ? 0 : random.nextInt(spread + 1));
      if (node.isAlive()) {
        made++;
        Payload payload = new Payload.Inline(Payloads.of(made, Math.max(Payloads.LEAST, size)));
        var _ = node.applications().ask(submit(payload), answer -> {});
      }
      if (sent < flow.count()) {
        world.at(world.nanos() + gap(), this::send);
      }
    }

    private long gap() {
      return flow.random()
          ? 1 + (long) (random.nextExponential() * flow.everyNanos())
          : flow.everyNanos();
    }

    private Request.Submit submit(Payload payload) {
      Request.Service service =
          new Request.Service(
              flow.trafficClass(), 0, flow.critical(), flow.bestEffort(), true, HOPS);
      return new Request.Submit(
          flow.to(),
          Optional.of(flow.source()),
          flow.lifetimeMillis(),
          service,
          Request.Reports.NONE,
          payload,
          Optional.empty());
    }
  }

  private final class Receiver {
    private final SimNode node;
    private final Eid endpoint;
    private final RandomGenerator random;
    private long generation;

    Receiver(SimNode node, Eid endpoint) {
      this.node = node;
      this.endpoint = endpoint;
      this.random = world.random("receiver " + endpoint);
    }

    void start() {
      node.applications().onRestart(this::fetch);
      fetch();
    }

    private void fetch() {
      generation++;
      long current = generation;
      var _ =
          node.applications()
              .ask(
                  new Request.Fetch(endpoint, FETCHED_AT_ONCE, LEASE_MILLIS, WAIT_MILLIS),
                  answer -> answered(answer, current));
    }

    private void answered(Answer answer, long current) {
      switch (answer) {
        case Answer.Fetched(var deliveries) -> {
          if (!deliveries.isEmpty() && (forgetful == 0 || random.nextDouble() >= forgetful)) {
            List<HeldBundle> bundles = deliveries.stream().map(Answer.Delivery::bundle).toList();
            world.at(
                world.nanos() + WORK_NANOS,
                () -> {
                  if (generation == current || node.isAlive()) {
                    node.applications().acknowledge(endpoint, bundles);
                  }
                });
          }
          again(current, 0);
        }
        case Answer.Refused _ -> again(current, RETRY_NANOS);
        case Answer.Submitted _, Answer.Committed _, Answer.Done _, Answer.Status _ ->
            throw new IllegalStateException("no answer to a fetch: " + answer);
      }
    }

    private void again(long current, long delay) {
      world.at(
          world.nanos() + delay,
          () -> {
            if (generation == current) {
              fetch();
            }
          });
    }
  }
}
