package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.ContactPlan;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.gateway.replay.Scenario.ContactRule;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.replay.Scenario.Window;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Medium;
import dev.holdfast.gateway.sim.SimWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Opens and closes the directions of links as the rules of a scenario say, one step ahead at a
 * time, so that a rule for a century takes no more memory than one for a day.
 */
final class Truth {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Scenario scenario;
  private final SimWorld world;
  private final Network network;
  private final Map<Medium, Integer> open = new HashMap<>();

  Truth(Scenario scenario, SimWorld world, Network network) {
    this.scenario = scenario;
    this.world = world;
    this.network = network;
  }

  /** The contacts of a rule within a scenario, in order. */
  static Iterator<Window> windows(ContactRule rule, long endNanos) {
    return new Iterator<>() {
      private long next = rule.firstNanos();

      @Override
      public boolean hasNext() {
        while (next < Math.min(endNanos, rule.untilNanos()) && isExcepted(next)) {
          next += rule.everyNanos();
        }
        return next < Math.min(endNanos, rule.untilNanos());
      }

      private boolean isExcepted(long from) {
        long to = from + rule.lengthNanos();
        return rule.except().stream().anyMatch(w -> from < w.toNanos() && to > w.fromNanos());
      }

      @Override
      public Window next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Window window = new Window(next, Math.min(endNanos, next + rule.lengthNanos()));
        next += rule.everyNanos();
        return window;
      }
    };
  }

  /** The directions that contact rules speak of; they are closed outside their contacts. */
  Set<String> directions() {
    Set<String> names = new LinkedHashSet<>();
    for (ContactRule rule : scenario.contacts()) {
      names.add(rule.from() + ">" + rule.to());
      if (rule.bothWays()) {
        names.add(rule.to() + ">" + rule.from());
      }
    }
    return names;
  }

  /** Begins. */
  void start() {
    for (String name : directions()) {
      medium(name).close(true);
    }
    for (TraceFile file : scenario.traces()) {
      new TraceFollower(scenario, world, network, file).start();
    }
    for (ContactRule rule : scenario.contacts()) {
      follow(medium(rule.from() + ">" + rule.to()), rule);
      if (rule.bothWays()) {
        follow(medium(rule.to() + ">" + rule.from()), rule);
      }
    }
  }

  private Medium medium(String name) {
    return world
        .medium(name)
        .orElseThrow(() -> new IllegalArgumentException("no link goes " + name));
  }

  private void follow(Medium medium, ContactRule rule) {
    step(medium, rule, windows(rule, scenario.durationNanos()));
  }

  private void step(Medium medium, ContactRule rule, Iterator<Window> windows) {
    if (!windows.hasNext()) {
      return;
    }
    Window window = windows.next();
    world.at(
        window.fromNanos(),
        () -> {
          opened(medium, rule.channel());
          world.at(
              window.toNanos(),
              () -> {
                closed(medium);
                step(medium, rule, windows);
              });
        });
  }

  private void opened(Medium medium, Channel channel) {
    open.merge(medium, 1, Integer::sum);
    medium.open(channel);
  }

  private void closed(Medium medium) {
    if (open.merge(medium, -1, Integer::sum) == 0) {
      medium.close(true);
    }
  }

  /** What the nodes believe of all this. */
  ContactPlan plan() {
    return switch (scenario.plan()) {
      case Scenario.PlanSource.Truth() -> ContactPlan.of(1, truth());
      case Scenario.PlanSource.PlanFile(Path file) -> PlanFiles.read(file, scenario.start());
      case Scenario.PlanSource.None() -> ContactPlan.EMPTY;
    };
  }

  private List<Contact> truth() {
    List<Contact> contacts = new ArrayList<>();
    for (TraceFile file : scenario.traces()) {
      contacts.addAll(new TraceFollower(scenario, world, network, file).contacts());
    }
    for (ContactRule rule : scenario.contacts()) {
      Optional<NodeNumber> from = network.numberOf(rule.from());
      Optional<NodeNumber> to = network.numberOf(rule.to());
      if (from.isEmpty() || to.isEmpty()) {
        continue;
      }
      Iterator<Window> windows = windows(rule, scenario.durationNanos());
      while (windows.hasNext()) {
        Window window = windows.next();
        contacts.add(contact(rule, window, from.get(), to.get()));
        if (rule.bothWays()) {
          contacts.add(contact(rule, window, to.get(), from.get()));
        }
      }
    }
    return contacts;
  }

  private Contact contact(ContactRule rule, Window window, NodeNumber from, NodeNumber to) {
    DtnTime start = scenario.start();
    long rate = rule.channel().bytesPerSecond();
    return Contact.of(
        from,
        to,
        start.plus(window.fromNanos() / NANOS_PER_MILLI),
        start.plus(window.toNanos() / NANOS_PER_MILLI),
        rate == 0 ? Contact.MAX_BYTES_PER_SECOND : rate,
        Math.ceilDiv(rule.channel().lightNanos(), NANOS_PER_MILLI));
  }
}
