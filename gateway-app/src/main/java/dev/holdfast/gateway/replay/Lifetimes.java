package dev.holdfast.gateway.replay;

import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.sim.SimWorld;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** When the lifetimes of bundles end in truth. */
final class Lifetimes {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final SimWorld world;

  /** When bundles were asked for, by number, until it shows that they have a creation time. */
  private final Map<Long, Long> askedAt = new HashMap<>();

  Lifetimes(SimWorld world) {
    this.world = world;
  }

  /** An application asks for the bundle of that number. */
  void asked(long number) {
    askedAt.putIfAbsent(number, world.nanos());
  }

  /**
   * When a bundle that is stored for the first time expires.
   *
   * <p>Without a creation time its lifetime began when it was asked for: it may have reached the
   * disk much later, and a copy may come back from a disk long after its bundle has ended.
   *
   * @param number of the bundle, if an application made it
   */
  long expiry(HeldBundle bundle, OptionalLong number) {
    long lifetime = nanos(bundle.lifetime());
    if (!bundle.service().clockless()) {
      number.ifPresent(askedAt::remove);
      return sum(signedNanos(bundle.id().created().time().since(world.start())), lifetime);
    }
    long made =
        number.isPresent()
            ? askedAt.computeIfAbsent(number.getAsLong(), n -> world.nanos())
            : world.nanos();
    return sum(made, lifetime);
  }

  /** A lifetime in nanoseconds. */
  static long nanos(long millis) {
    return millis < 0 || millis > Long.MAX_VALUE / NANOS_PER_MILLI
        ? Long.MAX_VALUE / 2
        : millis * NANOS_PER_MILLI;
  }

  private static long signedNanos(long millis) {
    long most = Long.MAX_VALUE / 4 / NANOS_PER_MILLI;
    return Math.clamp(millis, -most, most) * NANOS_PER_MILLI;
  }

  private static long sum(long a, long b) {
    return Math.min(Long.MAX_VALUE / 2, a + Math.min(b, Long.MAX_VALUE / 2));
  }
}
