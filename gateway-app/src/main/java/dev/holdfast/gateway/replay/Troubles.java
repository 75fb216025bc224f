package dev.holdfast.gateway.replay;

import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.sim.Crash;
import dev.holdfast.gateway.sim.Medium;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimWorld;
import java.util.List;
import java.util.Locale;

/** Lets faults happen in a world, each at its time. */
final class Troubles {
  private final SimWorld world;
  private final Network network;

  Troubles(SimWorld world, Network network) {
    this.world = world;
    this.network = network;
  }

  void start(List<Fault> faults) {
    faults.forEach(this::plan);
  }

  private void plan(Fault fault) {
    switch (fault) {
      case Fault.OnLink on -> {
        Medium medium = medium(on.link());
        world.at(on.atNanos(), () -> medium.disturb(on, on.disturbance()));
        world.at(on.atNanos() + on.forNanos(), () -> medium.calm(on));
      }
      case Fault.Reset reset -> world.at(reset.atNanos(), () -> reset(reset.link()));
      case Fault.NodeCrash crash -> {
        SimNode node = network.node(crash.node());
        world.at(crash.atNanos(), () -> node.crash(crash.crash()));
      }
      case Fault.DiskFull full -> {
        SimNode node = network.node(full.node());
        world.at(full.atNanos(), () -> node.disk(MemoryBundleStore.Fault.FULL));
        world.at(full.atNanos() + full.forNanos(), () -> node.disk(MemoryBundleStore.Fault.NONE));
      }
      case Fault.Restore restore -> restore(restore);
      case Fault.WrongClock wrong -> {
        SimNode node = network.node(wrong.node());
        long error = Math.abs(wrong.offsetMillis());
        world.at(
            wrong.atNanos(), () -> node.wallClock(wrong.offsetMillis(), wrong.trusted(), error));
        world.at(wrong.atNanos() + wrong.forNanos(), () -> node.wallClock(0, true, 0));
      }
      case Fault.Blackout blackout ->
          world.at(
              blackout.atNanos(),
              () ->
                  blackout
                      .nodes()
                      .forEach(
                          name ->
                              network
                                  .node(name)
                                  .crash(
                                      new Crash(Crash.Point.NOW, 0, blackout.forNanos(), true))));
    }
  }

  private Medium medium(String name) {
    return world
        .medium(name)
        .orElseThrow(() -> new IllegalArgumentException("no link goes " + name));
  }

  private void reset(String link) {
    String[] ends = link.split(">", 2);
    world.node(ends[0]).ifPresent(node -> node.reset(Network.linkTo(ends[1])));
  }

  private void restore(Fault.Restore restore) {
    SimNode node = network.node(restore.node());
    MemoryBundleStore[] copy = new MemoryBundleStore[1];
    world.at(restore.copiedNanos(), () -> copy[0] = node.snapshot());
    world.at(
        restore.atNanos(),
        () -> node.restore(copy[0], new Crash(Crash.Point.NOW, 0, restore.downNanos(), true)));
  }

  /** A fault for people: where, and what. */
  static RunResult.Mark mark(Fault fault) {
    String where =
        switch (fault) {
          case Fault.OnLink on -> on.link();
          case Fault.Reset reset -> reset.link();
          case Fault.NodeCrash crash -> crash.node();
          case Fault.DiskFull full -> full.node();
          case Fault.Restore restore -> restore.node();
          case Fault.WrongClock wrong -> wrong.node();
          case Fault.Blackout blackout -> String.join(", ", blackout.nodes());
        };
    return new RunResult.Mark(fault.atNanos(), fault.forNanos(), where, words(fault));
  }

  private static String words(Fault fault) {
    return switch (fault) {
      case Fault.OnLink on -> on.disturbance().words();
      case Fault.Reset _ -> "the session breaks";
      case Fault.NodeCrash crash ->
          "crash " + crash.crash().point().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case Fault.DiskFull _ -> "the disk is full";
      case Fault.Restore _ -> "put back to an older copy";
      case Fault.WrongClock wrong ->
          "the clock is off by "
              + wrong.offsetMillis()
              + " ms, "
              + (wrong.trusted() ? "and says so" : "not trusted");
      case Fault.Blackout _ -> "blackout";
    };
  }
}
