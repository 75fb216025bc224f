package dev.holdfast.bpv7;

import dev.holdfast.bpv7.wire.Limits;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How bundles are read from one peer.
 *
 * @param leniencies the rules that are waived for it, none by default
 * @param trafficType type code of our traffic class block; ION's is understood as well
 * @param limits how much is taken
 */
public record ReadOptions(Set<Leniency> leniencies, long trafficType, Limits limits) {
  /** Every rule of RFC 9171, the default limits. */
  public static final ReadOptions STRICT = lenient(EnumSet.noneOf(Leniency.class));

  /** Every named leniency: for what was accepted before and is read again from a store. */
  public static final ReadOptions STORED = lenient(EnumSet.allOf(Leniency.class));

  /** Keeps an unmodifiable copy in the order of the enum. */
  public ReadOptions {
    EnumSet<Leniency> copy = EnumSet.noneOf(Leniency.class);
    copy.addAll(leniencies);
    leniencies = Collections.unmodifiableSet(copy);
  }

  /** The default limits and these leniencies. */
  public static ReadOptions lenient(Set<Leniency> leniencies) {
    return new ReadOptions(leniencies, CanonicalBlock.Traffic.DEFAULT_TYPE, Limits.DEFAULT);
  }

  /** Whether {@code leniency} holds. */
  public boolean allows(Leniency leniency) {
    return leniencies.contains(leniency);
  }
}
