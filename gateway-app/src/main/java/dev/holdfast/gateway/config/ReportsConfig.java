package dev.holdfast.gateway.config;

import java.util.List;

/**
 * Which status reports this node makes for bundles that ask for them (RFC 9171 §5.1).
 *
 * @param allow reception, forwarding, delivery, deletion; default delivery and deletion. Reports of
 *     reception and forwarding at each hop can outnumber the traffic
 * @param perSecond most reports made in a second, the rest are counted and not made; default 10,
 *     from 0
 */
public record ReportsConfig(List<Kind> allow, int perSecond) {
  /** The four assertions of RFC 9171 §6.1.1. */
  public enum Kind {
    /** The bundle was received. */
    RECEPTION,
    /** The bundle was forwarded. */
    FORWARDING,
    /** The bundle was delivered. */
    DELIVERY,
    /** The bundle was deleted. */
    DELETION
  }

  /** Keeps an unmodifiable copy. */
  public ReportsConfig {
    allow = List.copyOf(allow);
  }
}
