package dev.holdfast.gateway.linkem;

import java.util.Locale;

/** Which way bytes go through the emulated link. */
public enum LinkDirection {
  /** From whoever connected to the relay to whom the relay connects. */
  FORWARD,
  /** The other way. */
  BACKWARD;

  /** The other direction. */
  public LinkDirection reversed() {
    return switch (this) {
      case FORWARD -> BACKWARD;
      case BACKWARD -> FORWARD;
    };
  }

  /** As it stands in traces and statistics: {@code forward} or {@code backward}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
