package dev.holdfast.gateway.config;

import dev.holdfast.contacts.route.OwltMargin;
import java.time.Duration;

/**
 * How contacts are used.
 *
 * @param openOnUntrustedClock whether contacts open although the wall clock cannot be trusted;
 *     default false. True: traffic goes on after a step of the clock, and may be sent to a
 *     neighbour that does not listen yet or any more
 * @param drainGrace how long after a contact and its light time both ways acknowledgements may
 *     still come in; default 2s. Shorter: bundles whose acknowledgement is late are sent again in
 *     the next contact. Longer: the session outlives its window by that much
 * @param missedAfter how long the neighbour may be silent in a contact, beyond twice the light time
 *     there and back, before the contact counts as missed and what waits for it is routed again;
 *     default 1m. Shorter: other routes are taken sooner, also when the neighbour was only slow
 * @param overheadPercent what the convergence layer adds to a bundle when a contact's volume is
 *     booked, at least 100 bytes a bundle; default 3, from 0 to 100. Lower: more is planned into a
 *     contact, and the last bundle may not finish in it
 * @param leastFragment smallest payload part worth sending as a fragment; default 1KiB, from 64B.
 *     Lower: the end of a window is used better, at the price of a whole head for each part
 * @param owltMargin added to each light time of the plan when a route is sought (CCSDS 734.3-B-1
 *     §2.4.2); default 0s, up to 1d. Higher: routes that hang by a moment are not taken, and a
 *     bundle may wait for a contact that it would not have needed. All nodes should have the same
 * @param owltMarginPpm millionths of each light time that are added to it; default 0, up to
 *     1000000. For far nodes, which move while a signal is on its way; ION adds 671
 * @param forecast when the store or a contact will overflow
 */
public record ContactsConfig(
    boolean openOnUntrustedClock,
    Duration drainGrace,
    Duration missedAfter,
    int overheadPercent,
    int leastFragment,
    Duration owltMargin,
    int owltMarginPpm,
    Forecast forecast) {
  /**
   * The forecast of congestion.
   *
   * @param horizon how far ahead; default 24h, from 1m to 366d. Longer: earlier warnings, and more
   *     of them about traffic that ends before
   * @param every how often; default 5m, from 1s; 0s for never. Each takes up to half a second of
   *     one processor, some seconds with plans of 100,000 contacts, on a thread of its own
   * @param window how much of the past tells what traffic will come; default 2h, from 1m to 30d.
   *     Shorter: a change of traffic is seen sooner. Longer: bursts, and traffic that comes in
   *     contacts of its own, are evened out
   */
  public record Forecast(Duration horizon, Duration every, Duration window) {}

  /** What is added to the plan's light times. */
  public OwltMargin margin() {
    return new OwltMargin(owltMargin.toMillis(), owltMarginPpm);
  }
}
