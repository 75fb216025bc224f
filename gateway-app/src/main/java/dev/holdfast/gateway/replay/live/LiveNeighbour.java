package dev.holdfast.gateway.replay.live;

import dev.holdfast.bpv7.Bundle;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.TrafficClass;
import dev.holdfast.bpv7.wire.Octets;
import dev.holdfast.custody.Payload;
import dev.holdfast.gateway.link.Link;
import dev.holdfast.gateway.link.LinkEvent;
import dev.holdfast.gateway.link.Outbound;
import dev.holdfast.gateway.link.TransferToken;
import dev.holdfast.gateway.replay.CaptureComparison.Difference;
import dev.holdfast.gateway.replay.CaptureComparison.Kind;
import dev.holdfast.gateway.sim.RecordedNode.NotTaken;
import dev.holdfast.gateway.sim.RecordedNode.Received;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A neighbour that does over a real link what it did then, and keeps what it gets. For one thread.
 *
 * <p>A session ends when it ended then, or later if what had crossed by then has not crossed yet;
 * but not later than the margin. Otherwise no gateway could keep up with a capture that is replayed
 * faster than it was.
 */
final class LiveNeighbour {
  private static final long AGAIN_NANOS = 1_000_000_000L;
  private static final long DRAIN_MILLIS = 1_000;
  private static final long MOST_BYTES = 64L << 20;

  private final String name;
  private final Link link;
  private final Pace pace;
  private final ArrayDeque<Step> script;

  /** What is to come, and when it came then. */
  private final Map<BundleId, Long> awaited;

  private final Map<TransferToken, Step.Send> waiting = new TreeMap<>();
  private final Map<TransferToken, Step.Send> sent = new TreeMap<>();
  private final List<NotTaken> refused = new ArrayList<>();
  private final List<Received> received = new ArrayList<>();
  private final List<Difference> broken = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private boolean open;
  private boolean begun;
  private boolean up;
  private boolean everUp;
  private int mostInFlight;
  private long bytesInFlight;
  private long lastToken;
  private long taken;
  private long known;
  private long againAt;
  private long endedAt;
  private Optional<String> unreached = Optional.empty();

  /**
   * How time of the capture is time here.
   *
   * @param offset when it begins, in time of the capture
   * @param last when something was last seen, in time of the capture
   * @param speed how many times as fast
   * @param marginNanos how long it is waited, in time here
   */
  record Pace(long offset, long last, double speed, long marginNanos) {
    long due(long captured) {
      return Math.round((captured - offset) / speed);
    }
  }

  /**
   * A neighbour before its first step.
   *
   * @param link its way to the gateway, not open
   * @param script what it did then
   * @param awaited the bundles that came to it then and will come now, and when they came
   */
  LiveNeighbour(
      String name, Link link, Pace pace, ArrayDeque<Step> script, Map<BundleId, Long> awaited) {
    this.name = name;
    this.link = link;
    this.pace = pace;
    this.script = script;
    this.awaited = new LinkedHashMap<>(awaited);
  }

  /** Does what is due. */
  void act(long now) {
    boolean more = true;
    while (more && !script.isEmpty() && pace.due(script.getFirst().nanos()) <= now) {
      more = step(script.getFirst(), now);
      if (more) {
        script.removeFirst();
      }
    }
    sendWaiting(now);
  }

  /** Does a step; false if it has to wait. */
  private boolean step(Step step, long now) {
    switch (step) {
      case Step.Begin _ -> {
        open = true;
        begun = true;
        link.open(new Link.OpenOrder(0));
      }
      case Step.Send send -> waiting.put(new TransferToken(++lastToken), send);
      case Step.End end -> {
        if (!isSettled(end.nanos()) && now < pace.due(end.nanos()) + pace.marginNanos()) {
          return false;
        }
        awaited.values().removeIf(then -> then <= end.nanos());
        open = false;
        endedAt = now;
        link.close(new Link.CloseOrder(DRAIN_MILLIS, "it ended then"));
      }
    }
    return true;
  }

  /** Whether all has crossed that had crossed by then. */
  private boolean isSettled(long captured) {
    return waiting.isEmpty()
        && sent.isEmpty()
        && awaited.values().stream().noneMatch(then -> then <= captured);
  }

  /** When it wants to act next, in nanoseconds since the replay began. */
  long nextDue(long now) {
    long next = Long.MAX_VALUE;
    if (!script.isEmpty()) {
      long due = pace.due(script.getFirst().nanos());
      next = due > now ? due : due + pace.marginNanos();
    }
    return waiting.isEmpty() ? next : Math.min(next, Math.max(now, againAt));
  }

  /** Whether it has done all it did then, and its last session has ended. */
  boolean isOver(long now) {
    boolean ended = !up || now > endedAt + 3 * AGAIN_NANOS;
    boolean heard = awaited.isEmpty() || now > pace.due(pace.last()) + pace.marginNanos();
    return script.isEmpty() && ended && heard;
  }

  private void sendWaiting(long now) {
    if (!up || !open || now < againAt) {
      return;
    }
    var next = waiting.entrySet().iterator();
    while (next.hasNext() && sent.size() < mostInFlight && bytesInFlight < MOST_BYTES) {
      Map.Entry<TransferToken, Step.Send> entry = next.next();
      next.remove();
      sent.put(entry.getKey(), entry.getValue());
      Bundle bundle = entry.getValue().bundle();
      bytesInFlight += bundle.head().bundleLength();
      link.send(
          new Outbound(
              entry.getKey(),
              bundle.head(),
              new Outbound.Source.Whole(bundle.payload()),
              Optional.of(bundle.trailer()),
              TrafficClass.NORMAL));
    }
  }

  /** Hears what its link tells. */
  void hear(LinkEvent event, long now) {
    switch (event) {
      case LinkEvent.Up(_, _, LinkEvent.Limits limits) -> {
        up = true;
        everUp = true;
        mostInFlight = limits.transfersInFlight();
      }
      case LinkEvent.Down(_, String reason) -> {
        up = false;
        if (open) {
          note(now, "the session ended early: " + reason);
        }
      }
      case LinkEvent.Unreached(_, _, String reason) -> {
        if (!everUp) {
          unreached = Optional.of(reason);
        }
      }
      case LinkEvent.Arrived arrived -> arrived(arrived, now);
      case LinkEvent.Malformed(_, var fault) -> broken(now, "what came is no bundle: " + fault);
      case LinkEvent.Violated(_, var fault) -> broken(now, fault.toString());
      case LinkEvent.Sent(_, TransferToken token) -> {
        if (link.confirmation() == Link.Confirmation.NONE) {
          settled(token);
        }
      }
      case LinkEvent.Confirmed(_, TransferToken token) -> settled(token);
      case LinkEvent.Failed(_, TransferToken token, LinkEvent.Cause cause) ->
          failed(token, cause, now);
    }
  }

  private void note(long now, String what) {
    notes.add("neighbour %s, %.3f s after the start: %s".formatted(name, now / 1e9, what));
  }

  private void broken(long now, String what) {
    String when = "%.3f s after the start".formatted(now / 1e9);
    broken.add(new Difference(Kind.BROKEN_RULE, name, what, when));
  }

  private void settled(TransferToken token) {
    if (forget(token).isPresent()) {
      taken++;
    }
  }

  private Optional<Step.Send> forget(TransferToken token) {
    Optional<Step.Send> send = Optional.ofNullable(sent.remove(token));
    send.ifPresent(one -> bytesInFlight -= one.bundle().head().bundleLength());
    return send;
  }

  private void failed(TransferToken token, LinkEvent.Cause cause, long now) {
    Optional<Step.Send> send = forget(token);
    if (send.isEmpty()) {
      return;
    }
    switch (cause) {
      case COMPLETED -> {
        taken++;
        known++;
      }
      case LOST, NO_RESOURCES, RETRANSMIT -> {
        waiting.put(token, send.get());
        againAt = now + AGAIN_NANOS;
      }
      case NOT_ACCEPTABLE, UNREADABLE -> refused.add(notTaken(send.get(), "refused: " + cause));
    }
  }

  private void arrived(LinkEvent.Arrived arrived, long now) {
    Octets payload =
        switch (arrived.payload()) {
          case Payload.Inline(Octets bytes) -> bytes;
          case Payload.Spooled _ -> throw new IllegalStateException("nothing is spooled here");
        };
    Bundle bundle = new Bundle(arrived.head(), payload, arrived.trailer());
    received.add(new Received(now, bundle));
    awaited.remove(bundle.id());
    link.accept(List.of(arrived.inbound()));
  }

  private static NotTaken notTaken(Step.Send send, String why) {
    return new NotTaken(send.nanos(), send.bundle().encoded(), why);
  }

  /** Why it could not reach the gateway at all; empty if it did or has not tried. */
  Optional<String> unreached() {
    return unreached;
  }

  /** How many of its bundles were taken, with those that the gateway had already. */
  long taken() {
    return taken;
  }

  /** How many of its bundles the gateway had already. */
  long known() {
    return known;
  }

  /** What it sent, or was to send, and was not taken. */
  List<NotTaken> notTaken() {
    List<NotTaken> all = new ArrayList<>(refused);
    sent.values().forEach(send -> all.add(notTaken(send, "never confirmed")));
    String why = everUp ? "the session had ended" : "there was no session";
    waiting.values().forEach(send -> all.add(notTaken(send, why)));
    return all;
  }

  /** What came to it, in the order of arrival. */
  List<Received> received() {
    return List.copyOf(received);
  }

  /** What the gateway said to it that breaks a rule. */
  List<Difference> broken() {
    return List.copyOf(broken);
  }

  /** What else happened, a line each. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    if (begun && !everUp) {
      all.add("neighbour " + name + ": the gateway never came");
    }
    return all;
  }
}
