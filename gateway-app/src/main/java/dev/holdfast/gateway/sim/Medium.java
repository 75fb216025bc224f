package dev.holdfast.gateway.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One direction of a link as it truly is, whatever the plan says: whether anything gets through, at
 * what rate, how long it takes, and what harm comes to it.
 *
 * <p>Bytes leave one after the other at the rate that holds when the first of them leaves. What has
 * not left when the direction goes down is lost.
 */
public final class Medium {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** What happens to something that is sent. */
  abstract static class Passage {
    /** Whether it wants to know when its last byte has left. */
    boolean wantsLeaving() {
      return false;
    }

    /** The last byte has left. */
    void left() {}

    /** It is at the other end. */
    abstract void arrived(Harm harm);

    /** It will not arrive. */
    abstract void lost();
  }

  /**
   * What came of a passage beside its arrival.
   *
   * @param flippedBit which bit came wrong; -1 for none
   * @param again whether it comes a second time
   */
  record Harm(long flippedBit, boolean again) {
    static final Harm NONE = new Harm(-1, false);
  }

  /** A stretch of time without interruption. */
  private static final class Window {
    private long endedAt = Long.MAX_VALUE;
    private boolean inFlightArrives = true;
  }

  private record Queued(long bytes, Passage passage) {}

  private final String name;
  private final SimTime time;
  private final RandomGenerator random;
  private final Map<Object, Disturbance> disturbances = new LinkedHashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();
  private final Deque<Queued> queued = new ArrayDeque<>();
  private Channel channel;
  private boolean open;
  private boolean up;
  private boolean byOpportunity;
  private Window window = new Window();
  private long busyUntil;
  private long headSent;
  private long carried;
  private long upSince;

  Medium(String name, SimTime time, RandomGenerator random, Channel channel) {
    this.name = name;
    this.time = time;
    this.random = random;
    this.channel = channel;
    this.open = true;
    this.up = true;
  }

  /** Its name: {@code from>to}. */
  public String name() {
    return name;
  }

  /** Whether bytes get through. */
  public boolean isUp() {
    return up;
  }

  /** When it last came up, in nanoseconds. */
  public long upSince() {
    return upSince;
  }

  private long unsent() {
    long queuedBytes = queued.stream().mapToLong(Queued::bytes).sum() - headSent;
    return queuedBytes + Math.min(carried, backlogNanos() / NANOS_PER_SECOND * rate());
  }

  /** Bytes that it took since it last came up; once it is down, those that have left. */
  public long carried() {
    return carried;
  }

  /** What holds without disturbances. */
  public Channel channel() {
    return channel;
  }

  /** Tells whenever it goes up or down. */
  void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Tells that one no more. */
  void forget(Runnable listener) {
    listeners.remove(listener);
  }

  /** It opens: a contact begins in truth. */
  public void open(Channel from) {
    channel = from;
    open = true;
    review(true);
  }

  /** Something about it changes while it is open or closed. */
  public void change(Channel from) {
    channel = from;
  }

  /** It closes; what is on its way still arrives, or does not. */
  public void close(boolean inFlightArrives) {
    open = false;
    review(inFlightArrives);
  }

  /** From now on a disturbance of that name holds, or holds no more. */
  public void disturb(Object key, Disturbance disturbance) {
    disturbances.put(key, disturbance);
    review(false);
  }

  /** The disturbance of that name is over. */
  public void calm(Object key) {
    disturbances.remove(key);
    review(false);
  }

  private void review(boolean inFlightArrives) {
    boolean now = open && disturbances.values().stream().noneMatch(Disturbance::blocks);
    if (now == up) {
      return;
    }
    up = now;
    if (!up) {
      carried -= unsent();
    }
    if (up) {
      window = new Window();
      busyUntil = 0;
      carried = 0;
      upSince = time.nanos();
    } else {
      window.endedAt = time.nanos();
      window.inFlightArrives = inFlightArrives;
      List<Queued> cut = List.copyOf(queued);
      queued.clear();
      headSent = 0;
      cut.forEach(q -> q.passage.lost());
    }
    List.copyOf(listeners).forEach(Runnable::run);
  }

  /** One-way light time as it is now. */
  long lightNanos() {
    long light = channel.lightNanos();
    for (Disturbance d : disturbances.values()) {
      light += d.extraNanos();
    }
    return light;
  }

  /** Bytes per second as they are now; 0 for no limit. */
  long rate() {
    double rate = channel.bytesPerSecond();
    for (Disturbance d : disturbances.values()) {
      rate *= d.rateFactor();
    }
    return channel.bytesPerSecond() == 0 ? 0 : Math.max(1, (long) rate);
  }

  /** How long after now what is sent now has left. */
  long backlogNanos() {
    return Math.max(0, busyUntil - time.nanos());
  }

  /** From now on bytes leave only at {@link #opportunity}. */
  public void byOpportunity() {
    byOpportunity = true;
  }

  /** So many bytes may leave now. */
  public void opportunity(long bytes) {
    byOpportunity = true;
    long left = up ? bytes : 0;
    while (left > 0 && !queued.isEmpty()) {
      Queued head = queued.getFirst();
      long part = Math.min(left, head.bytes - headSent);
      headSent += part;
      left -= part;
      if (headSent == head.bytes) {
        queued.removeFirst();
        headSent = 0;
        travel(head.passage, time.nanos());
      }
    }
  }

  /** Sends bytes; what comes of it is told to {@code passage}. Only while it is up. */
  void send(long bytes, Passage passage) {
    carried += bytes;
    if (byOpportunity) {
      queued.add(new Queued(bytes, passage));
      return;
    }
    long rate = rate();
    long begin = Math.max(busyUntil, time.nanos());
    busyUntil = rate == 0 ? begin : begin + leavingNanos(bytes, rate);
    travel(passage, busyUntil);
  }

  private static long leavingNanos(long bytes, long rate) {
    return bytes <= Long.MAX_VALUE / NANOS_PER_SECOND
        ? Math.ceilDiv(bytes * NANOS_PER_SECOND, rate)
        : bytes / rate * NANOS_PER_SECOND;
  }

  private void travel(Passage passage, long leftAt) {
    Window on = window;
    double loss = channel.loss();
    double doubling = 0;
    double flips = 0;
    long jitter = 0;
    for (Disturbance d : disturbances.values()) {
      loss = 1 - (1 - loss) * (1 - d.loss());
      doubling = Math.max(doubling, d.duplication());
      flips = Math.max(flips, d.bitErrors());
      jitter = Math.max(jitter, d.jitterNanos());
    }
    boolean gone = loss > 0 && random.nextDouble() < loss;
    boolean again = doubling > 0 && random.nextDouble() < doubling;
    boolean flipped = flips > 0 && random.nextDouble() < flips;
    long late = jitter > 0 ? random.nextLong(jitter + 1) : 0;
    Harm harm =
        again || flipped
            ? new Harm(flipped ? random.nextLong(Long.MAX_VALUE) : -1, again)
            : Harm.NONE;
    long arrivesAt = leftAt + lightNanos() + late;
    if (passage.wantsLeaving()) {
      time.at(leftAt, passage::left);
    }
    time.at(arrivesAt, () -> arrive(passage, on, leftAt, gone, harm));
  }

  private static void arrive(Passage passage, Window on, long leftAt, boolean gone, Harm harm) {
    boolean cut = on.endedAt < leftAt || (on.endedAt != Long.MAX_VALUE && !on.inFlightArrives);
    if (gone || cut) {
      passage.lost();
      return;
    }
    passage.arrived(harm);
  }
}
