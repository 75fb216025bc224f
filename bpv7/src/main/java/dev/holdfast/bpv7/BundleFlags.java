package dev.holdfast.bpv7;

/**
 * Bundle processing control flags (RFC 9171 §4.2.3). Reserved and unassigned bits are kept as they
 * came.
 *
 * @param bits the 64-bit field
 */
public record BundleFlags(long bits) {
  /** The bundle is a fragment. */
  public static final long IS_FRAGMENT = 0x01;

  /** The payload is an administrative record. */
  public static final long ADMIN_RECORD = 0x02;

  /** The bundle must not be fragmented. */
  public static final long MUST_NOT_FRAGMENT = 0x04;

  /** The user application asks for an acknowledgement. */
  public static final long ACK_REQUESTED = 0x20;

  /** Status reports carry the time of the event. */
  public static final long STATUS_TIME = 0x40;

  /** Report reception. */
  public static final long REPORT_RECEPTION = 0x4000;

  /** Report forwarding. */
  public static final long REPORT_FORWARDING = 0x10000;

  /** Report delivery. */
  public static final long REPORT_DELIVERY = 0x20000;

  /** Report deletion. */
  public static final long REPORT_DELETION = 0x40000;

  private static final long ANY_REPORT =
      REPORT_RECEPTION | REPORT_FORWARDING | REPORT_DELIVERY | REPORT_DELETION;

  /** No flag set. */
  public static final BundleFlags NONE = new BundleFlags(0);

  /** Whether all bits of {@code mask} are set. */
  public boolean has(long mask) {
    return (bits & mask) == mask;
  }

  /** These flags with {@code mask} set. */
  public BundleFlags with(long mask) {
    return new BundleFlags(bits | mask);
  }

  /** These flags with {@code mask} cleared. */
  public BundleFlags without(long mask) {
    return new BundleFlags(bits & ~mask);
  }

  /** Whether any status report is asked for. */
  public boolean asksForReports() {
    return (bits & ANY_REPORT) != 0;
  }
}
