package dev.holdfast.gateway.demo;

import dev.holdfast.bpv7.DtnTime;
import java.util.List;

/**
 * What the live view shows.
 *
 * @param now when
 * @param epoch when the plan's first turn begins
 * @param links the two links
 * @param sites the three gateways
 * @param twins the twins of the two regions
 * @param planned bundles to be sent in all
 * @param sent bundles sent so far
 * @param delivered of those, delivered
 * @param news the latest thing worth telling
 */
record View(
    DtnTime now,
    DtnTime epoch,
    List<LinkState> links,
    List<SiteState> sites,
    List<TwinState> twins,
    int planned,
    int sent,
    int delivered,
    String news) {
  /** Keeps unmodifiable copies. */
  View {
    links = List.copyOf(links);
    sites = List.copyOf(sites);
    twins = List.copyOf(twins);
  }

  /**
   * A link.
   *
   * @param near its one end
   * @param far its other end
   * @param isOpen whether the plan says that it is open
   * @param millisToChange until it opens or closes; 0 if it never does
   * @param towardsFar bytes a second just now
   * @param towardsNear bytes a second just now
   */
  record LinkState(
      Site near,
      Site far,
      boolean isOpen,
      long millisToChange,
      long towardsFar,
      long towardsNear) {}

  /**
   * A gateway.
   *
   * @param site which
   * @param condition how it is
   * @param bundles bundles it holds
   * @param bytes their bytes
   */
  record SiteState(Site site, Condition condition, long bundles, long bytes) {}

  /** How a gateway is. */
  enum Condition {
    /** Not ready yet. */
    STARTING,
    /** At work. */
    READY,
    /** Killed, and not started again yet. */
    KILLED
  }
}
