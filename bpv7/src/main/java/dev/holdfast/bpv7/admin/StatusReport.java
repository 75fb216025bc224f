package dev.holdfast.bpv7.admin;

import dev.holdfast.bpv7.BundleId;
import dev.holdfast.bpv7.DtnTime;
import java.util.Optional;

/**
 * What became of a bundle at a node (RFC 9171 §6.1.1).
 *
 * @param received whether the node received it
 * @param forwarded whether the node forwarded it
 * @param delivered whether the node delivered it
 * @param deleted whether the node deleted it
 * @param reason why
 * @param subject the bundle, with its extent if it is a fragment
 */
public record StatusReport(
    Assertion received,
    Assertion forwarded,
    Assertion delivered,
    Assertion deleted,
    StatusReason reason,
    BundleId subject)
    implements AdministrativeRecord {
  /** The record type code of status reports. */
  public static final long TYPE = 1;

  @Override
  public long type() {
    return TYPE;
  }

  /**
   * Whether something happened to the bundle, and when if the bundle asked for times.
   *
   * @param asserted whether it happened
   * @param time when, only if it happened and the time was asked for
   */
  public record Assertion(boolean asserted, Optional<DtnTime> time) {
    /** It did not happen, or nothing is said about it. */
    public static final Assertion NO = new Assertion(false, Optional.empty());

    /** It happened. */
    public static final Assertion YES = new Assertion(true, Optional.empty());

    /** Checks that what did not happen has no time. */
    public Assertion {
      if (!asserted && time.isPresent()) { // RFC 9171 §6.1.1
        throw new IllegalArgumentException("what is not asserted has no time");
      }
    }

    /** It happened at {@code time}. */
    public static Assertion at(DtnTime time) {
      return new Assertion(true, Optional.of(time));
    }
  }
}
