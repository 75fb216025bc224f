package dev.holdfast.gateway.procedure;

import dev.holdfast.bpv7.BundleFlags;
import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.CreationTimestamp;
import dev.holdfast.bpv7.DtnTime;
import dev.holdfast.bpv7.eid.Eid;
import dev.holdfast.custody.BundleStore;
import dev.holdfast.gateway.clock.Moment;
import dev.holdfast.gateway.turn.Fresh;
import dev.holdfast.gateway.turn.NodeStatus.Counter;
import dev.holdfast.gateway.turn.Request;
import dev.holdfast.gateway.turn.Turn;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where bundles of this node come from (RFC 9171 §5.2): applications, echo replies, status reports.
 */
final class Transmission {
  /** Name of the stored number that is the last creation time given, in milliseconds. */
  public static final String LAST_TIME = "creation.time";

  /** Name of the stored number that is the last sequence number given for it. */
  public static final String LAST_SEQUENCE = "creation.sequence";

  /** Name of the stored number that is the last sequence number given without a creation time. */
  public static final String LAST_CLOCKLESS = "creation.clockless";

  /** Milliseconds since boot within a number without creation time: 34 years. */
  private static final int MILLIS_BITS = 40;

  private static final long MOST_MILLIS = (1L << MILLIS_BITS) - 1;

  /** What is below the number of a series: 2^32 bundles in a millisecond. */
  private static final int SERIES_BITS = 32;

  private static final long MIXER = 0x9e3779b97f4a7c15L;

  private final NewBundles maker;
  private final long boot;
  private final BundleStore.Recovered.Numbers numbers;
  private final SortedMap<Long, Series> series = new TreeMap<>();
  private long lastClockless;

  /**
   * Goes on after the last creation timestamp that was given, so that none is given twice. Without
   * a creation time the number alone must do that, although a crash may take the last ones given
   * (to best-effort bundles), and a copy put back knows of fewer: so it is made of the boot and the
   * time since, and never goes back.
   */
  Transmission(NewBundles maker, BundleStore.Recovered.Numbers numbers, long bootId) {
    this.maker = maker;
    this.boot = ((bootId * MIXER) >>> (1 + MILLIS_BITS)) << MILLIS_BITS;
    this.numbers = numbers;
    long last = numbers.get(LAST_CLOCKLESS).orElse(0);
    this.lastClockless = last >>> MILLIS_BITS == boot >>> MILLIS_BITS ? last : boot;
  }

  /**
   * What a new bundle is made of.
   *
   * @param to destination
   * @param from source, not null
   * @param lifetimeMillis lifetime in milliseconds
   * @param flags flags beside those that follow from the rest
   * @param reportTo who gets status reports
   * @param service class of service
   * @param series whose sequence numbers it gets; 0 for those that most bundles share
   */
  record Draft(
      Eid to,
      Eid from,
      long lifetimeMillis,
      BundleFlags flags,
      Eid reportTo,
      Request.Service service,
      long series) {
    /** Shares its numbers. */
    Draft(
        Eid to,
        Eid from,
        long lifetimeMillis,
        BundleFlags flags,
        Eid reportTo,
        Request.Service service) {
      this(to, from, lifetimeMillis, flags, reportTo, service, 0);
    }
  }

  /** Makes a bundle and leaves it to be dispatched. */
  BundleId send(Turn turn, Draft draft, NewBundles.Adu adu) {
    Fresh fresh = make(turn, draft, adu, List.of());
    turn.dispatch(fresh);
    return fresh.head().id();
  }

  /** Makes a bundle with further blocks, and leaves it to the caller. */
  Fresh make(Turn turn, Draft draft, NewBundles.Adu adu, List<NewBundles.Block> further) {
    CreationTimestamp created = nextTimestamp(turn, draft.series());
    Fresh fresh = maker.make(draft, created, adu, further);
    turn.count(Counter.BUNDLES_SOURCED);
    return fresh;
  }

  /**
   * Zero from a clock that cannot be trusted (§4.2.7); never the same twice, even if the wall clock
   * went back.
   */
  private CreationTimestamp nextTimestamp(Turn turn, long number) {
    Moment now = turn.now();
    if (!now.trusted()) {
      long sinceBoot = now.bootMillis() & MOST_MILLIS;
      lastClockless = Math.max(lastClockless + 1, boot | sinceBoot);
      turn.set(LAST_CLOCKLESS, lastClockless);
      return new CreationTimestamp(DtnTime.UNKNOWN, lastClockless);
    }
    return series.computeIfAbsent(number, Series::new).next(turn);
  }

  /**
   * Sequence numbers of their own: who sees bundles of one series learns nothing of how many others
   * were made in the same millisecond.
   */
  private final class Series {
    private final long number;
    private final String timeName;
    private final String sequenceName;
    private DtnTime lastTime;
    private long lastSequence;

    Series(long number) {
      this.number = number;
      String suffix = number == 0 ? "" : "." + number;
      this.timeName = LAST_TIME + suffix;
      this.sequenceName = LAST_SEQUENCE + suffix;
      this.lastTime = new DtnTime(numbers.get(timeName).orElse(0));
      this.lastSequence = numbers.get(sequenceName).orElse(0);
    }

    CreationTimestamp next(Turn turn) {
      DtnTime now = turn.now().wall();
      if (now.isAfter(lastTime)) {
        lastTime = now;
        lastSequence = 0;
        turn.set(timeName, lastTime.millis());
      } else {
        lastSequence++;
      }
      turn.set(sequenceName, lastSequence);
      return new CreationTimestamp(lastTime, (number << SERIES_BITS) + lastSequence);
    }
  }
}
