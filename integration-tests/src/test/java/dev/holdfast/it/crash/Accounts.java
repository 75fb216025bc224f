package dev.holdfast.it.crash;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** What one direction of the exchange owes: bundles by the number in their payload. Any thread. */
final class Accounts {
  private static final int MOST_UNDER_WAY = 400;
  private static final int LARGE_EVERY = 40;
  private static final int LARGE_BYTES = 300_000;

  private final AtomicLong numbers = new AtomicLong();
  private final Set<Long> offered = ConcurrentHashMap.newKeySet();
  private final Set<Long> accepted = ConcurrentHashMap.newKeySet();
  private final Map<Long, String> seen = new ConcurrentHashMap<>();
  private final Set<Long> taken = ConcurrentHashMap.newKeySet();
  private final List<String> wrongs = new CopyOnWriteArrayList<>();
  private final AtomicLong repeated = new AtomicLong();

  /** Places for bundles under way, so that a slow machine does not drown in its own load. */
  final Semaphore places = new Semaphore(MOST_UNDER_WAY);

  /** The number of the next bundle to be offered. */
  long next() {
    long number = numbers.incrementAndGet();
    offered.add(number);
    return number;
  }

  static byte[] payload(long number) {
    int bytes = number % LARGE_EVERY == 0 ? LARGE_BYTES : 16 + (int) (number * 37 % 4_000);
    return Cargo.payload(number, bytes);
  }

  /** The gateway answered that it has it: from now on it is owed. */
  void accepted(long number) {
    accepted.add(number);
  }

  /** The application got one. */
  void delivered(GatewayChild.Delivery delivery) {
    if (delivery.payload().length < Long.BYTES) {
      wrongs.add("a payload of " + delivery.payload().length + " bytes: " + delivery.bundle());
      return;
    }
    long number = ByteBuffer.wrap(delivery.payload()).getLong();
    if (!offered.contains(number) || !Arrays.equals(delivery.payload(), payload(number))) {
      wrongs.add("not what was sent: " + delivery.bundle());
      return;
    }
    if (taken.contains(number)) {
      wrongs.add("again after its acknowledgement: " + number + ", " + delivery.bundle());
    }
    String before = seen.putIfAbsent(number, delivery.bundle());
    if (before == null) {
      places.release();
    } else {
      repeated.incrementAndGet();
      if (!before.equals(delivery.bundle()) || !delivery.repeated()) {
        wrongs.add("repeated as " + delivery.bundle() + ", which does not say so: " + number);
      }
    }
  }

  /** The gateway answered that its acknowledgement is durable. */
  void taken(GatewayChild.Delivery delivery) {
    taken.add(ByteBuffer.wrap(delivery.payload()).getLong());
  }

  /** How many were acknowledged by the application. */
  long takenCount() {
    return taken.size();
  }

  /** What was accepted and has not reached the application yet. */
  List<Long> owed() {
    return accepted.stream().filter(n -> !seen.containsKey(n)).sorted().toList();
  }

  /** What went wrong. */
  List<String> wrongs() {
    return List.copyOf(wrongs);
  }

  @Override
  public String toString() {
    return numbers.get()
        + " offered, "
        + accepted.size()
        + " accepted, "
        + taken.size()
        + " delivered and acknowledged, "
        + repeated.get()
        + " fetched again before their acknowledgement";
  }
}
