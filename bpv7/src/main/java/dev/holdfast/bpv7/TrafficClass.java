package dev.holdfast.bpv7;

import java.util.Optional;

/** How urgent a bundle is, lowest first. */
public enum TrafficClass {
  /** Whenever nothing else waits. */
  BULK(0),
  /** The default. */
  NORMAL(1),
  /** Before normal traffic. */
  EXPEDITED(2),
  /** Before everything, and never behind a large transfer. */
  URGENT(3);

  private static final TrafficClass[] BY_CODE = values();

  private final int code;

  TrafficClass(int code) {
    this.code = code;
  }

  /** The code in the traffic class block. */
  public int code() {
    return code;
  }

  /** The class of that code, if there is one. */
  public static Optional<TrafficClass> of(long code) {
    return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[(int) code]) : Optional.empty();
  }
}
