package dev.holdfast.gateway.replay;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.contacts.Contact;
import dev.holdfast.contacts.NodeNumber;
import dev.holdfast.contacts.trace.LinkChange;
import dev.holdfast.contacts.trace.TraceEvent;
import dev.holdfast.gateway.replay.Scenario.TraceFile;
import dev.holdfast.gateway.sim.Channel;
import dev.holdfast.gateway.sim.Medium;
import dev.holdfast.gateway.sim.SimWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets happen to links what a trace says, event by event as time goes on; nothing of the trace is
 * kept but the next event. Every direction that the trace speaks of must be a link of the scenario.
 */
final class TraceFollower {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Scenario scenario;
  private final SimWorld world;
  private final Network network;
  private final TraceFile file;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Channel> channels = new HashMap<>();

  TraceFollower(Scenario scenario, SimWorld world, Network network, TraceFile file) {
    this.scenario = scenario;
    this.world = world;
    this.network = network;
    this.file = file;
  }

  /** Begins; every direction of every link between its nodes is closed until it says otherwise. */
  void start() {
    Set<String> open = new HashSet<>();
    scenario.contacts().forEach(rule -> open.add(rule.from() + ">" + rule.to()));
    TraceFiles.Opened opened = open();
    for (Medium medium : world.media()) {
      boolean mine = file.link().map(medium.name()::equals).orElse(true);
      if (mine && !open.contains(medium.name())) {
        medium.close(true);
      }
    }
    next(opened);
  }

  private TraceFiles.Opened open() {
    return TraceFiles.open(file, scenario.start(), scenario.durationNanos() - file.offsetNanos());
  }

  private void next(TraceFiles.Opened opened) {
    if (!opened.trace().hasNext()) {
      opened.close();
      return;
    }
    TraceEvent event = opened.trace().next();
    long at = event.nanos() + file.offsetNanos();
    if (at >= scenario.durationNanos()) {
      opened.close();
      return;
    }
    world.at(
        at,
        () -> {
          happen(event);
          next(opened);
        });
  }

  private void happen(TraceEvent event) {
    String direction = direction(event);
    Medium medium =
        world
            .medium(direction)
            .orElseThrow(
                () ->
                    new BadInputException(
                        List.of(
                            file.file()
                                + ": no link of the scenario goes "
                                + direction
                                + "; add it to 'links'")));
    switch (event.change()) {
      case LinkChange.Up up -> medium.open(channel(direction, up));
      case LinkChange.Down down -> medium.close(down.deliversInFlight());
      case LinkChange.Rate(long rate) -> {
        Channel now = channel(direction);
        change(medium, new Channel(now.lightNanos(), rate, now.loss()));
      }
      case LinkChange.Delay(long owlt) -> {
        Channel now = channel(direction);
        change(medium, new Channel(owlt, now.bytesPerSecond(), now.loss()));
      }
      case LinkChange.Loss(double probability) -> {
        Channel now = channel(direction);
        change(medium, new Channel(now.lightNanos(), now.bytesPerSecond(), probability));
      }
      case LinkChange.Reset() -> {
        String[] ends = direction.split(">", 2);
        world.node(ends[0]).ifPresent(node -> node.reset(Network.linkTo(ends[1])));
      }
      case LinkChange.Opportunity(long bytes) -> medium.opportunity(bytes);
      case LinkChange.Transfer _ -> {} // What was seen is no capacity.
    }
  }

  private Channel channel(String direction) {
    return channels.getOrDefault(direction, file.channel());
  }

  private Channel channel(String direction, LinkChange.Up up) {
    Channel before = channel(direction);
    Channel now =
        new Channel(
            up.owltNanos().orElse(before.lightNanos()),
            up.bytesPerSecond().orElse(before.bytesPerSecond()),
            before.loss());
    channels.put(direction, now);
    return now;
  }

  private void change(Medium medium, Channel now) {
    channels.put(medium.name(), now);
    medium.change(now);
  }

  private String direction(TraceEvent event) {
    return name(event.from()) + ">" + name(event.to());
  }

  private String name(String inTrace) {
    return names.computeIfAbsent(
        inTrace,
        n ->
            network
                .named(n)
                .orElseThrow(
                    () ->
                        new BadInputException(
                            List.of(
                                file.file()
                                    + ": node '"
                                    + n
                                    + "' is not in the scenario; add it to 'nodes' under that"
                                    + " name or number"))));
  }

  /** The times in which links are up, as the contacts that a perfect plan would have. */
  List<Contact> contacts() {
    List<Contact> contacts = new ArrayList<>();
    Map<String, Long> since = new HashMap<>();
    try (TraceFiles.Opened opened = open()) {
      while (opened.trace().hasNext()) {
        TraceEvent event = opened.trace().next();
        long at = Math.min(scenario.durationNanos(), event.nanos() + file.offsetNanos());
        String direction = direction(event);
        if (event.change() instanceof LinkChange.Up up) {
          var _ = channel(direction, up);
          since.put(direction, at);
        } else if (event.change() instanceof LinkChange.Down) {
          add(contacts, direction, Optional.ofNullable(since.remove(direction)), at);
        }
      }
    }
    since.forEach(
        (direction, from) -> add(contacts, direction, Optional.of(from), scenario.durationNanos()));
    return contacts;
  }

  private void add(List<Contact> contacts, String direction, Optional<Long> since, long until) {
    String[] ends = direction.split(">", 2);
    Optional<NodeNumber> from = network.numberOf(ends[0]);
    Optional<NodeNumber> to = network.numberOf(ends[1]);
    if (since.isEmpty()
        || from.isEmpty()
        || to.isEmpty()
        || until - since.get() < NANOS_PER_MILLI) {
      return;
    }
    Channel channel = channel(direction);
    DtnTime start = scenario.start();
    contacts.add(
        Contact.of(
            from.get(),
            to.get(),
            start.plus(Math.ceilDiv(since.get(), NANOS_PER_MILLI)),
            start.plus(until / NANOS_PER_MILLI),
            channel.bytesPerSecond() == 0 ? Contact.MAX_BYTES_PER_SECOND : channel.bytesPerSecond(),
            Math.ceilDiv(channel.lightNanos(), NANOS_PER_MILLI)));
  }
}
