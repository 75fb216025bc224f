package dev.holdfast.gateway.replay;

import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.replay.RunResult.ContactUse;
import dev.holdfast.gateway.replay.RunResult.NodeCourse;
import dev.holdfast.gateway.sim.Medium;
import dev.holdfast.gateway.sim.SimNode;
import dev.holdfast.gateway.sim.SimWorld;
import dev.holdfast.gateway.sim.Watch;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.JournalEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a report shows of a run: contacts and what they carried, what nodes held over time. */
final class Recorder extends Watch {
  private static final int SAMPLES = 400;

  private final SimWorld world;
  private final Ledger ledger;
  private final long stepNanos;
  private final List<ContactUse> contacts = new ArrayList<>();
  private final Map<String, List<Long>> bundles = new LinkedHashMap<>();
  private final Map<String, List<Long>> bytes = new LinkedHashMap<>();
  private long leftOut;
  private long transfers;
  private long failed;
  private long fragments;

  Recorder(SimWorld world, Ledger ledger, long durationNanos) {
    this.world = world;
    this.ledger = ledger;
    this.stepNanos = Math.max(1, durationNanos / SAMPLES);
  }

  /** When the next sample is due after that time. */
  long nextSample(long nanos) {
    return (nanos / stepNanos + 1) * stepNanos;
  }

  /** Takes a sample of every node. */
  void sample() {
    for (SimNode node : world.nodes()) {
      Ledger.Holdings sum = ledger.of(node.name());
      bundles.computeIfAbsent(node.name(), n -> new ArrayList<>()).add(sum.bundles);
      bytes.computeIfAbsent(node.name(), n -> new ArrayList<>()).add(sum.bytes);
    }
  }

  @Override
  public void changed(Medium medium) {
    if (!medium.isUp()) {
      over(medium);
    }
  }

  private void over(Medium medium) {
    if (medium.upSince() == world.nanos()) {
      return; // It was never up.
    }
    if (contacts.size() >= RunResult.MOST_CONTACTS) {
      leftOut++;
      return;
    }
    long length = world.nanos() - medium.upSince();
    long rate = medium.channel().bytesPerSecond();
    long capacity = rate == 0 ? -1 : (long) (rate * (length / 1e9));
    contacts.add(
        new ContactUse(medium.name(), medium.upSince(), world.nanos(), capacity, medium.carried()));
  }

  @Override
  public void sending(SimNode node, Effect.Transmit transmit, Moment decided) {
    transfers++;
    fragments += transmit.part().isPresent() ? 1 : 0;
  }

  @Override
  public void noted(SimNode node, JournalEntry entry) {
    failed += entry.kind() == JournalEntry.Kind.TRANSFER_FAILED ? 1 : 0;
  }

  /** Contacts that are open at the end count until then, and have a place kept for them. */
  void finish(List<Medium> media) {
    int most = RunResult.MOST_CONTACTS - (int) media.stream().filter(Medium::isUp).count();
    while (contacts.size() > Math.max(0, most)) {
      contacts.removeLast();
      leftOut++;
    }
    media.stream().filter(Medium::isUp).forEach(this::over);
  }

  List<ContactUse> contacts() {
    return contacts.stream().sorted(Comparator.comparingLong(ContactUse::fromNanos)).toList();
  }

  long contactsLeftOut() {
    return leftOut;
  }

  long transfers() {
    return transfers;
  }

  long transfersFailed() {
    return failed;
  }

  long fragments() {
    return fragments;
  }

  List<NodeCourse> courses() {
    List<NodeCourse> courses = new ArrayList<>();
    for (SimNode node : world.nodes()) {
      Ledger.Holdings sum = ledger.of(node.name());
      courses.add(
          new NodeCourse(
              node.name(),
              stepNanos,
              bundles.getOrDefault(node.name(), List.of()),
              bytes.getOrDefault(node.name(), List.of()),
              sum.mostBundles,
              sum.mostBytes));
    }
    return courses;
  }
}
