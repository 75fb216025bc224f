package dev.holdfast.gateway.replay.live;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.Decoded;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.PrimaryBlock;
import dev.holdfast.custody.memory.MemoryBundleStore;
import dev.holdfast.gateway.clock.GatewayClock;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.stream.LinkServices;
import dev.holdfast.gateway.link.stream.StoreThreads;
import dev.holdfast.gateway.replay.BadInputException;
import dev.holdfast.gateway.replay.CaptureComparison;
import dev.holdfast.gateway.replay.CaptureComparison.Difference;
import dev.holdfast.gateway.replay.CapturedGateway;
import dev.holdfast.gateway.replay.CapturedGateway.Passage;
import dev.holdfast.gateway.sim.RecordedNode.NotTaken;
import dev.holdfast.gateway.sim.RecordedNode.Received;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Replays a capture to a gateway that runs, ours or any other, in real time: its neighbours of the
 * capture have sessions with it when they had, send what they sent when they sent it, and take and
 * compare what it sends to them.
 *
 * <p>The caller's thread plays all neighbours.
 */
public final class LiveReplay {
  private static final int QUEUE = 4_096;
  private static final long STORE_BYTES = 1 << 20;
  private static final long LOOK_NANOS = 100_000_000L;

  private final CapturedGateway capture;
  private final LiveSettings settings;
  private final GatewayClock clock;
  private final LiveProgress progress;
  private final LinkedBlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>(QUEUE);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final SortedMap<String, LiveNeighbour> neighbours = new TreeMap<>();
  private final LiveNeighbour.Pace pace;
  private final Set<BundleId> expired;
  private final long expiredCount;
  private final long begun;

  private LiveReplay(
      CapturedGateway capture, LiveSettings settings, GatewayClock clock, LiveProgress progress) {
    this.capture = capture;
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    long first = capture.events().isEmpty() ? 0 : capture.events().getFirst().nanos();
    this.pace =
        new LiveNeighbour.Pace(
            first, capture.lastNanos(), settings.speed(), settings.margin().toNanos());
    List<BundleId> outlived = expired(capture, clock.now().wall());
    this.expired = new HashSet<>(outlived);
    this.expiredCount = outlived.size();
    this.begun = clock.now().bootNanos();
  }

  /**
   * Replays it.
   *
   * @param progress told on the caller's thread
   * @throws BadInputException if the gateway cannot be reached, or not so
   */
  public static LiveOutcome run(
      CapturedGateway capture, LiveSettings settings, GatewayClock clock, LiveProgress progress) {
    return new LiveReplay(capture, settings, clock, progress).run();
  }

  /** The bundles to be sent to the gateway whose lifetime is over at that time. */
  public static List<BundleId> expired(CapturedGateway capture, DtnTime now) {
    List<BundleId> outlived = new ArrayList<>();
    for (Passage passage : capture.passages()) {
      if (passage.toGateway() && passage.read() instanceof Decoded.Valid<Bundle>(Bundle bundle)) {
        PrimaryBlock primary = bundle.head().primary();
        DtnTime created = primary.created().time();
        // RFC 9171 §4.2.7: without a creation time its age counts, which went on only while it was
        // held.
        if (!created.isUnknown() && !now.isBefore(created.plusUnsigned(primary.lifetime()))) {
          outlived.add(bundle.id().original());
        }
      }
    }
    return outlived;
  }

  private LiveOutcome run() {
    try (StoreThreads threads =
            new StoreThreads(new MemoryBundleStore(), 1, STORE_BYTES, failure::set);
        LiveWays ways = new LiveWays(capture, settings, services(threads))) {
      ways.links().forEach((name, link) -> neighbours.put(name, neighbour(ways, name, link)));
      ways.start();
      play();
      return outcome(ways.heard());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while replaying", e);
    }
  }

  private LinkServices services(StoreThreads threads) {
    // The capture is in memory, and so may be what comes back.
    return new LinkServices(clock, this::offer, threads, Long.MAX_VALUE, failure::set);
  }

  private void offer(LinkEvent event) {
    try {
      events.put(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LiveNeighbour neighbour(LiveWays ways, String name, Link link) {
    Map<BundleId, Long> awaited = new LinkedHashMap<>();
    if (ways.heard().contains(name)) {
      CaptureComparison.forwarded(capture)
          .getOrDefault(name, new LinkedHashMap<>())
          .forEach(
              (id, crossed) -> {
                if (!expired.contains(id.original())) {
                  awaited.put(id, crossed.nanos());
                }
              });
    }
    return new LiveNeighbour(
        name, link, pace, Step.script(capture, name, ways.goesBothWays(name)), awaited);
  }

  private long now() {
    return clock.now().bootNanos() - begun;
  }

  private void play() throws InterruptedException {
    long shown = 0;
    while (!neighbours.values().stream().allMatch(one -> one.isOver(now()))) {
      long now = now();
      neighbours.values().forEach(one -> one.act(now));
      if (now >= shown) {
        shown = now + LOOK_NANOS;
        show(now);
      }
      long due = neighbours.values().stream().mapToLong(one -> one.nextDue(now)).min().orElse(now);
      LinkEvent event = events.poll(Math.clamp(due - now, 0, LOOK_NANOS), TimeUnit.NANOSECONDS);
      while (event != null) {
        hear(event);
        event = events.poll();
      }
      check();
    }
  }

  private void hear(LinkEvent event) {
    LiveNeighbour neighbour = neighbours.get(event.link().name());
    if (neighbour != null) {
      neighbour.hear(event, now());
    }
  }

  private void check() {
    Throwable ours = failure.get();
    if (ours != null) {
      throw new IllegalStateException("a link failed", ours);
    }
    neighbours.forEach(
        (name, one) ->
            one.unreached()
                .ifPresent(
                    why -> {
                      throw new BadInputException(
                          List.of(
                              "neighbour %s (%s) gets no session with the gateway: %s; "
                                      .formatted(name, capture.id(name), why)
                                  + "see that the gateway runs there and knows this neighbour"));
                    }));
  }

  private void show(long now) {
    long of = capture.lastNanos() - pace.offset();
    progress.at(
        Math.min(of, Math.round(now * settings.speed())),
        of,
        neighbours.values().stream().mapToLong(LiveNeighbour::taken).sum(),
        neighbours.values().stream().mapToLong(one -> one.received().size()).sum());
  }

  private LiveOutcome outcome(Set<String> heard) {
    SortedMap<String, List<Received>> got = new TreeMap<>();
    SortedMap<String, List<NotTaken>> notTaken = new TreeMap<>();
    List<Difference> broken = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    long known = 0;
    for (Map.Entry<String, LiveNeighbour> each : neighbours.entrySet()) {
      LiveNeighbour one = each.getValue();
      got.put(each.getKey(), one.received());
      notTaken.put(each.getKey(), one.notTaken());
      broken.addAll(one.broken());
      notes.addAll(one.notes());
      known += one.known();
    }
    CaptureComparison comparison =
        CaptureComparison.of(capture, heard, got, notTaken, expired).with(broken);
    return new LiveOutcome(comparison, got, expiredCount, known, now(), notes);
  }
}
