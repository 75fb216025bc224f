package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.custody.HeldBundle;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Effect;
import dev.holdfast.gateway.turn.Turn;
import java.util.List;
import java.util.Optional;

/**
 * Ends bundles whose lifetime is over, at whatever step they are (RFC 9171 §5.5).
 *
 * <p>A wall clock that jumps ends nothing: by the wall side only what has expired at the earliest
 * time it may be, and only while that side is trusted; by age on the monotonic side.
 */
public final class Expiration {
  private static final int BATCH = 512;
  private static final long RETRY_MILLIS = 1_000;
  private static final long FORGET_EVERY_MILLIS = 60_000;

  /** An idle node does not wake for it alone as often. */
  private static final long IDLE_MILLIS = 540_000;

  private final Holding holding;
  private final Deletion deletion;
  private final DtnTime startWall;
  private final long startMillis;
  private boolean reading;
  private long notBefore;
  private long nextForget;

  /** Nothing has been looked at yet. */
  public Expiration(Holding holding, Deletion deletion, Moment start) {
    this.holding = holding;
    this.deletion = deletion;
    this.startWall = start.wall();
    this.startMillis = start.bootMillis();
  }

  /** Asks the store for what may have expired, if anything may have. */
  public void run(Turn turn) {
    Moment now = turn.now();
    if (now.trusted() && now.bootMillis() >= nextForget) {
      nextForget = now.bootMillis() + FORGET_EVERY_MILLIS;
      turn.forgetBefore(now.earliestWall());
    }
    if (reading || now.bootMillis() < notBefore || latest(now).isBefore(holding.earliestExpiry())) {
      return;
    }
    reading = true;
    holding.askedForExpiry();
    turn.then(new Effect.ReadExpired(latest(now), BATCH));
  }

  /**
   * The latest that the stored expiries may mean now: bundles without a creation time count on from
   * their arrival, whatever the wall clock did since.
   */
  private DtnTime latest(Moment now) {
    DtnTime steady = startWall.plus(now.bootMillis() - startMillis);
    return now.trusted() ? DtnTime.max(now.wall(), steady) : steady;
  }

  /** What the store found. */
  public void found(Turn turn, List<HeldBundle> bundles, boolean complete, Optional<DtnTime> next) {
    reading = false;
    boolean any = false;
    for (HeldBundle bundle : bundles) {
      Optional<HeldBundle> held = turn.find(bundle.id());
      if (held.isPresent() && holding.isExpired(held.get(), turn.now())) {
        deletion.expired(turn, held.get());
        any = true;
      }
    }
    holding.earliestExpiry(complete ? next.orElse(DtnTime.FOREVER) : DtnTime.UNKNOWN);
    if (!any || !turn.now().trusted()) {
      // What was found is not over by the clock that counts: look again later, not at once.
      notBefore = turn.now().bootMillis() + RETRY_MILLIS;
      holding.earliestExpiry(bundles.isEmpty() ? holding.earliestExpiry() : DtnTime.UNKNOWN);
    }
  }

  /** When to look again, in milliseconds since boot. */
  public long nextDeadline(Moment now) {
    long forget = now.trusted() ? nextForget + IDLE_MILLIS : Long.MAX_VALUE;
    if (reading || holding.earliestExpiry().equals(DtnTime.FOREVER)) {
      return forget;
    }
    long until = Math.max(0, holding.earliestExpiry().since(latest(now)));
    long due = now.bootMillis() + Math.min(until, Integer.MAX_VALUE);
    return Math.min(Math.max(due, notBefore), forget);
  }
}
